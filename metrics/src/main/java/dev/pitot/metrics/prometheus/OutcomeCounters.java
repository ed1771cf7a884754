package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.metric.CounterDeltas;
import dev.pitot.model.metric.KernelMetric;
import dev.pitot.model.metric.OutcomeLabel;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Sample;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counters since the start of the process. Thread-safe.
final class OutcomeCounters {
    private static final String COMPLETED = OutcomeLabel.of(new Ending.Completed(), true);

    private final Counter bytes;
    private final Counter retransmits;
    private final Counter reorderings;
    private final Counter datagrams;
    private final Counter tests;
    private final Counter errors;
    private final Counter dropped;
    private final Map<KernelMetric, Counter> kernel = new EnumMap<>(KernelMetric.class);

    OutcomeCounters(LabelledRegistry registry) {
        bytes = counter(
                registry,
                "pitot_transferred_bytes_total",
                "Payload sent or received by this end, without warm-up.",
                "role",
                "direction",
                "protocol");
        retransmits = counter(
                registry,
                "pitot_tcp_retransmitted_segments_total",
                "Retransmitted TCP segments, without warm-up. Senders only.",
                "role",
                "direction",
                "protocol");
        reorderings = counter(
                registry,
                "pitot_tcp_reordering_events_total",
                "Reordering events seen by the kernel on sending TCP connections (tcpi_reord_seen), without warm-up.",
                "role",
                "direction",
                "protocol");
        datagrams = counter(
                registry,
                "pitot_udp_datagrams_total",
                "UDP datagrams by result, without warm-up. A sender knows only the number sent.",
                "role",
                "direction",
                "protocol",
                "result");
        tests = counter(
                registry,
                "pitot_tests_total",
                "Finished tests by outcome. The protocol is unknown if the ends did not agree on parameters.",
                "role",
                "protocol",
                "outcome");
        errors = counter(registry, "pitot_errors_total", "Failed tests by iperf error.", "role", "error");
        dropped = counter(
                registry,
                "pitot_connections_dropped_total",
                "Connections that a server rejected or lost before a test began.");
        for (KernelMetric metric : KernelMetric.all(true)) {
            String help = metric.help() + " Without warm-up.";
            kernel.put(metric, counter(registry, kernelName(metric) + "_total", help, "role", "direction", "protocol"));
        }
        startAtZero();
    }

    /// Returns the name of a value of TCP_INFO, with its unit.
    static String kernelName(KernelMetric metric) {
        return "pitot_tcp_" + metric.label()
                + switch (metric.unit()) {
                    case SECONDS -> "_seconds";
                    case BYTES -> "_bytes";
                    case BYTES_PER_SECOND -> "_bytes_per_second";
                    case SEGMENTS, EVENTS -> "";
                };
    }

    /// Creates the series of every outcome at 0: a counter that first appears with a failure shows
    /// no increase, so that no alert for it would fire.
    private void startAtZero() {
        for (TestRole role : TestRole.values()) {
            for (String outcome : OutcomeLabel.all()) {
                for (Protocol protocol : Protocol.values()) {
                    tests.initLabelValues(LabelValues.of(role), LabelValues.of(protocol), outcome);
                }
                if (!outcome.equals(COMPLETED)) { // a completed test has a protocol
                    tests.initLabelValues(LabelValues.of(role), LabelValues.of((Protocol) null), outcome);
                }
            }
        }
    }

    private static Counter counter(LabelledRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .constLabels(registry.labels())
                .withoutExemplars()
                .register(registry.registry());
    }

    /// Adds an amount to a counter; 0 creates the series.
    void add(CounterDeltas.Amount more) {
        Sample.Context context = more.context();
        long amount = more.count();
        switch (more.kind()) {
            case BYTES -> bytes.labelValues(LabelValues.of(context)).inc(amount);
            case RETRANSMITS -> retransmits.labelValues(LabelValues.of(context)).inc(amount);
            case REORDERINGS -> reorderings.labelValues(LabelValues.of(context)).inc(amount);
            case SENT -> addDatagrams(context, "sent", amount);
            case RECEIVED -> addDatagrams(context, "received", amount);
            case LOST -> addDatagrams(context, "lost", amount);
            case REORDERED -> addDatagrams(context, "reordered", amount);
            case DUPLICATE -> addDatagrams(context, "duplicate", amount);
        }
    }

    /// Adds what the kernel counted within an interval. Does nothing for warm-up.
    void addKernel(Sample sample) {
        if (!sample.omitted()) {
            Sample.Context context = sample.context();
            kernel.forEach((metric, counter) -> metric.of(context.direction(), sample.total())
                    .ifPresent(amount ->
                            counter.labelValues(LabelValues.of(context)).inc(amount)));
        }
    }

    private void addDatagrams(Sample.Context context, String result, long amount) {
        datagrams.labelValues(LabelValues.of(context, result)).inc(amount);
    }

    /// Counts a finished test.
    ///
    /// @param protocol protocol of the test; null if the ends did not agree on parameters
    /// @param hasBegun true if data transfer started
    void addTest(TestRole role, @Nullable Protocol protocol, Ending ending, boolean hasBegun) {
        tests.labelValues(LabelValues.of(role), LabelValues.of(protocol), OutcomeLabel.of(ending, hasBegun))
                .inc();
        if (ending instanceof Ending.Failed failed) {
            errors.labelValues(LabelValues.of(role), LabelValues.of(failed.error()))
                    .inc();
        }
    }

    void addDropped(long count) {
        dropped.inc(count);
    }
}
