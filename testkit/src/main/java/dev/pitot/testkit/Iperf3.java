package dev.pitot.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The real iperf3 installed on this machine, as client or server. Tests that use it are annotated
/// with [Needs].
public final class Iperf3 {
    private static final String PROGRAM = "iperf3";

    private Iperf3() {}

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
    /// @throws AssertionError with its output, if it does not start listening
    public static ServerProcess server(String... args) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = start(with(List.of("-s", "-p", Integer.toString(port), "--forceflush"), args));
        return ServerProcess.awaitListening(process, port);
    }

    /// Starts it with exactly these arguments.
    public static ChildProcess start(String... args) throws IOException {
        return start(List.of(args));
    }

    /// Returns the command that starts it with these arguments, for [ChildProcess].
    public static List<String> command(String... args) {
        return with(List.of(PROGRAM), args);
    }

    private static ChildProcess start(List<String> args) throws IOException {
        return ChildProcess.start(command(args.toArray(String[]::new)));
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
