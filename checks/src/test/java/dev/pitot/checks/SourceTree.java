package dev.pitot.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The source tree of this build, and its class files. Of the micro-benchmarks only the source files: JMH needs
/// classes that are not final, and generates more of them.
public final class SourceTree {
    /// All modules that have main code, in build order.
    static final List<String> MODULES = List.of(
            "model",
            "wire",
            "command",
            "socket",
            "engine",
            "output",
            "client",
            "metrics",
            "message",
            "message-probe",
            "probe",
            "lab",
            "cli",
            "testkit",
            "examples",
            "dist");

    private SourceTree() {}

    /// Root of the repository, passed by Maven; otherwise derived from the working directory, the
    /// folder of a module.
    public static Path root() {
        Path told = Path.of(System.getProperty("pitot.root", ".."));
        Path root = Files.isDirectory(told.resolve("model")) ? told : Path.of("..");
        return root.toAbsolutePath().normalize();
    }

    static JavaClasses mainClasses() throws IOException {
        return new ClassFileImporter().importPaths(outputs("classes"));
    }

    /// Main and test classes together, since they share packages.
    static JavaClasses allClasses() throws IOException {
        return new ClassFileImporter().importPaths(outputs("classes", "test-classes"));
    }

    static JavaClasses testClasses() throws IOException {
        return new ClassFileImporter().importPaths(outputs("test-classes"));
    }

    /// Every Java source file, main and test.
    static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(root())) {
            return Stream.concat(modules, Stream.of(root().resolve("bench/micro")))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTree::javaFilesBelow)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> outputs(String... kinds) throws IOException {
        try (Stream<Path> modules = Files.list(root())) {
            return modules.flatMap(module -> Stream.of(kinds).map(kind -> module.resolve("target", kind)))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private static Stream<Path> javaFilesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
