package dev.pitot.metrics.otel;

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
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtelMetricsTest {
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final OtelMetrics metrics = new OtelMetrics(provider.get("pitot"));

    @AfterEach
    void close() {
        provider.close();
    }

    /// Returns counters and the sums of histograms, as `name unit attributes`.
    private Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            String start = metric.getName() + " " + metric.getUnit() + " ";
            metric.getLongSumData()
                    .getPoints()
                    .forEach(point -> values.put(start + words(point.getAttributes()), (double) point.getValue()));
            metric.getDoubleSumData()
                    .getPoints()
                    .forEach(point -> values.put(start + words(point.getAttributes()), point.getValue()));
            metric.getHistogramData()
                    .getPoints()
                    .forEach(point -> values.put(start + words(point.getAttributes()), point.getSum()));
        }
        return values;
    }

    private static String words(Attributes attributes) {
        Map<String, Object> sorted = new TreeMap<>();
        attributes.forEach((AttributeKey<?> key, Object value) -> sorted.put(key.getKey(), value));
        return sorted.toString();
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

        String labels = "{network.io.direction=transmit, network.transport=tcp, pitot.role=client}";
        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.transferred By " + labels, 1_000.0),
                        Map.entry("pitot.throughput By/s " + labels, 1_000.0),
                        Map.entry("pitot.tcp.retransmitted_segments {segment} " + labels, 3.0),
                        Map.entry("pitot.tcp.rtt s " + labels, 0.0015),
                        Map.entry("pitot.tests.running {test} {pitot.role=client}", 1.0));
    }

    @Test
    void theKernelsValuesAreRecorded() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        TestListener listener = metrics.forTest();
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.sampled(1_000, null, kernel(250_000, 1)));
        listener.onEvent(test.sampled(1_000, null, kernel(750_000, 3)));

        String labels = "{network.io.direction=transmit, network.transport=tcp, pitot.role=client}";
        assertThat(values())
                .containsEntry("pitot.tcp.busy s " + labels, 0.75)
                .containsEntry("pitot.tcp.timeouts {event} " + labels, 3.0)
                .containsEntry("pitot.tcp.min_rtt s " + labels, 0.0001)
                .hasSize(6);
    }

    private static KernelValues<TcpField> kernel(long busyMicros, long timeouts) {
        return KernelValues.of(
                TcpField.class,
                Map.of(TcpField.BUSY_TIME, busyMicros, TcpField.TOTAL_RTO, timeouts, TcpField.MIN_RTT, 50L));
    }

    @Test
    void aUdpReceiverOfAServerIsRecorded() {
        var test = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);
        TestListener listener = metrics.forServer().onTest(1);
        var arrived = new Datagrams(10, new Datagrams.Reception(4L, 2, 1, 0.25));
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.moved(600, arrived));
        test.closing(new Ending.Completed(), null, null).forEach(listener::onEvent);

        String labels = "{network.io.direction=receive, network.transport=udp, pitot.%srole=server}";
        String datagrams = "pitot.udp.datagrams {datagram} " + labels;
        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.transferred By " + labels.formatted(""), 600.0),
                        Map.entry("pitot.throughput By/s " + labels.formatted(""), 600.0),
                        Map.entry(datagrams.formatted("result=received, pitot."), 6.0),
                        Map.entry(datagrams.formatted("result=lost, pitot."), 4.0),
                        Map.entry(datagrams.formatted("result=reordered, pitot."), 2.0),
                        Map.entry(datagrams.formatted("result=duplicate, pitot."), 1.0),
                        Map.entry("pitot.udp.jitter s " + labels.formatted(""), 0.25),
                        Map.entry("pitot.tests.running {test} {pitot.role=server}", 0.0),
                        Map.entry(
                                "pitot.tests {test} {network.transport=udp, pitot.outcome=completed, pitot.role=server}",
                                1.0));
    }

    @Test
    void aTestsEndCountsWhatItsReportHasMore() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        test.whole(1_000).forEach(metrics.forTest()::onEvent); // its only interval has 500

        String labels = "{network.io.direction=transmit, network.transport=tcp, pitot.role=client}";
        assertThat(values()).containsEntry("pitot.transferred By " + labels, 1_000.0);
    }

    @Test
    void whatTheServerTurnsAwayIsRefused() {
        var ending = new Ending.Failed(IperfError.AUTHORIZATION, "", true);
        metrics.forTest().onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(values()).containsOnlyKeys("pitot.tests {test} {pitot.outcome=refused, pitot.role=client}");
    }

    @Test
    void whatBecameNoTestIsCounted() {
        metrics.forServer().onServerEvent(new ServerEvent.ConnectionDropped("a stranger"));
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        metrics.forTest().onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(values())
                .containsOnly(
                        Map.entry("pitot.connections.dropped {connection} {}", 1.0),
                        Map.entry("pitot.tests {test} {pitot.outcome=failed, pitot.role=client}", 1.0));
    }
}
