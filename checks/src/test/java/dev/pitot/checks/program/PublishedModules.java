package dev.pitot.checks.program;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// Modules of this build, laid out as a Maven repository in a folder, as `mvn deploy` would publish
/// them.
///
/// @param repository root of this source tree
/// @param version of the build
/// @param folder becomes the Maven repository
record PublishedModules(Path repository, String version, Path folder) {
    private static final String PARENT = "pitot";

    /// Publishes the parent POM, the BOM, and each module's POM with its jar.
    ///
    /// @param modules folders of the source tree
    void publish(List<String> modules) throws IOException {
        Files.copy(repository.resolve("pom.xml"), place(PARENT, "pom"));
        Files.copy(repository.resolve("bom/pom.xml"), place(PARENT + "-bom", "pom"));
        for (String module : modules) {
            String artifact = PARENT + "-" + module;
            Files.copy(repository.resolve(module).resolve("pom.xml"), place(artifact, "pom"));
            pack(classes(module), place(artifact, "jar"));
        }
    }

    private Path place(String artifact, String extension) throws IOException {
        Path versions = Files.createDirectories(folder.resolve("dev/pitot").resolve(artifact, version));
        return versions.resolve(artifact + "-" + version + "." + extension);
    }

    /// Returns the module on this test's class path: a jar after `mvn verify`, a folder of classes
    /// after `mvn test`.
    private static Path classes(String module) {
        String jar = "pitot-" + module + "-";
        Path folder = Path.of(module, "target", "classes");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> entry.endsWith(folder)
                        || (entry.toString().endsWith(".jar")
                                && entry.getFileName().toString().startsWith(jar)
                                && Character.isDigit(
                                        entry.getFileName().toString().charAt(jar.length()))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no module " + module + " on the class path"));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        if (!Files.isDirectory(classes)) {
            Files.copy(classes, jar);
            return;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
