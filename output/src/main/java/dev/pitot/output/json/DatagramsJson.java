package dev.pitot.output.json;

import dev.pitot.model.result.Datagrams;
import dev.pitot.output.figure.Loss;

/// The members that count datagrams.
final class DatagramsJson {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private DatagramsJson() {}

    /// What a sender knows.
    static void writeSent(CjsonWriter out, Datagrams datagrams) {
        out.member("packets", Math.max(0, datagrams.packets())); // another machine may say anything
    }

    /// What a receiver knows.
    static void writeReceived(CjsonWriter out, Datagrams datagrams) {
        write(out, Absent.reception(datagrams.reception()), datagrams.packets(), datagrams.packets());
    }

    /// What both know together. A loss that nobody can tell is `null`: iperf 3.21 shows figures
    /// that mean nothing then (iperf_api.c: omitted_cnt_error is -1).
    ///
    /// @param packets the shown number
    /// @param all of which the loss is a share
    static void write(CjsonWriter out, Datagrams.Reception reception, long packets, long all) {
        out.member("jitter_ms", reception.jitterSeconds() * MILLIS_PER_SECOND);
        Long lost = reception.lost();
        Loss loss = Loss.of(lost == null ? 0 : lost, all);
        out.name("lost_packets").literal(lost == null ? "null" : Long.toString(loss.lost()));
        out.member("packets", Math.max(0, packets));
        out.name("lost_percent").literal(lost == null ? "null" : CjsonNumber.of(loss.percent()));
    }
}
