package dev.pitot.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.Evidence.ThreadTimes;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.TcpField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule on both sides of its threshold, and without its values.
class FindingsTest {
    private static final long NANOS = EvidenceBuilder.NANOS;
    private static final long SECOND_MICROS = 1_000_000;

    @Test
    void aTestWithoutFaultsHasNoFinding() {
        assertThat(new EvidenceBuilder().findings().found()).isEmpty();
        assertThat(new EvidenceBuilder().udp(1000, 0, 0L).findings().found()).isEmpty();
    }

    @Test
    void everyRuleHasItsOwnName() {
        assertThat(new HashSet<>(Rule.ALL.stream().map(Rule::id).toList())).hasSameSizeAs(Rule.ALL);
    }

    @Test
    void everyRuleIsDocumentedInItsOrder() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/findings.md")).stream()
                .filter(line -> line.matches("\\| `[a-z_]+` \\|.*(strong|hint).*"))
                .map(line -> line.split("`", -1)[1])
                .toList();

        assertThat(documented).isEqualTo(Rule.ALL.stream().map(Rule::id).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aFaultAboveTheThresholdIsFound(String id, UnaryOperator<EvidenceBuilder> fault) {
        Findings findings = fault.apply(new EvidenceBuilder()).findings();

        assertThat(findings.found()).extracting(Finding::id).contains(id);
        Finding finding = findings.found().stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(finding.sentence()).endsWith(".").doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(finding.evidence()).isNotEmpty();
        assertThat(finding.nextStep()).isNotBlank();
        // Scripts take the summary's lines by these two words (grep receiver).
        assertThat(finding.sentence() + finding.nextStep()).doesNotContain("sender", "receiver");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aValueBelowTheThresholdIsNoFinding(String id, UnaryOperator<EvidenceBuilder> harmless) {
        assertThat(harmless.apply(new EvidenceBuilder()).ids()).doesNotContain(id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aMissingValueIsReportedAndNotGuessed(String id, UnaryOperator<EvidenceBuilder> missing) {
        Findings findings = missing.apply(new EvidenceBuilder()).findings();

        assertThat(findings.found()).extracting(Finding::id).doesNotContain(id);
        assertThat(findings.notTestable()).extracting(Findings.NotTestable::id).contains(id);
    }

    private static Arguments of(String id, UnaryOperator<EvidenceBuilder> change) {
        return Arguments.of(id, change);
    }

    private static EvidenceBuilder slow(EvidenceBuilder test) {
        return test.unlimited();
    }

    static Stream<Arguments> aFaultAboveTheThresholdIsFound() {
        return Stream.concat(faultsOfTcp(), otherFaults());
    }

    private static Stream<Arguments> faultsOfTcp() {
        return Stream.of(
                of("sender_cpu", test -> slow(test).senderThread(new ThreadTimes(NANOS / 2, NANOS * 46 / 100, NANOS))),
                of("receiver_cpu", test -> slow(test).receiverThread(new ThreadTimes(NANOS * 96 / 100, 0, NANOS))),
                of(
                        "mtu_black_hole",
                        test -> test.tcp(TcpField.BYTES_ACKED, 0)
                                .tcp(TcpField.TOTAL_RTO, 3)
                                .tcp(TcpField.TOTAL_RETRANS, 3)),
                of("receiver_window", test -> test.tcp(TcpField.RWND_LIMITED, 21 * SECOND_MICROS / 10)),
                of("receiver_window", test -> closed(test).tcp(TcpField.SND_WND, 37_000)), // over 1 ms
                of(
                        "receiver_cpu",
                        test -> closed(test).tcp(TcpField.SND_WND, 38_000).receiverThread(null)),
                of(
                        "window_too_small",
                        test -> test.tcp(TcpField.SND_WND, 10_000).bytes(EvidenceBuilder.BYTES / 2)),
                of("sender_buffer", test -> test.tcp(TcpField.SNDBUF_LIMITED, 21 * SECOND_MICROS / 10)),
                of("sender_buffer", test -> test.unlimited().drained(0.51)), // the kernel does not count it
                of("receive_memory", test -> test.receiverHost(HostCounter.TCP_RECEIVE_PRUNED, 1)),
                of(
                        "policer",
                        test -> slow(test)
                                .losses(new LossTiming(200, 20, 1, new LossTiming.TokenBucket(2e7, 0.95, 0.9)))),
                of("own_queue", test -> test.localQueueMicros(11_000.0)),
                of("bufferbloat", test -> test.loadedMicros(31_100)),
                of(
                        "congestion_loss",
                        test -> test.tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .losses(new LossTiming(200, 10, 9, null))),
                of(
                        "random_loss",
                        test -> test.tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .losses(new LossTiming(200, 10, 1, null))),
                of(
                        "reordering",
                        test -> test.tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .tcp(TcpField.TOTAL_RETRANS, 100)
                                .tcp(TcpField.DSACK_DUPS, 51)
                                .tcp(TcpField.REORD_SEEN, 1)),
                of("stalls", test -> test.tcp(TcpField.TOTAL_RTO, 1)),
                of("ecn_marks", test -> test.tcp(TcpField.DELIVERED_CE, EvidenceBuilder.BYTES / 1448 / 90)),
                of("small_mtu", test -> test.tcp(TcpField.SND_MSS, 1400)),
                of("slow_sender", test -> slow(test).tcp(TcpField.BUSY_TIME, 7 * SECOND_MICROS)),
                of("path_changed", test -> test.tcp(TcpField.REHASH, 1)),
                of("network_limit", FindingsTest::slow));
    }

    /// A window that was closed some of the time, over a round trip of a millisecond.
    private static EvidenceBuilder closed(EvidenceBuilder test) {
        return test.tcp(TcpField.RWND_LIMITED, 3 * SECOND_MICROS).tcp(TcpField.RTT, 1000);
    }

    private static Stream<Arguments> otherFaults() {
        return Stream.of(
                of("udp_receiver_buffer", test -> test.udp(1000, 10, 10L)),
                of("udp_receiver_host", test -> test.udp(1000, 10, 0L).receiverHost(HostCounter.SOFTNET_DROPPED, 3)),
                of("udp_sender", test -> test.udp(1000, 0, 0L).bytes(EvidenceBuilder.BYTES * 97 / 100)),
                of("udp_path_loss", test -> test.udp(1000, 10, 9L)),
                of("short_run", test -> slow(test).rates(new RateSpread(10, 0, 0.21))),
                of("unstable_rate", test -> test.rates(new RateSpread(10, 0.11, 0))));
    }

    static Stream<Arguments> aValueBelowTheThresholdIsNoFinding() {
        return Stream.of(
                of("sender_cpu", test -> slow(test).senderThread(new ThreadTimes(NANOS * 94 / 100, 0, NANOS))),
                of("sender_cpu", test -> test.senderThread(new ThreadTimes(NANOS, 0, NANOS))), // it keeps its rate
                of("receiver_cpu", test -> slow(test).receiverThread(new ThreadTimes(NANOS * 94 / 100, 0, NANOS))),
                of("mtu_black_hole", test -> test.tcp(TcpField.BYTES_ACKED, 0).tcp(TcpField.TOTAL_RTO, 2)),
                of("mtu_black_hole", test -> test.tcp(TcpField.TOTAL_RTO, 9)),
                of("receiver_window", test -> test.tcp(TcpField.RWND_LIMITED, 19 * SECOND_MICROS / 10)),
                of("receiver_window", test -> closed(test).tcp(TcpField.SND_WND, 38_000)),
                of(
                        "receiver_cpu",
                        test -> closed(test).tcp(TcpField.SND_WND, 37_000).receiverThread(null)),
                of("network_limit", test -> slow(test).senderThread(new ThreadTimes(NANOS / 3, 0, NANOS))),
                of("network_limit", test -> slow(test).tcp(TcpField.BUSY_TIME, 79 * SECOND_MICROS / 10)),
                of(
                        "window_too_small",
                        test -> test.tcp(TcpField.SND_WND, 13_000).bytes(EvidenceBuilder.BYTES / 2)),
                of("sender_buffer", test -> test.tcp(TcpField.SNDBUF_LIMITED, 19 * SECOND_MICROS / 10)),
                of("sender_buffer", test -> test.unlimited().drained(0.49)),
                of("sender_buffer", test -> test.drained(1)), // paced: there is nothing to send
                of(
                        "sender_buffer", // the program is busy
                        test -> test.unlimited().drained(1).senderThread(new ThreadTimes(NANOS / 3, NANOS / 3, NANOS))),
                of("network_limit", test -> test.unlimited().drained(0.51)),
                of(
                        "policer", // a queue was full
                        test -> slow(test)
                                .losses(new LossTiming(200, 20, 5, new LossTiming.TokenBucket(2e7, 0.95, 0.9)))),
                of(
                        "policer", // losses all along
                        test -> slow(test)
                                .losses(new LossTiming(200, 160, 1, new LossTiming.TokenBucket(2e7, 0.95, 0.9)))),
                of(
                        "policer", // reordering: nothing was lost
                        test -> slow(test)
                                .tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .tcp(TcpField.TOTAL_RETRANS, 100)
                                .tcp(TcpField.DSACK_DUPS, 80)
                                .losses(new LossTiming(200, 20, 1, new LossTiming.TokenBucket(2e7, 0.95, 0.9)))),
                of("own_queue", test -> test.localQueueMicros(9_000.0)),
                of("bufferbloat", test -> test.loadedMicros(30_900)),
                of(
                        "random_loss", // the receiver had all of it twice
                        test -> test.tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .tcp(TcpField.TOTAL_RETRANS, 100)
                                .tcp(TcpField.DSACK_DUPS, 100)
                                .losses(new LossTiming(200, 10, 1, null))),
                of(
                        "random_loss", // reordering: most retransmissions were not necessary
                        test -> test.tcp(TcpField.BYTES_RETRANS, EvidenceBuilder.BYTES / 900)
                                .tcp(TcpField.TOTAL_RETRANS, 100)
                                .tcp(TcpField.DSACK_DUPS, 80)
                                .losses(new LossTiming(200, 10, 1, null))),
                of("small_mtu", test -> test.tcp(TcpField.SND_MSS, 1428)), // IPv6 and timestamps
                of("slow_sender", test -> slow(test).tcp(TcpField.BUSY_TIME, 81 * SECOND_MICROS / 10)),
                of("udp_receiver_host", test -> test.receiverHost(HostCounter.SOFTNET_DROPPED, 3)), // none was lost
                of("udp_path_loss", test -> test.udp(1000, 10, 10L)),
                of("udp_sender", test -> test.udp(1000, 0, 0L).bytes(EvidenceBuilder.BYTES * 99 / 100)),
                of("network_limit", test -> slow(test).tcp(TcpField.BUSY_TIME, 79 * SECOND_MICROS / 10)));
    }

    static Stream<Arguments> aMissingValueIsReportedAndNotGuessed() {
        return Stream.of(
                of("sender_cpu", test -> test.senderThread(null)),
                of("udp_sender", test -> test.udp(1000, 0, 0L).withoutSender()),
                of("receiver_cpu", test -> test.receiverThread(null)),
                of("mtu_black_hole", test -> test.without(TcpField.BYTES_ACKED)),
                of("receiver_window", test -> test.without(TcpField.RWND_LIMITED)),
                of("sender_buffer", test -> test.without(TcpField.SNDBUF_LIMITED)),
                of("policer", test -> test.losses(null)),
                of("congestion_loss", test -> test.losses(null)),
                of("random_loss", test -> test.without(TcpField.BYTES_RETRANS)),
                of("reordering", test -> test.without(TcpField.REORD_SEEN)),
                of("stalls", test -> test.without(TcpField.TOTAL_RTO)),
                of("own_queue", test -> test.localQueueMicros(null)),
                of("ecn_marks", test -> test.without(TcpField.DELIVERED_CE)),
                of("small_mtu", test -> test.without(TcpField.SND_MSS)),
                of("slow_sender", test -> slow(test).without(TcpField.BUSY_TIME)),
                of("path_changed", test -> test.without(TcpField.REHASH)),
                of("short_run", test -> test.rates(null)));
    }

    @Test
    void causesComeBeforeEffectsAndStrongFindingsBeforeHints() {
        List<String> ids = new EvidenceBuilder()
                .unlimited()
                .loadedMicros(101_000)
                .tcp(TcpField.TOTAL_RTO, 1)
                .tcp(TcpField.RWND_LIMITED, 3 * SECOND_MICROS)
                .ids();

        assertThat(ids).startsWith("receiver_window", "bufferbloat", "stalls");
    }
}
