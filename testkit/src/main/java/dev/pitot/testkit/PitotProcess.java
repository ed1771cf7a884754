package dev.pitot.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pitot program in a JVM of its own, on the class path of the running test, started as its
/// launcher would.
public final class PitotProcess {
    static final String MAIN_CLASS = "dev.pitot.cli.Main";

    private PitotProcess() {}

    /// Starts it with these arguments.
    public static ChildProcess start(String... args) throws IOException {
        return ChildProcess.start(command(args));
    }

    /// The command that starts it with these arguments, for [ChildProcess].
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
    /// @throws AssertionError with its output, if it does not come up
    public static ServerProcess server(String... args) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = start(with(args, "-s", "-p", Integer.toString(port), "--forceflush"));
        return ServerProcess.awaitListening(process, port);
    }

    /// With the cache of classes that the launcher uses, too, where the build says where to put
    /// one: it halves what a process needs of the machine.
    private static List<String> java() {
        List<String> java = new ArrayList<>(javaWithoutCache());
        ClassCache.file().ifPresent(file -> java.add("-XX:AOTCache=" + file));
        return java;
    }

    /// The program's own JVM with its options and its class path.
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

    /// All that the test sees: surefire splits it into a module path and a class path where there
    /// is a module-info. Where there will be a cache, which knows jars only, all jars.
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
