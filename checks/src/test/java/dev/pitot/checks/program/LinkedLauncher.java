package dev.pitot.checks.program;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// The launcher `./pitot` with the program on the class path, and a link to it named `iperf3`.
///
/// @param folder of the link, to be first on the `PATH`
public record LinkedLauncher(Path folder) {
    private static final String MODULES = "model|wire|command|socket|engine|output|metrics|message|lab|cli";

    /// Creates everything that a launcher needs in an empty folder.
    ///
    /// @param repository with the launcher
    public static LinkedLauncher in(Path folder, Path repository) throws IOException {
        Files.copy(repository.resolve("pitot"), folder.resolve("pitot"));
        Files.setPosixFilePermissions(
                folder.resolve("pitot"), Files.getPosixFilePermissions(repository.resolve("pitot")));
        Files.createDirectory(folder.resolve("libexec"));
        for (String file : List.of("libexec/find-java", "libexec/jvm-options")) {
            Files.copy(repository.resolve(file), folder.resolve(file));
        }
        Path app = Files.createDirectories(folder.resolve("cli/target/app"));
        List<Path> parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(LinkedLauncher::belongsToProgram)
                .toList();
        for (int i = 0; i < parts.size(); i++) {
            copy(parts.get(i), app.resolve(i + ".jar"));
        }
        Files.createFile(app.resolve("ready")); // marks the program as built
        Path links = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(links.resolve("iperf3"), folder.resolve("pitot"));
        return new LinkedLauncher(links);
    }

    /// Environment with which a shell finds the link before any other program of that name.
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                folder + File.pathSeparator + System.getenv("PATH"),
                "PITOT_JAVA_HOME",
                System.getProperty("java.home"));
    }

    /// True for jars, and for folders of classes if nothing has been packaged.
    private static boolean belongsToProgram(Path entry) {
        String path = entry.toString();
        boolean isOurs = path.matches(".*(pitot-(" + MODULES + ")-[0-9].*\\.jar|(" + MODULES + ")/target/classes)");
        return isOurs
                || path.matches(
                        ".*(jackson-core|picocli|HdrHistogram|prometheus-metrics-.*|snakeyaml-engine|sshd-osgi|slf4j-.*|jcl-over-slf4j|commons-net|commons-io|jSerialComm)-[0-9].*\\.jar");
    }

    private static void copy(Path from, Path jar) throws IOException {
        if (!Files.isDirectory(from)) {
            Files.copy(from, jar);
            return;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(from.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
