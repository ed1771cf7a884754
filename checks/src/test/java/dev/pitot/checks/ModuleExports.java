package dev.pitot.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Packages that modules export to every other module, as their descriptors say.
final class ModuleExports {
    private static final Pattern EXPORT = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);

    private ModuleExports() {}

    /// Names of the packages that any other module may use.
    static List<String> packages() throws IOException {
        return modules().stream().flatMap(ModuleExports::exports).sorted().toList();
    }

    /// Folders of the modules that have such packages.
    static List<String> modules() throws IOException {
        try (Stream<Path> folders = Files.list(SourceTree.root())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(module -> exports(module).findAny().isPresent())
                    .sorted()
                    .toList();
        }
    }

    /// Names of all packages of these modules, exported or not.
    static List<String> allPackages() throws IOException {
        List<String> packages = new ArrayList<>();
        for (String module : modules()) {
            Path sources = SourceTree.root().resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file ->
                                sources.relativize(file.getParent()).toString().replace('/', '.'))
                        .forEach(packages::add);
            }
        }
        return packages;
    }

    private static Stream<String> exports(String module) {
        Path descriptor = SourceTree.root().resolve(module).resolve("src/main/java/module-info.java");
        if (!Files.isRegularFile(descriptor)) {
            return Stream.empty();
        }
        try {
            return EXPORT.matcher(Files.readString(descriptor)).results().map(export -> export.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
