package dev.pitot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short tests in this process: a client sends 256 KiB at 8 Mbit/s, in a quarter of a second.
final class ShortTest {
    static final long BYTES = 262_144;

    private static final List<String> LENGTH = List.of("-n", "256K", "-l", "16K", "-b", "8M");
    private static final Pattern SUM = Pattern.compile("\"sum_(?:sent|received)\":\\s*\\{[^}]*\"bytes\":\\s*(\\d+)");

    private ShortTest() {}

    /// Runs a client to its end.
    static Launch client(String port, String... more) {
        List<String> line = new ArrayList<>(List.of("-c", "127.0.0.1", "-p", port));
        line.addAll(LENGTH);
        line.addAll(List.of(more));
        return Launch.of(line.toArray(String[]::new));
    }

    /// Runs a client whose test lasts until a signal.
    static Launch.Running endless(String port, String... more) {
        List<String> line = new ArrayList<>(List.of("-c", "127.0.0.1", "-p", port, "-t", "0", "-b", "8M", "-i", "0.1"));
        line.addAll(List.of(more));
        return Launch.start(line.toArray(String[]::new));
    }

    /// Starts a server, which listens when this method returns.
    static Launch.Running server(String port, String... more) {
        List<String> line = new ArrayList<>(List.of("-s", "-p", port));
        line.addAll(List.of(more));
        Launch.Running server = Launch.start(line.toArray(String[]::new));
        server.awaitOutput("Server listening on " + port + " (test #1)");
        return server;
    }

    /// Returns the largest sum of bytes in a document or an event of iperf's JSON.
    static long bytes(String json) {
        Matcher sums = SUM.matcher(json);
        return sums.results()
                .mapToLong(sum -> Long.parseLong(sum.group(1)))
                .max()
                .orElseThrow(() -> new AssertionError("no sum in " + json));
    }
}
