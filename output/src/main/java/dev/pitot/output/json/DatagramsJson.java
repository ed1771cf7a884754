package dev.pitot.output.json;

import dev.pitot.model.result.Datagrams;
import dev.pitot.output.format.Loss;

/// Writes the members that count datagrams.
final class DatagramsJson {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private DatagramsJson() {}

    /// Writes the sender's counts.
    static void writeSent(CjsonWriter out, Datagrams datagrams) {
        out.member("packets", Math.max(0, datagrams.packets())); // the peer's value is not trusted
    }

    /// Writes the receiver's counts.
    static void writeReceived(CjsonWriter out, Datagrams datagrams) {
        write(out, ZeroForUnknown.reception(datagrams.reception()), datagrams.packets(), datagrams.packets());
    }

    /// Writes the counts of both ends. An unknown loss is `null`: iperf 3.21 prints meaningless
    /// numbers in that case (iperf_api.c: omitted_cnt_error is -1).
    ///
    /// @param packets number of datagrams to write
    /// @param all number of datagrams of which the loss is a percentage
    static void write(CjsonWriter out, Datagrams.Reception reception, long packets, long all) {
        out.member("jitter_ms", reception.jitterSeconds() * MILLIS_PER_SECOND);
        Long lost = reception.lost();
        Loss loss = Loss.of(lost == null ? 0 : lost, all);
        out.name("lost_packets").literal(lost == null ? "null" : Long.toString(loss.lost()));
        out.member("packets", Math.max(0, packets));
        out.name("lost_percent").literal(lost == null ? "null" : CjsonNumber.of(loss.percent()));
    }
}
