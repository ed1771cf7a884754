package dev.pitot.metrics.prometheus;

import dev.pitot.model.metric.KernelMetric;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.TcpMetrics;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Gauges of the running tests, computed at each scrape from the last interval of each test,
/// including warm-up. Tests with the same labels are combined: rates are added, all other values
/// are the mean over the tests that have the value. A series is absent while no test has its value,
/// and therefore disappears when the last test with its labels ends. Thread-safe.
final class LiveGauges {
    private static final double BITS_PER_BYTE = 8;

    private final RunningTests running;
    private final LabelledRegistry registry;

    private LiveGauges(RunningTests running, LabelledRegistry registry) {
        this.running = running;
        this.registry = registry;
    }

    static void register(RunningTests running, LabelledRegistry registry) {
        var gauges = new LiveGauges(running, registry);
        gauges.sum(
                "pitot_throughput_bytes_per_second",
                "Rate of the running tests over their last interval.",
                metrics -> metrics.bitsPerSecond() / BITS_PER_BYTE);
        gauges.registerTcp();
        KernelMetric.all(false).forEach(gauges::registerKernel);
        gauges.mean(
                "pitot_udp_jitter_seconds",
                "Jitter of received datagrams (RFC 3550) at the end of the last interval, mean over tests.",
                LiveGauges::jitter);
        gauges.registerCount();
    }

    private void registerTcp() {
        tcp(
                "pitot_tcp_rtt_seconds",
                "Smoothed round-trip time at the end of the last interval, mean over streams and tests.",
                tcp -> tcp.roundTrip().smoothedSeconds());
        tcp(
                "pitot_tcp_rttvar_seconds",
                "Variance of the round-trip time at the end of the last interval, mean over streams and tests.",
                tcp -> tcp.roundTrip().varianceSeconds());
        tcp(
                "pitot_tcp_congestion_window_bytes",
                "Congestion window at the end of the last interval, mean over streams and tests.",
                TcpMetrics::congestionBytes);
        tcp(
                "pitot_tcp_send_window_bytes",
                "Window advertised by the receiver at the end of the last interval, mean over streams and tests.",
                TcpMetrics::peerBytes);
        tcp(
                "pitot_tcp_path_mtu_bytes",
                "Path MTU at the end of the last interval, mean over streams and tests.",
                TcpMetrics::pathMtuBytes);
    }

    private void registerKernel(KernelMetric metric) {
        register(
                OutcomeCounters.kernelName(metric),
                metric.help() + " At the end of the last interval, mean over tests.",
                (direction, tests) -> tests.stream()
                        .map(test -> metric.of(direction, test))
                        .flatMapToDouble(OptionalDouble::stream)
                        .average());
    }

    private void registerCount() {
        GaugeWithCallback.builder()
                .name("pitot_tests_running")
                .help("Running tests, from agreement on parameters to their end.")
                .labelNames("role")
                .constLabels(registry.labels())
                .callback(gauge -> {
                    for (TestRole role : TestRole.values()) {
                        gauge.call(running.count(role), LabelValues.of(role));
                    }
                })
                .register(registry.registry());
    }

    private void tcp(String name, String help, Function<TcpMetrics, @Nullable Double> figure) {
        mean(name, help, metrics -> {
            TcpMetrics tcp = metrics.tcp();
            return tcp == null ? null : figure.apply(tcp);
        });
    }

    private static @Nullable Double jitter(IntervalMetrics metrics) {
        Datagrams datagrams = metrics.datagrams();
        if (datagrams == null || datagrams.reception() == null) {
            return null;
        }
        return datagrams.reception().jitterSeconds();
    }

    private void sum(String name, String help, ToDoubleFunction<IntervalMetrics> figure) {
        register(
                name,
                help,
                (_, tests) ->
                        OptionalDouble.of(tests.stream().mapToDouble(figure).sum()));
    }

    private void mean(String name, String help, Function<IntervalMetrics, @Nullable Double> figure) {
        register(name, help, (_, tests) -> known(tests, figure).average());
    }

    private static DoubleStream known(List<IntervalMetrics> tests, Function<IntervalMetrics, @Nullable Double> figure) {
        return tests.stream().map(figure).filter(Objects::nonNull).mapToDouble(Double::doubleValue);
    }

    private void register(
            String name, String help, BiFunction<StreamRole, List<IntervalMetrics>, OptionalDouble> together) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("role", "direction", "protocol")
                .constLabels(registry.labels())
                .callback(gauge -> running.latest()
                        .forEach((context, tests) -> together.apply(context.direction(), tests)
                                .ifPresent(value -> gauge.call(value, LabelValues.of(context)))))
                .register(registry.registry());
    }
}
