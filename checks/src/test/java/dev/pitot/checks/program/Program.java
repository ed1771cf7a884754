package dev.pitot.checks.program;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program that can be either end of a test.
public enum Program {
    /// Pitot with the socket family of this system (Linux system calls).
    PITOT,
    /// Pitot with portable sockets.
    PITOT_PORTABLE,
    /// The real iperf3, as packaged by Debian.
    IPERF3;

    private static final Map<String, String> PASSWORD = Map.of("IPERF3_PASSWORD", "rossi"); // auth/users.csv

    /// Starts a client that tests against this machine, with the password of the user `mario`.
    ///
    /// @param port of the server on 127.0.0.1
    public ChildProcess client(int port, List<String> options) throws IOException {
        List<String> args = new ArrayList<>(List.of("-c", "127.0.0.1", "-p", Integer.toString(port)));
        args.addAll(options);
        return ChildProcess.start(command(args), PASSWORD);
    }

    /// Starts a server on a free port and waits until it listens.
    public ServerProcess server(List<String> options) throws IOException, InterruptedException {
        String[] args = options.toArray(String[]::new);
        return switch (this) {
            case PITOT -> PitotProcess.server(args);
            case PITOT_PORTABLE -> PitotProcess.server(portable(options));
            case IPERF3 -> Iperf3.server(args);
        };
    }

    /// Returns the command line with these arguments.
    public List<String> command(List<String> options) {
        String[] args = options.toArray(String[]::new);
        return switch (this) {
            case PITOT -> PitotProcess.command(args);
            case PITOT_PORTABLE -> PitotProcess.command(portable(options));
            case IPERF3 -> Iperf3.command(args);
        };
    }

    /// True for Pitot.
    public boolean isPitot() {
        return this != IPERF3;
    }

    private static String[] portable(List<String> options) {
        List<String> args = new ArrayList<>(List.of("--socket", "portable"));
        args.addAll(options);
        return args.toArray(String[]::new);
    }
}
