package dev.pitot.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How to start the program as a process of its own, with what this test runs with.
final class SeparateJvm {
    private SeparateJvm() {}

    /// The words of a command line.
    static List<String> command(String... args) {
        List<String> command = jvm();
        command.add("dev.pitot.cli.Main");
        command.addAll(List.of(args));
        return command;
    }

    /// The same with a heap of some size, for example `-Xmx32m`.
    static List<String> commandWithHeap(String heap, String... args) {
        List<String> command = jvm(heap);
        command.add("dev.pitot.cli.Main");
        command.addAll(List.of(args));
        return command;
    }

    /// The words before a main class.
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

    /// Jars and folders with classes, modules or not.
    static List<String> classPath() {
        return Stream.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""))
                .filter(path -> !path.isEmpty())
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .toList();
    }
}
