package dev.pitot.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Command lines that start the program as a separate process, with this test's JVM and class path.
final class SeparateJvm {
    private SeparateJvm() {}

    /// Returns a command line.
    static List<String> command(String... args) {
        List<String> command = jvm();
        command.add("dev.pitot.cli.Main");
        command.addAll(List.of(args));
        return command;
    }

    /// Returns a command line with a heap size, for example `-Xmx32m`.
    static List<String> commandWithHeap(String heap, String... args) {
        List<String> command = jvm(heap);
        command.add("dev.pitot.cli.Main");
        command.addAll(List.of(args));
        return command;
    }

    /// Returns the words before a main class.
    ///
    /// @param options of the JVM
    static List<String> jvm(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath())));
        return command;
    }

    /// Returns the jars and folders with classes, modules or not.
    static List<String> classPath() {
        return Stream.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""))
                .filter(path -> !path.isEmpty())
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .toList();
    }
}
