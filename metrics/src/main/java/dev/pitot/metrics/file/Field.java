package dev.pitot.metrics.file;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.TcpMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Named number.
///
/// @param name unique among the fields of a record
/// @param value a Long or a Double; null if it was not measured
record Field(String name, @Nullable Number value) {
    /// Returns the fields that iperf3-rs writes for an interval after its streams and protocol, in
    /// iperf3-rs's order.
    static List<Field> common(IntervalMetrics metrics) {
        TcpMetrics tcp = metrics.tcp();
        Datagrams datagrams = metrics.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        TcpMetrics.RoundTrip roundTrip = tcp == null ? null : tcp.roundTrip();
        return List.of(
                new Field("transferred_bytes", metrics.bytes()),
                new Field("bandwidth_bits_per_second", metrics.bitsPerSecond()),
                new Field("tcp_retransmits", metrics.retransmits()),
                new Field("tcp_rtt_seconds", roundTrip == null ? null : roundTrip.smoothedSeconds()),
                new Field("tcp_rttvar_seconds", roundTrip == null ? null : roundTrip.varianceSeconds()),
                new Field("tcp_snd_cwnd_bytes", tcp == null ? null : tcp.congestionBytes()),
                new Field("tcp_snd_wnd_bytes", tcp == null ? null : tcp.peerBytes()),
                new Field("tcp_pmtu_bytes", tcp == null ? null : tcp.pathMtuBytes()),
                new Field("tcp_reorder_events", tcp == null ? null : tcp.reorderings()),
                new Field("udp_packets", datagrams == null ? null : datagrams.packets()),
                new Field("udp_lost_packets", reception == null ? null : reception.lost()),
                new Field("udp_jitter_seconds", reception == null ? null : reception.jitterSeconds()),
                new Field("udp_out_of_order_packets", reception == null ? null : reception.outOfOrder()),
                new Field("interval_duration_seconds", metrics.span().seconds()));
    }

    /// Returns the fields that iperf3-rs does not have.
    static List<Field> further(IntervalMetrics metrics) {
        Datagrams datagrams = metrics.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        return List.of(
                new Field("udp_duplicate_packets", reception == null ? null : reception.duplicates()),
                new Field("start_seconds", metrics.span().startSeconds()),
                new Field("end_seconds", metrics.span().endSeconds()));
    }
}
