package dev.pitot.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.TestEventFixture;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry);

    /// Returns counters, gauges, and the sums of summaries and timers, as `name unit tags`, without
    /// zeros.
    private Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            Map<String, String> tags = new TreeMap<>();
            id.getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
            meter.measure().forEach(measurement -> {
                boolean isWanted = measurement.getStatistic() != Statistic.MAX
                        && (id.getType() == Meter.Type.COUNTER || measurement.getStatistic() != Statistic.COUNT);
                if (isWanted && measurement.getValue() != 0) {
                    values.put(id.getName() + " " + id.getBaseUnit() + " " + tags, measurement.getValue());
                }
            });
        }
        return values;
    }

    @Test
    void aTcpSenderIsRecorded() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        TestListener listener = metrics.forTest();
        var tcp = new TcpSample(
                3, new TcpSample.SendWindow(14_480, 65_536), new TcpSample.RoundTrip(1_500, 250), 1_500, 0);
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.warmUp(700));
        listener.onEvent(test.sent(1_000, tcp));

        String tags = "{direction=transmit, protocol=tcp, role=client}";
        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.transferred bytes " + tags, 1_000.0),
                        Map.entry("pitot.throughput bytes_per_second " + tags, 1_000.0),
                        Map.entry("pitot.tcp.retransmitted.segments segments " + tags, 3.0),
                        Map.entry("pitot.tcp.rtt seconds " + tags, 0.0015),
                        Map.entry("pitot.tests.running null {role=client}", 1.0));
    }

    @Test
    void theKernelsValuesAreRecorded() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        TestListener listener = metrics.forTest();
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.sampled(1_000, null, kernel(250_000, 1)));
        listener.onEvent(test.sampled(1_000, null, kernel(750_000, 3)));

        String tags = "{direction=transmit, protocol=tcp, role=client}";
        assertThat(values())
                .containsEntry("pitot.tcp.busy seconds " + tags, 0.75)
                .containsEntry("pitot.tcp.timeouts timeouts " + tags, 3.0)
                .containsEntry("pitot.tcp.min.rtt seconds " + tags, 0.0001)
                .containsEntry("pitot.tcp.unsent bytes " + tags, 20.0);
    }

    private static KernelValues<TcpField> kernel(long busyMicros, long timeouts) {
        return KernelValues.of(
                TcpField.class,
                Map.of(
                        TcpField.BUSY_TIME,
                        busyMicros,
                        TcpField.TOTAL_RTO,
                        timeouts,
                        TcpField.MIN_RTT,
                        50L,
                        TcpField.NOTSENT_BYTES,
                        10L));
    }

    @Test
    void aUdpReceiverOfAServerIsRecorded() {
        var test = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);
        TestListener listener = metrics.forServer().onTest(1);
        var arrived = new Datagrams(10, new Datagrams.Reception(4L, 2, 1, 0.25));
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.moved(600, arrived));
        test.closing(new Ending.Completed(), null, null).forEach(listener::onEvent);

        String tags = "{direction=receive, protocol=udp, %srole=server}";
        String datagrams = "pitot.udp.datagrams datagrams " + tags;
        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.transferred bytes " + tags.formatted(""), 600.0),
                        Map.entry("pitot.throughput bytes_per_second " + tags.formatted(""), 600.0),
                        Map.entry(datagrams.formatted("result=received, "), 6.0),
                        Map.entry(datagrams.formatted("result=lost, "), 4.0),
                        Map.entry(datagrams.formatted("result=reordered, "), 2.0),
                        Map.entry(datagrams.formatted("result=duplicate, "), 1.0),
                        Map.entry("pitot.udp.jitter seconds " + tags.formatted(""), 0.25),
                        Map.entry("pitot.tests tests {outcome=completed, protocol=udp, role=server}", 1.0));
    }

    @Test
    void aTestsEndCountsWhatItsReportHasMore() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        test.whole(1_000).forEach(metrics.forTest()::onEvent); // its only interval has 500

        assertThat(values())
                .containsEntry("pitot.transferred bytes {direction=transmit, protocol=tcp, role=client}", 1_000.0);
    }

    @Test
    void whatTheServerTurnsAwayIsRefused() {
        var ending = new Ending.Failed(IperfError.AUTHORIZATION, "", true);
        metrics.forTest().onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(values())
                .containsOnlyKeys(
                        "pitot.errors errors {error=authorization, role=client}",
                        "pitot.tests tests {outcome=refused, protocol=unknown, role=client}");
    }

    @Test
    void whatBecameNoTestIsCounted() {
        metrics.forServer().onServerEvent(new ServerEvent.ConnectionDropped("a stranger"));
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        metrics.forTest().onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.connections.dropped null {}", 1.0),
                        Map.entry("pitot.errors errors {error=connect, role=client}", 1.0),
                        Map.entry("pitot.tests tests {outcome=failed, protocol=unknown, role=client}", 1.0));
    }

    @Test
    void outcomesAreCountedFromZero() {
        assertThat(registry.find("pitot.tests").counters())
                .hasSize(68) // 2 roles, 4 protocols with 7 outcomes, and 6 outcomes of tests without agreement
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void prometheusSeesTheNamesOfPitotsOwnPage() throws Exception {
        var sending = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        var tcp = new TcpSample(
                3, new TcpSample.SendWindow(14_480, 65_536), new TcpSample.RoundTrip(1_500, 250), 1_500, 2);
        TestListener client = metrics.forTest();
        sending.opening().forEach(client::onEvent);
        client.onEvent(sending.sampled(1_000, tcp, everyField()));
        var error = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        sending.closing(error, null, null).forEach(client::onEvent);
        var receiving = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);
        TestListener server = metrics.forServer().onTest(1);
        receiving.opening().forEach(server::onEvent);
        server.onEvent(receiving.moved(600, new Datagrams(10, new Datagrams.Reception(4L, 2, 1, 0.25))));
        var kernel = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.TCP);
        TestListener other = metrics.forServer().onTest(2);
        kernel.opening().forEach(other::onEvent);
        other.onEvent(kernel.sampled(1_000, null, everyField()));
        String documented = Files.readString(documents().resolve("metrics.md"));

        Set<String> names = new TreeSet<>();
        registry.getMeters().forEach(meter -> names.add(prometheusName(meter.getId())));

        assertThat(names).hasSize(11 + 15).allMatch(name -> documented.contains("| `" + name + "` |"));
    }

    private static KernelValues<TcpField> everyField() {
        KernelValues.Builder<TcpField> all = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            all.put(field, 1);
        }
        return all.build();
    }

    private static Path documents() {
        Path told = Path.of(System.getProperty("pitot.root", "..")).resolve("docs");
        return Files.isDirectory(told) ? told : Path.of("../docs");
    }

    /// Returns a name as converted by `PrometheusNamingConvention` of
    /// micrometer-registry-prometheus 1.17.
    private static String prometheusName(Meter.Id id) {
        String unit = id.getBaseUnit();
        String name = NamingConvention.snakeCase.name(id.getName(), id.getType(), unit);
        String withUnit = unit == null || name.endsWith("_" + unit) ? name : name + "_" + unit;
        return id.getType() == Meter.Type.COUNTER ? withUnit + "_total" : withUnit;
    }
}
