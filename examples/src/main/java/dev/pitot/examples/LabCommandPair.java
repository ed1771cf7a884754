package dev.pitot.examples;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LocalConnection;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.run.CommandOutput;
import dev.pitot.lab.run.CommandReport;
import dev.pitot.lab.run.Device;
import dev.pitot.lab.run.IperfCommand;
import dev.pitot.lab.run.IperfRun;
import dev.pitot.lab.system.OperatingSystem;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs an iperf3 server on one node of the lab and a client on another, without a plan. Both nodes are
/// this machine here; with another connection they are elsewhere:
///
/// ```
/// LabCommandPair PORT
/// ```
public final class LabCommandPair {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private LabCommandPair() {}

    /// Runs the program.
    public static void main(String[] args) throws ConnectionException, InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws ConnectionException, InterruptedException {
        String port = args.getFirst();
        CommandOutput nowhere = CommandOutput.NONE; // lines and intervals could go to files or a screen
        var server = IperfCommand.server(List.of("iperf3", "-s", "-p", port, "--forceflush"), nowhere);
        var client =
                IperfCommand.client(List.of("iperf3", "-c", "127.0.0.1", "-p", port, "-t", "1"), TIMEOUT, nowhere);
        try (Device desk = device("desk");
                Device phone = device("phone")) {
            IperfRun serving = server.start(desk, "server");
            serving.awaitReady(Integer.parseInt(port), TIMEOUT);
            CommandReport report = client.run(phone, "client");
            serving.stop();
            out.println(report.ending());
            for (Row total : report.totals()) {
                double megabits = total.amounts().bitsPerSecond().value() / 1e6;
                out.println(String.format(Locale.ROOT, "%.1f Mbit/s", megabits));
            }
        }
    }

    private static Device device(String name) {
        var traffic = new Node.Traffic("127.0.0.1", null);
        var node = new Node(
                name, OperatingSystem.LINUX, new Door.Local(), traffic, Node.Programs.ANY, Node.Control.USUAL);
        return new Device(node, new LocalConnection(name, Map.of(), InstantSource.system()));
    }
}
