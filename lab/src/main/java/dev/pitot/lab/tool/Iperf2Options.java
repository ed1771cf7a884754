package dev.pitot.lab.tool;

import java.util.List;

/// Options that only iperf 2 knows, checked, as iperf 2's long options.
///
/// @param client for the client, such as `--tradeoff`
/// @param server for the server, such as `--single_udp`
/// @param daemon whether the server runs detached: its output stays in a file on the node,
/// which is
///     fetched when the test is over
public record Iperf2Options(List<String> client, List<String> server, boolean daemon) {
    /// None.
    public static final Iperf2Options NONE = new Iperf2Options(List.of(), List.of(), false);

    public Iperf2Options {
        client = List.copyOf(client);
        server = List.copyOf(server);
    }
}
