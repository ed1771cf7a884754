package dev.pitot.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pitot program in a separate JVM, on the class path of the running test, started with the
/// launcher's options.
public final class PitotProcess {
    static final String MAIN_CLASS = "dev.pitot.cli.Main";

    private PitotProcess() {}

    /// Starts it with these arguments.
    public static ChildProcess start(String... args) throws IOException {
        return ChildProcess.start(command(args));
    }

    /// Returns the command that starts it with these arguments, for [ChildProcess].
    public static List<String> command(String... args) {
        List<String> command = new ArrayList<>(java());
        command.add(MAIN_CLASS);
        command.addAll(List.of(args));
        return command;
    }

    /// Starts a client that tests against this machine.
    ///
    /// @param port of the server on 127.0.0.1
    /// @param args more options
    public static ChildProcess client(int port, String... args) throws IOException {
        return start(with(args, "-c", "127.0.0.1", "-p", Integer.toString(port)));
    }

    /// Starts a server on a free port and waits until it listens.
    ///
    /// @param args more options, for example `-1` or `-J`
    /// @throws AssertionError with its output, if it does not start listening
    public static ServerProcess server(String... args) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = start(with(args, "-s", "-p", Integer.toString(port), "--forceflush"));
        return ServerProcess.awaitListening(process, port);
    }

    /// Returns the JVM command, with an AOT cache like the launcher's if the build configures one:
    /// it halves the CPU time of a process.
    private static List<String> java() {
        List<String> java = new ArrayList<>(javaWithoutCache());
        ClassCache.file().ifPresent(file -> java.add("-XX:AOTCache=" + file));
        return java;
    }

    /// Returns the JVM command with its options and class path, without the cache.
    static List<String> javaWithoutCache() {
        return List.of(
                Path.of(property("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.net.preferIPv6Addresses=system",
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1");
    }

    /// Returns the test's class path and module path: surefire splits them if there is a
    /// module-info. With a cache, which supports jars only, only the jars.
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(part -> !part.isEmpty() && (!ClassCache.isWanted() || part.endsWith(".jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String[] with(String[] more, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
