package dev.pitot.metrics.micrometer;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.metric.KernelMetric;
import dev.pitot.model.metric.OutcomeLabel;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.IntervalMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Meters of one registry, identified by name and tags. Micrometer's Prometheus registry appends
/// the base unit and `_total`, which yields the names in docs/metrics.md; a meter whose name there
/// has no unit therefore has no base unit. Thread-safe.
final class Meters {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger servers = new AtomicInteger();
    private final Counter dropped;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        dropped = Counter.builder("pitot.connections.dropped")
                .description("Connections that a server rejected or lost before a test began.")
                .register(registry);
        for (TestRole role : TestRole.values()) {
            Gauge.builder("pitot.tests.running", running(role), AtomicInteger::get)
                    .description("Running tests, from agreement on parameters to their end.")
                    .tag("role", word(role))
                    .strongReference(true)
                    .register(registry);
            startAtZero(role);
        }
    }

    /// Creates the counters of every outcome at 0: a counter that first appears with a failure
    /// shows no increase, so that no alert for it would fire.
    private void startAtZero(TestRole role) {
        String completed = OutcomeLabel.of(new Ending.Completed(), true);
        for (String outcome : OutcomeLabel.all()) {
            for (Protocol protocol : Protocol.values()) {
                addTests(role, protocol, outcome, 0);
            }
            if (!outcome.equals(completed)) { // a completed test has a protocol
                addTests(role, null, outcome, 0);
            }
        }
    }

    static String word(TestRole role) {
        return switch (role) {
            case CLIENT -> "client";
            case SERVER -> "server";
        };
    }

    static String word(Protocol protocol) {
        return switch (protocol) {
            case TCP -> "tcp";
            case MULTIPATH_TCP -> "mptcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }

    AtomicInteger running(TestRole role) {
        return switch (role) {
            case CLIENT -> clients;
            case SERVER -> servers;
        };
    }

    void addDropped(long count) {
        dropped.increment((double) count);
    }

    /// @param protocol null if the ends never agreed
    void addTests(TestRole role, @Nullable Protocol protocol, String outcome, long count) {
        String agreed = protocol == null ? "unknown" : word(protocol);
        Tags tags = Tags.of("role", word(role), "protocol", agreed, "outcome", outcome);
        add("pitot.tests", "tests", "Finished tests by outcome.", tags, (double) count);
    }

    void addError(TestRole role, IperfError error) {
        Tags tags = Tags.of("role", word(role), "error", error.name().toLowerCase(Locale.ROOT));
        add("pitot.errors", "errors", "Failed tests by iperf error.", tags, 1);
    }

    void addBytes(Tags tags, long count) {
        add("pitot.transferred", "bytes", "Payload sent or received by this end.", tags, (double) count);
    }

    void addRetransmits(Tags tags, long count) {
        add("pitot.tcp.retransmitted.segments", "segments", "Retransmitted TCP segments.", tags, (double) count);
    }

    void addReorderings(Tags tags, long count) {
        add("pitot.tcp.reordering.events", "events", "Reordering events seen by the kernel.", tags, (double) count);
    }

    void addDatagrams(Tags tags, String result, long count) {
        Tags all = tags.and("result", result);
        add("pitot.udp.datagrams", "datagrams", "UDP datagrams by result.", all, (double) count);
    }

    /// Records what the kernel knows of one direction at the end of an interval.
    void recordKernel(StreamRole direction, IntervalMetrics metrics, Tags tags) {
        for (KernelMetric metric : KernelMetric.values()) {
            metric.of(direction, metrics).ifPresent(value -> recordKernel(metric, tags, value));
        }
    }

    private void recordKernel(KernelMetric metric, Tags tags, double value) {
        String name = "pitot.tcp." + metric.label().replace('_', '.');
        if (metric.isCounter()) {
            add(name, kernelUnit(metric), metric.help(), tags, value);
        } else if (metric.unit() == KernelMetric.MetricUnit.SECONDS) {
            record(name, metric.help(), tags, value);
        } else {
            DistributionSummary.builder(name)
                    .baseUnit(kernelUnit(metric))
                    .description(metric.help())
                    .tags(tags)
                    .register(registry)
                    .record(value);
        }
    }

    private static String kernelUnit(KernelMetric metric) {
        return metric == KernelMetric.TIMEOUTS
                ? "timeouts"
                : metric.unit().name().toLowerCase(Locale.ROOT);
    }

    private void add(String name, String unit, String description, Tags tags, double count) {
        Counter.builder(name)
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment(count);
    }

    void recordThroughput(Tags tags, double bytesPerSecond) {
        DistributionSummary.builder("pitot.throughput")
                .baseUnit("bytes_per_second")
                .description("Rate of each interval.")
                .tags(tags)
                .register(registry)
                .record(bytesPerSecond);
    }

    void recordRoundTrip(Tags tags, double seconds) {
        record("pitot.tcp.rtt", "Smoothed round-trip time at the end of each interval.", tags, seconds);
    }

    void recordJitter(Tags tags, double seconds) {
        record("pitot.udp.jitter", "Jitter (RFC 3550) at the end of each interval.", tags, seconds);
    }

    private void record(String name, String description, Tags tags, double seconds) {
        Timer.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .record(Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)));
    }
}
