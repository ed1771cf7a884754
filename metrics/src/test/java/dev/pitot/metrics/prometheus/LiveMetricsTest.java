package dev.pitot.metrics.prometheus;

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
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.TestEventFixture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveMetricsTest {
    private static final String SENDING = "{direction=\"transmit\",protocol=\"tcp\",role=\"client\"} ";
    private static final String ARRIVING = "{direction=\"receive\",protocol=\"udp\",role=\"server\"} ";

    private final LiveMetrics metrics =
            new LiveMetrics("1.2.3", InstantSource.fixed(Instant.ofEpochMilli(1_777_000_000_500L)));
    private final TestListener client = metrics.forTest();
    private final TestEventFixture test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);

    private List<String> lines() {
        return metrics.text().lines().toList();
    }

    private List<String> linesOf(String name) {
        return lines().stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .toList();
    }

    private void play(TestListener listener, List<TestEvent> events) {
        events.forEach(listener::onEvent);
    }

    @Test
    void countsWhatATestSends() {
        play(client, test.opening());
        client.onEvent(test.sent(1_000, Played.TCP));
        client.onEvent(test.sent(500, Played.tcp(1, 2_500)));

        assertThat(lines())
                .contains(
                        "pitot_transferred_bytes_total" + SENDING + "1500.0",
                        "pitot_tcp_retransmitted_segments_total" + SENDING + "4.0",
                        "pitot_tcp_reordering_events_total" + SENDING + "2.0",
                        "pitot_throughput_bytes_per_second" + SENDING + "500.0",
                        "pitot_tcp_rtt_seconds" + SENDING + "0.0025",
                        "pitot_tcp_rttvar_seconds" + SENDING + "2.5E-4",
                        "pitot_tcp_congestion_window_bytes" + SENDING + "14480.0",
                        "pitot_tcp_send_window_bytes" + SENDING + "65536.0",
                        "pitot_tcp_path_mtu_bytes" + SENDING + "1500.0",
                        "pitot_tests_running{role=\"client\"} 1.0",
                        "pitot_tests_running{role=\"server\"} 0.0");
    }

    private static KernelValues<TcpField> kernel(long bytesSent, long busyMicros) {
        return KernelValues.of(
                TcpField.class,
                Map.of(
                        TcpField.BYTES_SENT, bytesSent,
                        TcpField.BUSY_TIME, busyMicros,
                        TcpField.MIN_RTT, 55L,
                        TcpField.RCV_OOOPACK, 4L,
                        TcpField.RCV_RTT, 900L));
    }

    @Test
    void whatTheKernelOfASenderKnowsIsThere() {
        play(client, test.opening());
        client.onEvent(test.sampled(1_000, Played.TCP, kernel(1_200, 500_000)));
        client.onEvent(test.sampled(1_000, Played.TCP, kernel(3_000, 1_250_000)));

        assertThat(lines())
                .contains(
                        "pitot_tcp_sent_bytes_total" + SENDING + "3000.0",
                        "pitot_tcp_busy_seconds_total" + SENDING + "1.25",
                        "pitot_tcp_min_rtt_seconds" + SENDING + "5.5E-5",
                        "# HELP pitot_tcp_busy_seconds_total Time with data queued or unacknowledged"
                                + " (tcpi_busy_time). Without warm-up.")
                .noneMatch(line -> line.startsWith("pitot_tcp_out_of_order"))
                .noneMatch(line -> line.startsWith("pitot_tcp_receive_rtt"))
                .noneMatch(line -> line.startsWith("pitot_tcp_timeouts"));
    }

    @Test
    void whatTheKernelOfAReceiverKnowsIsThere() {
        var receiving = new TestEventFixture(TestRole.CLIENT, StreamRole.RECEIVER, Protocol.TCP);
        play(client, receiving.opening());
        client.onEvent(receiving.sampled(1_000, null, kernel(1_200, 500_000)));

        String labels = SENDING.replace("transmit", "receive");
        assertThat(lines())
                .contains(
                        "pitot_tcp_out_of_order_segments_total" + labels + "4.0",
                        "pitot_tcp_receive_rtt_seconds" + labels + "9.0E-4")
                .noneMatch(line -> line.startsWith("pitot_tcp_sent_bytes"))
                .noneMatch(line -> line.startsWith("pitot_tcp_min_rtt"));
    }

    @Test
    void statesAreGoneWhenTheTestHasEnded() {
        play(client, test.whole(1_000));

        assertThat(linesOf("pitot_throughput_bytes_per_second")).isEmpty();
        assertThat(linesOf("pitot_tests_running"))
                .containsExactly(
                        "pitot_tests_running{role=\"client\"} 0.0", "pitot_tests_running{role=\"server\"} 0.0");
        assertThat(lines())
                .contains(
                        "pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"client\"} 1.0",
                        "pitot_test_last_success_timestamp_seconds{role=\"client\"} 1.7770000005E9",
                        "pitot_last_test_throughput_bytes_per_second" + SENDING + "500.0",
                        "pitot_last_test_duration_seconds{protocol=\"tcp\",role=\"client\"} 2.0");
    }

    @Test
    void aTestsEndCountsWhatItsReportHasMore() {
        play(client, test.whole(1_000)); // its only interval has 500

        assertThat(linesOf("pitot_transferred_bytes_total"))
                .containsExactly("pitot_transferred_bytes_total" + SENDING + "1000.0");
    }

    @Test
    void aReportWithLessThanItsIntervalsDecreasesNothing() {
        play(client, test.opening());
        client.onEvent(test.moved(1_000, null));
        play(client, test.closing(new Ending.PeerGone(), new Total(900, 1, null), null));

        assertThat(linesOf("pitot_transferred_bytes_total"))
                .containsExactly("pitot_transferred_bytes_total" + SENDING + "1000.0");
    }

    @Test
    void warmUpIsShownButNotCounted() {
        play(client, test.opening());
        client.onEvent(test.warmUp(800));

        assertThat(linesOf("pitot_transferred_bytes_total")).isEmpty();
        assertThat(lines()).contains("pitot_throughput_bytes_per_second" + SENDING + "800.0");
    }

    @Test
    void testsOfTheSameLabelsAreAddedOrAveraged() {
        var other = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        TestListener second = metrics.forTest();
        play(client, test.opening());
        play(second, other.opening());
        client.onEvent(test.sent(1_000, Played.tcp(0, 1_000)));
        second.onEvent(other.sent(3_000, Played.tcp(0, 2_000)));

        assertThat(lines())
                .contains(
                        "pitot_throughput_bytes_per_second" + SENDING + "4000.0",
                        "pitot_tcp_rtt_seconds" + SENDING + "0.0015",
                        "pitot_tests_running{role=\"client\"} 2.0");

        play(second, other.closing(new Ending.Completed(), null, null));

        assertThat(lines()).contains("pitot_throughput_bytes_per_second" + SENDING + "1000.0");
    }

    @Test
    void aReceiverKnowsWhatBecameOfDatagrams() {
        var receiving = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);
        TestListener listener = metrics.forServer().onTest(1);
        play(listener, receiving.opening());
        listener.onEvent(receiving.moved(600, Played.arrived(10, 4L)));

        assertThat(linesOf("pitot_udp_datagrams_total"))
                .containsExactlyInAnyOrder(
                        datagrams("received", 6),
                        datagrams("lost", 4),
                        datagrams("reordered", 2),
                        datagrams("duplicate", 1));
        assertThat(linesOf("pitot_udp_jitter_seconds"))
                .containsExactly("pitot_udp_jitter_seconds" + ARRIVING + "1.25E-4");

        var sent = new Total(1_000, TestEventFixture.INTERVAL_NANOS, null, new Datagrams(12, null));
        var arrived = new Total(600, TestEventFixture.INTERVAL_NANOS, null, Played.arrived(12, 6L));
        play(listener, receiving.closing(new Ending.Completed(), sent, arrived));

        assertThat(lines())
                .contains(
                        datagrams("received", 6),
                        datagrams("lost", 6),
                        "pitot_last_test_lost_ratio" + ARRIVING + "0.5");
    }

    private static String datagrams(String result, int count) {
        return "pitot_udp_datagrams_total{direction=\"receive\",protocol=\"udp\",result=\"" + result
                + "\",role=\"server\"} " + count + ".0";
    }

    @Test
    void aSenderKnowsOnlyWhatItSentAndUnknownLossIsAbsent() {
        var sending = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.UDP);
        play(client, sending.opening());
        client.onEvent(sending.moved(1_000, new Datagrams(10, null)));
        var receiving = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);
        TestListener server = metrics.forServer().onTest(1);
        play(server, receiving.opening());
        server.onEvent(receiving.moved(600, Played.arrived(10, null)));

        assertThat(linesOf("pitot_udp_datagrams_total"))
                .containsExactlyInAnyOrder(
                        "pitot_udp_datagrams_total{direction=\"transmit\",protocol=\"udp\",result=\"sent\",role=\"client\"} 10.0",
                        datagrams("reordered", 2),
                        datagrams("duplicate", 1));
    }

    @Test
    void aTestThatNeverAgreedIsCountedWithItsError() {
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        client.onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(linesOf("pitot_tests_total"))
                .filteredOn(line -> !line.endsWith(" 0.0"))
                .containsExactly("pitot_tests_total{outcome=\"failed\",protocol=\"unknown\",role=\"client\"} 1.0");
        assertThat(linesOf("pitot_errors_total"))
                .containsExactly("pitot_errors_total{error=\"connect\",role=\"client\"} 1.0");
        assertThat(linesOf("pitot_test_last_success_timestamp_seconds")).isEmpty();
    }

    @Test
    void outcomesAreCountedFromZero() {
        List<String> before = linesOf("pitot_tests_total");
        play(client, test.whole(1_000));
        play(metrics.forTest(), test.closing(new Ending.PeerGone(), null, null));

        assertThat(before)
                .hasSize(68) // 2 roles, 4 protocols with 7 outcomes, and 6 outcomes of tests without agreement
                .allMatch(line -> line.endsWith(" 0.0"))
                .contains(
                        "pitot_tests_total{outcome=\"failed\",protocol=\"unknown\",role=\"client\"} 0.0",
                        "pitot_tests_total{outcome=\"peer_gone\",protocol=\"udp\",role=\"server\"} 0.0");
        assertThat(linesOf("pitot_tests_total")).hasSize(68);
    }

    @Test
    void countsConnectionsThatBecameNoTest() {
        var server = metrics.forServer();
        server.onServerEvent(new ServerEvent.Listening(5201, 1));
        server.onServerEvent(new ServerEvent.ConnectionDropped("who are you"));

        assertThat(linesOf("pitot_connections_dropped_total")).containsExactly("pitot_connections_dropped_total 1.0");
    }

    @Test
    void tellsVersionsAndKeepsToItself() {
        assertThat(linesOf("pitot_build_info"))
                .containsExactly("pitot_build_info{java=\"" + Runtime.version() + "\",version=\"1.2.3\"} 1");
        assertThat(new LiveMetrics("1", InstantSource.system()).text()).doesNotContain("1.2.3");
    }

    @Test
    void writesTheFormatThatIsAskedFor() {
        Page open = metrics.page("application/openmetrics-text; version=1.0.0");

        assertThat(open.contentType()).startsWith("application/openmetrics-text");
        assertThat(open.text()).endsWith("# EOF\n").contains("# TYPE pitot_connections_dropped counter");
        assertThat(metrics.page(null)).isEqualTo(new Page("text/plain; version=0.0.4; charset=utf-8", metrics.text()));
    }

    @Test
    void oneWithoutArgumentsHasEverythingButTheProgramsVersion() {
        var bare = new LiveMetrics();
        TestListener listener = bare.forTest();

        play(listener, test.opening());
        listener.onEvent(test.sent(1_000, Played.TCP));

        assertThat(bare.text())
                .contains("pitot_transferred_bytes_total" + SENDING + "1000.0")
                .doesNotContain("pitot_build_info");
        assertThat(metrics.text()).contains("pitot_build_info");
    }
}
