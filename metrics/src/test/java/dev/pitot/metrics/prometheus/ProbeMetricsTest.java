package dev.pitot.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.TestEventFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeMetricsTest {
    private static final Duration LASTED = Duration.ofMillis(2_250);

    private final ProbeMetrics metrics = new ProbeMetrics();

    private List<String> samples(boolean inTime) {
        return metrics.page(inTime, LASTED, null)
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void showsWhatATcpTestMeasured() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        test.opening().forEach(metrics::onEvent);
        test.closing(
                        new Ending.Completed(),
                        new Total(2_000, 2 * TestEventFixture.INTERVAL_NANOS, 7L),
                        new Total(1_900, 2 * TestEventFixture.INTERVAL_NANOS, null))
                .forEach(metrics::onEvent);

        String labels = "{direction=\"transmit\",protocol=\"tcp\"} ";
        assertThat(samples(true))
                .containsExactlyInAnyOrder(
                        "pitot_probe_success 1.0",
                        "pitot_probe_duration_seconds 2.25",
                        "pitot_probe_outcome{outcome=\"completed\"} 1.0",
                        "pitot_probe_test_duration_seconds{protocol=\"tcp\"} 2.0",
                        "pitot_probe_throughput_bytes_per_second" + labels + "950.0",
                        "pitot_probe_transferred_bytes" + labels + "1900.0",
                        "pitot_probe_tcp_retransmitted_segments" + labels + "7.0",
                        "pitot_probe_tcp_rtt_seconds" + labels + "0.002");
    }

    @Test
    void showsWhatBecameOfDatagrams() {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.UDP);
        test.closing(
                        new Ending.Completed(),
                        new Total(1_000, TestEventFixture.INTERVAL_NANOS, null, new Datagrams(10, null)),
                        new Total(600, TestEventFixture.INTERVAL_NANOS, null, Played.arrived(10, 4L)))
                .forEach(metrics::onEvent);

        String labels = "direction=\"transmit\",protocol=\"udp\"";
        assertThat(samples(true))
                .contains(
                        "pitot_probe_udp_datagrams{" + labels + ",result=\"sent\"} 10.0",
                        "pitot_probe_udp_datagrams{" + labels + ",result=\"received\"} 6.0",
                        "pitot_probe_udp_datagrams{" + labels + ",result=\"lost\"} 4.0",
                        "pitot_probe_udp_lost_ratio{" + labels + "} 0.4",
                        "pitot_probe_udp_jitter_seconds{" + labels + "} 1.25E-4");
    }

    @Test
    void anErrorIsNamed() {
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        metrics.onOutcome(new Outcome(TestReport.EMPTY, ending));

        assertThat(samples(true))
                .containsExactlyInAnyOrder(
                        "pitot_probe_success 0.0",
                        "pitot_probe_duration_seconds 2.25",
                        "pitot_probe_outcome{outcome=\"failed\"} 1.0",
                        "pitot_probe_error{error=\"connect\"} 1.0");
    }

    @Test
    void aTestThatCompletesAfterTheDeadlineIsNoSuccess() {
        metrics.onOutcome(new Outcome(TestReport.EMPTY, new Ending.Completed()));

        assertThat(samples(false))
                .contains("pitot_probe_success 0.0", "pitot_probe_outcome{outcome=\"cancelled\"} 1.0");
    }
}
