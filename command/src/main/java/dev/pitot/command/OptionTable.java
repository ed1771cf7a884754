package dev.pitot.command;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All options, in the order of the help and of docs/compatibility.md.
final class OptionTable {
    static final List<Option> ALL = Stream.of(
                    CommonOptionTable.ROWS, ServerOptionTable.ROWS, ClientOptionTable.ROWS, MetricsOptionTable.ROWS)
            .flatMap(List::stream)
            .toList();

    /// iperf3's options, in the order of its own table.
    static final List<Option> OF_IPERF3 = ALL.stream()
            .filter(Option::isOfIperf3)
            .sorted(Comparator.comparingInt(Option::place))
            .toList();

    private OptionTable() {}
}
