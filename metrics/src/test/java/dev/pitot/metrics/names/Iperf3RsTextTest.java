package dev.pitot.metrics.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.MetricPrefix;
import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.Played;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.record.RecordBuilder;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Iperf3RsTextTest {
    private static List<MetricsRecord> records(SnapshotFormat format, List<TestEvent> events) {
        var builder = new RecordBuilder(format.window(), format.directions());
        List<MetricsRecord> records = new ArrayList<>();
        events.forEach(event -> records.addAll(builder.on(event)));
        return records;
    }

    /// Returns lines of names and numbers, each of which must follow its TYPE line.
    private static List<String> samples(String text) {
        List<String> lines = text.lines().toList();
        List<String> samples = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String sample = lines.get(i + 1);
            String name = sample.replaceFirst("[{ ].*", "");
            assertThat(lines.get(i)).isEqualTo("# TYPE " + name + " gauge");
            samples.add(sample);
        }
        assertThat(text).endsWith("\n");
        return samples;
    }

    @Test
    void anIntervalOfASenderHasEveryFamilyOfTcp() {
        var names = new Iperf3RsText();

        List<MetricsRecord> records = records(names.format(), Played.tcp(1));

        assertThat(records).hasSize(1);
        assertThat(samples(names.text(records.getFirst())))
                .containsExactly(
                        "iperf3_transferred_bytes 1000",
                        "iperf3_bandwidth_bits_per_second 8000",
                        "iperf3_stream_count 1",
                        "iperf3_tcp_retransmits 2",
                        "iperf3_tcp_rtt_seconds 0.000213",
                        "iperf3_tcp_rttvar_seconds 0.000051",
                        "iperf3_tcp_snd_cwnd_bytes 65536",
                        "iperf3_tcp_pmtu_bytes 1500",
                        "iperf3_tcp_reorder_events 3",
                        "iperf3_omitted_intervals 0");
    }

    @Test
    void prefixAndLabelsAreOnEveryLine() {
        LabelSet labels = LabelSet.NONE.with("site", "ci").with("case", "a\"b");
        var names = new Iperf3RsText(new MetricPrefix("nettest"), labels);

        String text = names.text(
                records(names.format(), Played.udp(StreamRole.RECEIVER)).getFirst());

        String on = "{site=\"ci\",case=\"a\\\"b\"} ";
        assertThat(samples(text))
                .containsExactly(
                        "nettest_transferred_bytes" + on + "1000",
                        "nettest_bandwidth_bits_per_second" + on + "8000",
                        "nettest_stream_count" + on + "1",
                        "nettest_udp_packets" + on + "10",
                        "nettest_udp_lost_packets" + on + "1",
                        "nettest_udp_jitter_seconds" + on + "0.000004",
                        "nettest_udp_out_of_order_packets" + on + "2",
                        "nettest_omitted_intervals" + on + "0");
    }

    @Test
    void aSenderOfDatagramsTellsNoLoss() {
        var names = new Iperf3RsText();

        String text = names.text(
                records(names.format(), Played.udp(StreamRole.SENDER)).getFirst());

        assertThat(text).contains("iperf3_udp_packets 10\n").doesNotContain("lost", "jitter", "out_of_order");
    }

    @Test
    void aWindowHasMeansAndExtremesAndLeavesWarmUpOut() {
        var names = new Iperf3RsText();
        List<TestEvent> events = new ArrayList<>(Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
        events.add(Played.tcpInterval(0, true));
        events.add(Played.tcpInterval(0, false));
        events.add(Played.tcpInterval(1, false));
        events.addAll(Played.closing(new Ending.Completed()));

        List<MetricsRecord> records = records(names.format().withWindow(Duration.ofSeconds(10)), events);

        assertThat(records).hasSize(1);
        assertThat(samples(names.text(records.getFirst())))
                .containsExactly(
                        "iperf3_window_duration_seconds 2",
                        "iperf3_window_transferred_bytes 4000",
                        "iperf3_window_stream_count 1",
                        "iperf3_window_bandwidth_mean_bits_per_second 16000",
                        "iperf3_window_bandwidth_min_bits_per_second 8000",
                        "iperf3_window_bandwidth_max_bits_per_second 24000",
                        "iperf3_window_tcp_rtt_mean_seconds 0.000213",
                        "iperf3_window_tcp_rtt_min_seconds 0.000213",
                        "iperf3_window_tcp_rtt_max_seconds 0.000213",
                        "iperf3_window_tcp_rttvar_mean_seconds 0.000051",
                        "iperf3_window_tcp_rttvar_min_seconds 0.000051",
                        "iperf3_window_tcp_rttvar_max_seconds 0.000051",
                        "iperf3_window_tcp_snd_cwnd_mean_bytes 65536",
                        "iperf3_window_tcp_snd_cwnd_min_bytes 65536",
                        "iperf3_window_tcp_snd_cwnd_max_bytes 65536",
                        "iperf3_window_tcp_pmtu_mean_bytes 1500",
                        "iperf3_window_tcp_pmtu_min_bytes 1500",
                        "iperf3_window_tcp_pmtu_max_bytes 1500",
                        "iperf3_window_tcp_retransmits 4",
                        "iperf3_window_tcp_reorder_events 3",
                        "iperf3_window_omitted_intervals 1");
    }

    @Test
    void ofABidirectionalTestTheClientsSendingIsShown() {
        var names = new Iperf3RsText();

        List<MetricsRecord> records = records(names.format(), Played.bidirectional());

        assertThat(records).extracting(record -> record.context().direction()).containsExactly(StreamRole.SENDER);
    }

    @Test
    void emptyLabelsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Iperf3RsText(MetricPrefix.IPERF3, LabelSet.NONE.with("a", "")));
    }
}
