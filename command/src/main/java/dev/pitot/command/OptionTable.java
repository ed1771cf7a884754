package dev.pitot.command;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All options, in the order of the help, of the manual page and of docs/compatibility.md.
public final class OptionTable {
    /// Options of clients and servers.
    public static final List<Option> COMMON = CommonOptionTable.ROWS;
    /// Options of servers.
    public static final List<Option> SERVER = ServerOptionTable.ROWS;
    /// Options of clients.
    public static final List<Option> CLIENT = ClientOptionTable.ROWS;
    /// Options for live metrics.
    public static final List<Option> METRICS = MetricsOptionTable.ROWS;

    static final List<Option> ALL =
            Stream.of(COMMON, SERVER, CLIENT, METRICS).flatMap(List::stream).toList();

    /// Options that `loopback` accepts, with their texts there.
    public static final List<Option> LOOPBACK =
            ALL.stream().filter(Option::isOfLoopback).map(Option::inLoopback).toList();

    /// iperf3's options, in the order of its own table.
    static final List<Option> OF_IPERF3 = ALL.stream()
            .filter(Option::isOfIperf3)
            .sorted(Comparator.comparingInt(Option::place))
            .toList();

    private OptionTable() {}

    /// Environment variables that have the defaults of options.
    public static List<String> variables() {
        return METRICS.stream().map(MetricsOptionsBuilder::variable).toList();
    }
}
