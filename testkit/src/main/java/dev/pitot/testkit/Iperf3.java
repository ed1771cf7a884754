package dev.pitot.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The real iperf3 of this machine, as client or server. Tests that use it carry [NeedsIperf3].
public final class Iperf3 {
    private Iperf3() {}

    /// Whether there is one on `PATH`.
    public static boolean isAvailable() {
        return isOn(System.getenv("PATH"));
    }

    static boolean isOn(@Nullable String searchPath) {
        return searchPath != null
                && Arrays.stream(searchPath.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "iperf3")));
    }

    /// Starts a client that tests against this machine.
    ///
    /// @param port of the server on 127.0.0.1
    /// @param args more options
    public static ChildProcess client(int port, String... args) throws IOException {
        return start(with(List.of("-c", "127.0.0.1", "-p", Integer.toString(port)), args));
    }

    /// Starts a server on a free port and waits until it listens.
    ///
    /// @param args more options, for example `-1` or `-J`
    /// @throws AssertionError with its output, if it does not come up
    public static ServerProcess server(String... args) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = start(with(List.of("-s", "-p", Integer.toString(port), "--forceflush"), args));
        return ServerProcess.awaitListening(process, port);
    }

    /// Starts it with these arguments and no others.
    public static ChildProcess start(String... args) throws IOException {
        return start(List.of(args));
    }

    private static ChildProcess start(List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of("iperf3"));
        command.addAll(args);
        return ChildProcess.start(command);
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
