package dev.pitot.metrics.names;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.MetricPrefix;
import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.record.PlainNumber;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.sample.Distribution;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.TcpMetrics;
import dev.pitot.model.sample.Window;
import org.jspecify.annotations.Nullable;

/// Writes records with the metric names of iperf3-rs 1.0 (its src/prometheus.rs), in its order and
/// form: all gauges of one interval or window, no help, no direction. Unknown values have no line.
/// Known errors of iperf3-rs are not reproduced: a sender of datagrams reports no loss, reordering
/// events are those of the interval, windows exclude warm-up. Thread-safe.
public final class Iperf3RsText {
    private final MetricPrefix prefix;
    private final String labels;

    /// Creates a writer with the prefix `iperf3` and no labels.
    public Iperf3RsText() {
        this(MetricPrefix.IPERF3, LabelSet.NONE);
    }

    /// @param labels labels of every line, without empty values
    /// @throws IllegalArgumentException if a label's value is empty
    public Iperf3RsText(MetricPrefix prefix, LabelSet labels) {
        this.prefix = prefix;
        this.labels = labels.withoutEmptyValues().text();
    }

    /// Returns a record in Prometheus text format.
    public String text(MetricsRecord record) {
        return switch (record) {
            case MetricsRecord.Interval(Sample sample) -> interval(sample);
            case MetricsRecord.Windowed(Window window) -> window(window);
        };
    }

    /// Returns these names as a format for a sink, one text per interval. For a bidirectional test
    /// it contains, as in iperf3-rs, only the direction from client to server.
    public SnapshotFormat format() {
        return new SnapshotFormat(this::text).withDirections(SnapshotFormat.Directions.LEADING);
    }

    private String interval(Sample sample) {
        IntervalMetrics total = sample.total();
        TcpMetrics tcp = total.tcp();
        var lines = new Lines("");
        lines.count("transferred_bytes", total.bytes());
        lines.gauge("bandwidth_bits_per_second", total.bitsPerSecond());
        lines.gauge("stream_count", sample.streams().size());
        lines.count("tcp_retransmits", total.retransmits());
        if (tcp != null) {
            lines.gauge("tcp_rtt_seconds", tcp.roundTrip().smoothedSeconds());
            lines.gauge("tcp_rttvar_seconds", tcp.roundTrip().varianceSeconds());
            lines.gaugeOrNone("tcp_snd_cwnd_bytes", tcp.congestionBytes());
            lines.gaugeOrNone("tcp_snd_wnd_bytes", tcp.peerBytes());
            lines.gauge("tcp_pmtu_bytes", tcp.pathMtuBytes());
            lines.count("tcp_reorder_events", tcp.reorderings());
        }
        Datagrams datagrams = total.datagrams();
        if (datagrams != null) {
            datagrams(lines, datagrams);
        }
        lines.gauge("omitted_intervals", sample.omitted() ? 1 : 0);
        return lines.text();
    }

    private static void datagrams(Lines lines, Datagrams datagrams) {
        lines.count("udp_packets", datagrams.packets());
        Datagrams.Reception reception = datagrams.reception();
        if (reception != null) {
            lines.count("udp_lost_packets", reception.lost());
            lines.gauge("udp_jitter_seconds", reception.jitterSeconds());
            lines.count("udp_out_of_order_packets", reception.outOfOrder());
        }
    }

    private String window(Window window) {
        Window.TcpDistributions tcp = window.distributions().tcp();
        Window.Counters counters = window.counters();
        var lines = new Lines("window_");
        lines.gauge("duration_seconds", window.extent().seconds());
        lines.count("transferred_bytes", window.extent().bytes());
        lines.gauge("stream_count", window.streams());
        lines.spread("bandwidth", "bits_per_second", window.distributions().bitsPerSecond());
        lines.spread("tcp_rtt", "seconds", tcp.roundTripSeconds());
        lines.spread("tcp_rttvar", "seconds", tcp.roundTripVarianceSeconds());
        lines.spread("tcp_snd_cwnd", "bytes", tcp.congestionBytes());
        lines.spread("tcp_snd_wnd", "bytes", tcp.peerBytes());
        lines.spread("tcp_pmtu", "bytes", tcp.pathMtuBytes());
        lines.spread("udp_jitter", "seconds", window.distributions().jitterSeconds());
        lines.count("tcp_retransmits", counters.retransmits());
        lines.count("tcp_reorder_events", counters.reorderings());
        lines.count("udp_packets", counters.packets());
        lines.count("udp_lost_packets", counters.lost());
        lines.count("udp_out_of_order_packets", counters.outOfOrder());
        lines.gauge("omitted_intervals", window.extent().omittedSamples());
        return lines.text();
    }

    /// Builder of the lines of one record.
    private final class Lines {
        private final StringBuilder out = new StringBuilder();
        private final String kind;

        Lines(String kind) {
            this.kind = kind;
        }

        void gauge(String rest, double value) {
            line(rest, PlainNumber.text(value));
        }

        private void line(String rest, String number) {
            String name = prefix.name(kind + rest);
            out.append("# TYPE ").append(name).append(" gauge\n");
            out.append(name).append(labels).append(' ').append(number).append('\n');
        }

        void gaugeOrNone(String rest, @Nullable Double value) {
            if (value != null) {
                gauge(rest, value);
            }
        }

        void count(String rest, @Nullable Long value) {
            if (value != null) {
                line(rest, value.toString());
            }
        }

        void spread(String stem, String unit, @Nullable Distribution distribution) {
            if (distribution != null) {
                gauge(stem + "_mean_" + unit, distribution.mean());
                gauge(stem + "_min_" + unit, distribution.min());
                gauge(stem + "_max_" + unit, distribution.max());
            }
        }

        String text() {
            return out.toString();
        }
    }
}
