package dev.pitot.metrics.file;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.sample.Distribution;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Window;
import org.jspecify.annotations.Nullable;

/// Writes the members of intervals and windows: those of iperf3-rs in its order, then Pitot's
/// additional ones.
final class RecordLine {
    private RecordLine() {}

    static void context(JsonLine line, MetricsRecord record, int streams) {
        line.time("timestamp_unix_seconds", record.time());
        line.string("role", FieldValues.of(record.context().role()));
        line.string("direction", FieldValues.of(record.context().direction()));
        line.integer("stream_count", streams);
        line.string("protocol", FieldValues.of(record.context().protocol()));
    }

    static void interval(JsonLine line, Sample sample, boolean hasStreams) {
        line.numbers(Field.common(sample.total()));
        line.bool("omitted", sample.omitted());
        line.numbers(Field.further(sample.total()));
        kernel(line, sample.total().kernel());
        if (hasStreams) {
            line.objects("streams", sample.streams(), stream -> {
                stream(line, stream.stream());
                figures(line, stream.metrics());
            });
        }
    }

    private static void stream(JsonLine line, StreamInfo info) {
        line.integer("id", info.id());
        line.integer("socket", info.label());
        line.string("local_host", info.local().host());
        line.integer("local_port", info.local().port());
        line.string("remote_host", info.remote().host());
        line.integer("remote_port", info.remote().port());
    }

    private static void figures(JsonLine line, IntervalMetrics metrics) {
        line.numbers(Field.common(metrics));
        line.numbers(Field.further(metrics));
        kernel(line, metrics.kernel());
    }

    /// Writes the known fields, with the kernel's names and units.
    private static void kernel(JsonLine line, @Nullable KernelValues<TcpField> kernel) {
        line.object(
                "tcp_info",
                kernel,
                known -> known.toMap(TcpField.class).forEach((field, value) -> line.integer(field.key(), value)));
    }

    static void window(JsonLine line, Window window) {
        Window.Extent extent = window.extent();
        Window.TcpDistributions tcp = window.distributions().tcp();
        Window.Counters counters = window.counters();
        line.number("duration_seconds", extent.seconds());
        line.integer("transferred_bytes", extent.bytes());
        gauge(line, "bandwidth_bits_per_second", window.distributions().bitsPerSecond());
        gauge(line, "tcp_rtt_seconds", tcp.roundTripSeconds());
        gauge(line, "tcp_rttvar_seconds", tcp.roundTripVarianceSeconds());
        gauge(line, "tcp_snd_cwnd_bytes", tcp.congestionBytes());
        gauge(line, "tcp_snd_wnd_bytes", tcp.peerBytes());
        gauge(line, "tcp_pmtu_bytes", tcp.pathMtuBytes());
        gauge(line, "udp_jitter_seconds", window.distributions().jitterSeconds());
        line.number("tcp_retransmits", counters.retransmits());
        line.number("tcp_reorder_events", counters.reorderings());
        line.number("udp_packets", counters.packets());
        line.number("udp_lost_packets", counters.lost());
        line.number("udp_out_of_order_packets", counters.outOfOrder());
        line.integer("omitted_intervals", extent.omittedSamples());
        line.number("udp_duplicate_packets", counters.duplicates());
        line.number("start_seconds", extent.span().startSeconds());
        line.number("end_seconds", extent.span().endSeconds());
        line.integer("intervals", extent.samples());
        kernel(line, window.distributions().kernel());
    }

    private static void gauge(JsonLine line, String name, @Nullable Distribution distribution) {
        line.object(name, distribution, known -> {
            line.integer("samples", known.samples());
            line.number("mean", known.mean());
            line.number("min", known.min());
            line.number("max", known.max());
            line.number("stddev", known.spread().standardDeviation());
            line.number("p50", known.spread().p50());
            line.number("p95", known.spread().p95());
            line.number("p99", known.spread().p99());
        });
    }
}
