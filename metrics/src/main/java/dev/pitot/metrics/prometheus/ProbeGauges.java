package dev.pitot.metrics.prometheus;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Final metrics of a probe's test, per direction. Owned by one response.
final class ProbeGauges {
    private static final double MICROS_PER_SECOND = 1e6;

    private final String protocol;
    private final Gauge throughput;
    private final Gauge bytes;
    private final Gauge retransmits;
    private final Gauge roundTrip;
    private final Gauge datagrams;
    private final Gauge lostRatio;
    private final Gauge jitter;

    ProbeGauges(PrometheusRegistry registry, String protocol) {
        this.protocol = protocol;
        throughput = gauge(
                registry,
                "pitot_probe_throughput_bytes_per_second",
                "Average rate, as received if the receiver reported it.");
        bytes = gauge(registry, "pitot_probe_transferred_bytes", "Payload received, or sent if that is unknown.");
        retransmits = gauge(registry, "pitot_probe_tcp_retransmitted_segments", "Retransmitted TCP segments.");
        roundTrip = gauge(
                registry,
                "pitot_probe_tcp_rtt_seconds",
                "Smoothed round-trip time, mean over the test and its streams.");
        datagrams = ProbeMetrics.gauge(
                registry, "pitot_probe_udp_datagrams", "UDP datagrams by result.", "direction", "protocol", "result");
        lostRatio = gauge(registry, "pitot_probe_udp_lost_ratio", "Lost datagrams as a fraction of all, 0..1.");
        jitter = gauge(
                registry, "pitot_probe_udp_jitter_seconds", "Jitter of received datagrams (RFC 3550) at the end.");
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
        return ProbeMetrics.gauge(registry, name, help, "direction", "protocol");
    }

    void add(Summary.OfDirection direction, Summary summary) {
        String way = LabelValues.of(direction.role());
        Total delivered = FinalMetrics.delivered(direction);
        if (delivered != null) {
            show(throughput, FinalMetrics.bytesPerSecond(delivered), way);
            show(bytes, (double) delivered.bytes(), way);
        }
        Total sent = direction.sent();
        if (sent != null) {
            show(retransmits, number(sent.retransmits()), way);
            if (sent.datagrams() != null) {
                show("sent", sent.datagrams().packets(), way);
            }
        }
        summary.streams().stream()
                .filter(stream -> stream.stream().role() == direction.role())
                .map(Summary.OfStream::tcp)
                .filter(Objects::nonNull)
                .mapToDouble(tcp -> tcp.roundTrip().meanMicros() / MICROS_PER_SECOND)
                .average()
                .ifPresent(mean -> show(roundTrip, mean, way));
        show(lostRatio, FinalMetrics.lostRatio(direction), way);
        addReception(direction.received(), way);
    }

    private void addReception(@Nullable Total received, String way) {
        Datagrams arrived = received == null ? null : received.datagrams();
        Datagrams.Reception reception = arrived == null ? null : arrived.reception();
        if (arrived == null || reception == null) {
            return;
        }
        Long lost = reception.lost();
        if (lost != null) {
            show("lost", lost, way);
            show("received", Math.max(0, arrived.packets() - lost), way);
        }
        show("reordered", reception.outOfOrder(), way);
        show("duplicate", reception.duplicates(), way);
        show(jitter, reception.jitterSeconds(), way);
    }

    private void show(String result, long count, String way) {
        datagrams.labelValues(way, protocol, result).set((double) count);
    }

    private void show(Gauge gauge, @Nullable Double value, String way) {
        if (value != null) {
            gauge.labelValues(way, protocol).set(value);
        }
    }

    private static @Nullable Double number(@Nullable Long value) {
        return value == null ? null : (double) value;
    }
}
