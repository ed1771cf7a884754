package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TcpField;
import dev.pitot.wire.control.ControlDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerEvidenceTest {
    private static final String IPERFS = "\"cpu_util_total\":1,\"cpu_util_user\":2,\"cpu_util_system\":3,"
            + "\"sender_has_retransmits\":1,\"streams\":[]";
    private static final RoundTripStatistics SMOOTHED = new RoundTripStatistics(
            LatencyMethod.KERNEL_SMOOTHED, 250, 10.5, 21, new RoundTripStatistics.Percentiles(20.0, 30.25, null), 40);

    private static PeerEvidence evidence(Map<TcpField, Long> tcp) {
        return new PeerEvidence(
                List.of(
                        stream(1, tcp, new Evidence.ThreadTimes(1, 2, 3), null),
                        stream(3, Map.of(TcpField.MIN_RTT, 7L), null, 0L)),
                List.of(SMOOTHED),
                new LossTiming(100, 20, 3, new LossTiming.TokenBucket(1e6, 0.9, 1)),
                new RateSpread(10, 0.5, 0.25),
                0.5,
                KernelValues.of(HostCounter.class, Map.of(HostCounter.UDP_RECEIVE_BUFFER_ERRORS, 5L)));
    }

    private static PeerEvidence.OfStream stream(
            int id, Map<TcpField, Long> tcp, Evidence.@Nullable ThreadTimes thread, @Nullable Long drops) {
        return new PeerEvidence.OfStream(
                id, new Evidence.EndOfStream(KernelValues.of(TcpField.class, tcp), thread, drops));
    }

    private static TestResults results(@Nullable PeerEvidence evidence) {
        return new TestResults(new CpuUsage(1, 2, 3), SenderRetransmits.COUNTED, null, null, List.of(), evidence);
    }

    private static PeerEvidence read(String member) throws MalformedResultsException {
        TestResults read = ResultsJson.read("{" + IPERFS + ",\"pitot\":" + member + "}");
        assertThat(read.with(null)).isEqualTo(results(null)); // iperf's part is read whatever Pitot's is
        return Objects.requireNonNull(read.evidence());
    }

    @Test
    void theOtherEndReadsWhatThisOneWrote() throws MalformedResultsException {
        TestResults written = results(evidence(Map.of(TcpField.RTT, 5L, TcpField.BYTES_SENT, 1L << 52)));

        String json = ResultsJson.write(written);

        assertThat(ResultsJson.read(json)).isEqualTo(written);
    }

    @Test
    void resultsWithoutEvidenceAreIperfs() {
        assertThat(ResultsJson.write(results(null))).isEqualTo("{" + IPERFS + "}");
        assertThat(ResultsJson.write(results(evidence(Map.of())))).startsWith("{" + IPERFS + ",\"pitot\":{");
    }

    @Test
    void aValueThatIsAbsentIsNotZero() throws MalformedResultsException {
        PeerEvidence read = read("{\"tcp_fields\":[\"rtt\",\"min_rtt\"],\"streams\":[{\"id\":1,\"tcp\":[null,0]}]}");

        KernelValues<TcpField> tcp = read.streams().getFirst().end().tcp();
        assertThat(tcp.get(TcpField.RTT)).isEmpty();
        assertThat(tcp.get(TcpField.MIN_RTT)).hasValue(0);
        assertThat(read.streams().getFirst().end().socketDrops()).isNull();
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws MalformedResultsException {
        PeerEvidence read = read("{\"new\":{\"a\":[1]},\"streams\":[{\"id\":3,\"tcp\":[1,2,3],\"new\":[4]}],"
                + "\"tcp_fields\":[\"new\",\"rtt\",7]}");

        assertThat(read.streams()).containsExactly(stream(3, Map.of(TcpField.RTT, 2L), null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"text\"",
                "null",
                "true",
            })
    void aMemberThatIsNoObjectIsIgnored(String member) throws MalformedResultsException {
        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":" + member + "}"))
                .isEqualTo(results(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"streams\":{}}",
                "{\"streams\":[1,[],null,{}]}",
                "{\"streams\":[{\"id\":-1}]}",
                "{\"streams\":[{\"id\":1e300}]}",
                "{\"loaded\":[{\"method\":\"nothing\",\"samples\":1,\"min\":1,\"mean\":1,\"max\":1}]}",
                "{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":0,\"min\":1,\"max\":1}]}",
                "{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":1,\"min\":2,\"max\":1}]}",
                "{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":1,\"min\":1,\"mean\":1,\"max\":1e999}]}",
                "{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":1,\"min\":1,\"max\":1}]}",
                "{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":1,\"min\":1,\"mean\":2,\"max\":1}]}",
                "{\"loaded\":[{\"method\":[1],\"samples\":1,\"min\":-1,\"max\":1}]}",
                "{\"losses\":[1,2]}",
                "{\"losses\":{\"readings\":1,\"loss_readings\":2,\"inflated_readings\":0}}",
                "{\"losses\":{\"readings\":1e18,\"loss_readings\":2,\"inflated_readings\":0}}",
                "{\"rates\":{\"slices\":10,\"variation\":1,\"ramp\":2}}",
                "{\"rates\":{\"slices\":10,\"variation\":-1,\"ramp\":1}}",
                "{\"tcp_fields\":{\"rtt\":1},\"streams\":{\"id\":1}}",
            })
    void valuesThatCannotBeAreAbsent(String member) throws MalformedResultsException {
        assertThat(read(member)).isEqualTo(new PeerEvidence(List.of(), List.of(), null, null, null, null));
    }

    @Test
    void aPercentileBelowALowerOneIsAbsent() throws MalformedResultsException {
        PeerEvidence read = read("{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":1000,\"min\":1,\"mean\":2,"
                + "\"p50\":49,\"p95\":11,\"p99\":50,\"max\":90}]}");

        assertThat(read.loaded().getFirst().percentiles())
                .isEqualTo(new RoundTripStatistics.Percentiles(49.0, null, 50.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e300", "9223372036854775807", "\"1\"", "[1]", "{\"a\":1}", "true", "null"})
    void aNumberThatCannotBeIsAbsent(String number) throws MalformedResultsException {
        PeerEvidence read = read("{\"tcp_fields\":[\"rtt\"],\"streams\":[{\"id\":1,\"tcp\":[" + number
                + "],\"thread_running\":" + number + ",\"thread_waiting\":1,\"thread_elapsed\":1,\"socket_drops\":"
                + number + "}],\"host\":{\"udp_rcvbuf_errors\":" + number + "}}");

        assertThat(read.streams()).containsExactly(stream(1, Map.of(), null, null));
        assertThat(Objects.requireNonNull(read.host()).isEmpty()).isTrue();
    }

    @Test
    void tooMuchIsIgnoredAsAWhole() throws MalformedResultsException {
        String many = IntStream.range(0, 257)
                .mapToObj(i -> "{\"id\":" + i + "}")
                .toList()
                .toString();
        String values = IntStream.range(0, 257).boxed().toList().toString();

        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":{\"streams\":" + many + "}}"))
                .isEqualTo(results(null));
        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":{\"tcp_fields\":" + values + "}}"))
                .isEqualTo(results(null));
        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":{\"streams\":[{\"id\":1,\"tcp\":" + values + "}]}}"))
                .isEqualTo(results(null));
        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":{\"x\":\"" + "y".repeat(1 << 18) + "\"}}"))
                .isEqualTo(results(null));
        assertThat(ResultsJson.read("{" + IPERFS + ",\"pitot\":" + "{\"a\":".repeat(900) + "1" + "}".repeat(901)))
                .isEqualTo(results(new PeerEvidence(List.of(), List.of(), null, null, null, null)));
    }

    @Test
    void evidenceOfAllStreamsFitsIntoResultsOrStaysBehind() throws MalformedResultsException {
        var usual = new EnumMap<TcpField, Long>(TcpField.class);
        var greatest = new EnumMap<TcpField, Long>(TcpField.class);
        for (TcpField field : TcpField.values()) {
            usual.put(field, 1_000_000L);
            greatest.put(field, Long.MAX_VALUE / TestResults.MAX_STREAMS);
        }

        assertThat(sizeOf(usual)).isLessThan(ControlDecoder.MAX_CLIENT_RESULTS_BYTES);
        assertThat(sizeOf(greatest)).isLessThan(ControlDecoder.MAX_CLIENT_RESULTS_BYTES);
        TestResults read = ResultsJson.read(ResultsJson.write(all(usual)));
        assertThat(Objects.requireNonNull(read.evidence()).streams()).hasSize(TestResults.MAX_STREAMS);
    }

    private static int sizeOf(Map<TcpField, Long> tcp) {
        return ResultsJson.write(all(tcp)).getBytes(StandardCharsets.UTF_8).length;
    }

    private static TestResults all(Map<TcpField, Long> tcp) {
        List<PeerEvidence.OfStream> ends = IntStream.range(0, TestResults.MAX_STREAMS)
                .mapToObj(i -> stream(i, tcp, new Evidence.ThreadTimes(1L << 40, 1L << 40, 1L << 40), 1L << 40))
                .toList();
        List<TestResults.OfStream> streams = IntStream.range(0, TestResults.MAX_STREAMS)
                .mapToObj(i -> TestResults.OfStream.tcp(i, 1L << 50, 1L << 30, 12345.678901))
                .toList();
        return new TestResults(
                new CpuUsage(1, 2, 3),
                SenderRetransmits.COUNTED,
                "cubic",
                null,
                streams,
                new PeerEvidence(ends, List.of(SMOOTHED), null, null, null, null));
    }

    @Test
    void aTestHasNoMoreStreamsThanResults() {
        List<PeerEvidence.OfStream> tooMany = IntStream.rangeClosed(0, TestResults.MAX_STREAMS)
                .mapToObj(i -> stream(i, Map.of(), null, null))
                .toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerEvidence(tooMany, List.of(), null, null, null, null))
                .withMessage("streams > 256: 257");
    }
}
