package dev.pitot.metrics.otel;

import dev.pitot.model.metric.KernelMetric;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.sample.IntervalMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.EnumMap;
import java.util.Map;

/// OpenTelemetry instruments of one meter.
final class Instruments {
    private final LongCounter bytes;
    private final LongCounter retransmits;
    private final LongCounter datagrams;
    private final LongCounter tests;
    private final LongCounter dropped;
    private final LongUpDownCounter running;
    private final DoubleHistogram throughput;
    private final DoubleHistogram roundTrip;
    private final DoubleHistogram jitter;
    private final Map<KernelMetric, DoubleCounter> kernelCounters = new EnumMap<>(KernelMetric.class);
    private final Map<KernelMetric, DoubleHistogram> kernelStates = new EnumMap<>(KernelMetric.class);

    Instruments(Meter meter) {
        bytes = counter(meter, "pitot.transferred", "By", "Payload sent or received by this end.");
        retransmits = counter(meter, "pitot.tcp.retransmitted_segments", "{segment}", "Retransmitted TCP segments.");
        datagrams = counter(meter, "pitot.udp.datagrams", "{datagram}", "UDP datagrams by result.");
        tests = counter(meter, "pitot.tests", "{test}", "Finished tests by outcome.");
        dropped = counter(
                meter,
                "pitot.connections.dropped",
                "{connection}",
                "Connections that a server rejected or lost before a test began.");
        running = meter.upDownCounterBuilder("pitot.tests.running")
                .setUnit("{test}")
                .setDescription("Running tests, from agreement on parameters to their end.")
                .build();
        throughput = histogram(meter, "pitot.throughput", "By/s", "Rate of each interval.");
        roundTrip = histogram(meter, "pitot.tcp.rtt", "s", "Smoothed round-trip time at the end of each interval.");
        jitter = histogram(meter, "pitot.udp.jitter", "s", "Jitter (RFC 3550) at the end of each interval.");
        for (KernelMetric metric : KernelMetric.all(true)) {
            kernelCounters.put(
                    metric,
                    meter.counterBuilder(kernelName(metric))
                            .ofDoubles()
                            .setUnit(kernelUnit(metric))
                            .setDescription(metric.help())
                            .build());
        }
        for (KernelMetric metric : KernelMetric.all(false)) {
            kernelStates.put(metric, histogram(meter, kernelName(metric), kernelUnit(metric), metric.help()));
        }
    }

    private static String kernelName(KernelMetric metric) {
        return "pitot.tcp." + metric.label();
    }

    private static String kernelUnit(KernelMetric metric) {
        return switch (metric.unit()) {
            case SECONDS -> "s";
            case BYTES -> "By";
            case BYTES_PER_SECOND -> "By/s";
            case SEGMENTS -> "{segment}";
            case EVENTS -> "{event}";
        };
    }

    private static LongCounter counter(Meter meter, String name, String unit, String description) {
        return meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
    }

    private static DoubleHistogram histogram(Meter meter, String name, String unit, String description) {
        return meter.histogramBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
    }

    LongCounter bytes() {
        return bytes;
    }

    LongCounter retransmits() {
        return retransmits;
    }

    LongCounter datagrams() {
        return datagrams;
    }

    LongCounter tests() {
        return tests;
    }

    LongCounter dropped() {
        return dropped;
    }

    LongUpDownCounter running() {
        return running;
    }

    DoubleHistogram throughput() {
        return throughput;
    }

    DoubleHistogram roundTrip() {
        return roundTrip;
    }

    DoubleHistogram jitter() {
        return jitter;
    }

    /// Records what the kernel knows of one direction at the end of an interval.
    void recordKernel(StreamRole direction, IntervalMetrics metrics, Attributes labels) {
        kernelCounters.forEach(
                (metric, counter) -> metric.of(direction, metrics).ifPresent(amount -> counter.add(amount, labels)));
        kernelStates.forEach((metric, histogram) ->
                metric.of(direction, metrics).ifPresent(value -> histogram.record(value, labels)));
    }
}
