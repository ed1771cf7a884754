package dev.pitot.output.json;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import org.jspecify.annotations.Nullable;

/// Zeros for values that are not known, as in iperf 3.21's JSON (iperf_api.c: iperf_print_results).
/// A server, which reports before the two ends exchange their results, reports a sender with 0
/// bytes over its own test time; so does a client whose test was aborted. Readers of iperf's JSON
/// rely on the keys being present. This is the only place where absent becomes zero.
final class ZeroForUnknown {
    private static final Datagrams.Reception NO_RECEPTION = new Datagrams.Reception(0L, 0, 0, 0);
    private static final CpuUsage NO_CPU = new CpuUsage(0, 0, 0);
    private static final Summary.TcpExtremes NO_EXTREMES =
            new Summary.TcpExtremes(0, 0, new Summary.RoundTrips(0, 0, 0), 0);

    private ZeroForUnknown() {}

    /// Returns `total`; if that is unknown, 0 bytes over the other end's time.
    static Total total(@Nullable Total total, @Nullable Total otherEnd) {
        if (total != null) {
            return total;
        }
        return new Total(0, otherEnd == null ? 0 : otherEnd.nanos(), null);
    }

    /// Returns the number of datagrams, or 0 if it is unknown.
    static long packets(@Nullable Datagrams datagrams) {
        return datagrams == null ? 0 : datagrams.packets();
    }

    /// Returns the reception statistics, or zeros if they are unknown.
    static Datagrams.Reception reception(Datagrams.@Nullable Reception reception) {
        return reception == null ? NO_RECEPTION : reception;
    }

    static CpuUsage cpu(@Nullable CpuUsage cpu) {
        return cpu == null ? NO_CPU : cpu;
    }

    /// Returns the sender's TCP extremes, or zeros. A receiver knows the sender's retransmits, but
    /// nothing else about the sender's connection.
    static Summary.TcpExtremes extremes(Summary.@Nullable TcpExtremes extremes) {
        return extremes == null ? NO_EXTREMES : extremes;
    }
}
