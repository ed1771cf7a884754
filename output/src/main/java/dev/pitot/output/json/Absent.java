package dev.pitot.output.json;

import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import org.jspecify.annotations.Nullable;

/// What iperf 3.21's JSON says where a figure is not known (iperf_api.c: iperf_print_results):
/// zeros. A server, which prints before the ends exchange their figures, shows a sender without
/// bytes over its own time; so does a client whose test broke off. Readers of iperf's JSON rely
/// on the keys being there. This is the only place where absent becomes zero.
final class Absent {
    private static final Datagrams.Reception NO_RECEPTION = new Datagrams.Reception(0L, 0, 0, 0);
    private static final Cpu NO_CPU = new Cpu(0, 0, 0);
    private static final Summary.TcpExtremes NO_EXTREMES =
            new Summary.TcpExtremes(0, 0, new Summary.RoundTrips(0, 0, 0), 0);

    private Absent() {}

    /// A total, or no bytes in the other end's time.
    static Total total(@Nullable Total total, @Nullable Total otherEnd) {
        if (total != null) {
            return total;
        }
        return new Total(0, otherEnd == null ? 0 : otherEnd.nanos(), null);
    }

    /// A number of datagrams that nobody has told.
    static long packets(@Nullable Datagrams datagrams) {
        return datagrams == null ? 0 : datagrams.packets();
    }

    /// A reception that nobody has told.
    static Datagrams.Reception reception(Datagrams.@Nullable Reception reception) {
        return reception == null ? NO_RECEPTION : reception;
    }

    static Cpu cpu(@Nullable Cpu cpu) {
        return cpu == null ? NO_CPU : cpu;
    }

    /// On a receiver the sender's retransmits are known and nothing else of its connection.
    static Summary.TcpExtremes extremes(Summary.@Nullable TcpExtremes extremes) {
        return extremes == null ? NO_EXTREMES : extremes;
    }
}
