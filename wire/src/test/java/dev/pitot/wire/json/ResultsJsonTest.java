package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.wire.golden.GoldenSession;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsJsonTest {
    private static final String HEAD =
            "\"cpu_util_total\":1,\"cpu_util_user\":2,\"cpu_util_system\":3,\"sender_has_retransmits\":";
    private static final String STREAM =
            "{\"id\":1,\"bytes\":5,\"retransmits\":6,\"jitter\":0.5,\"errors\":7,\"packets\":8}";

    static Stream<String> goldenResults() {
        return GoldenSession.all().flatMap(GoldenSession::results);
    }

    @ParameterizedTest
    @MethodSource("goldenResults")
    void writesWhatIperfWrote(String golden) throws MalformedResultsException {
        TestResults results = ResultsJson.read(golden);

        assertThat(ResultsJson.write(results)).isEqualTo(golden.replace("18446744073709551615", "-1"));
    }

    @Test
    void readsAServersResults() throws MalformedResultsException {
        String golden = GoldenSession.of("3.21/tcp-P2").results().toList().get(1);

        TestResults results = ResultsJson.read(golden);

        assertThat(results.senderRetransmits()).isEqualTo(SenderRetransmits.NO_SENDER);
        assertThat(results.congestion()).isEqualTo("bbr");
        assertThat(results.serverOutput()).isNull();
        assertThat(results.streams()).extracting(TestResults.OfStream::id).containsExactly(1, 3);
        assertThat(results.streams()).allSatisfy(stream -> {
            assertThat(stream.retransmits()).isNull();
            assertThat(stream.datagrams()).isEqualTo(TestResults.Datagrams.NONE);
        });
    }

    @Test
    void knowsWhatAnOldPeerLeftOut() throws MalformedResultsException {
        String golden = GoldenSession.of("3.12/tcp").results().toList().get(1);

        TestResults results = ResultsJson.read(golden);

        assertThat(results.senderRetransmits()).isEqualTo(SenderRetransmits.NO_SENDER);
        TestResults.OfStream stream = results.streams().getFirst();
        assertThat(stream.retransmits()).isNull();
        assertThat(stream.datagrams().omitted()).isNull();
    }

    @Test
    void writesAnEndsOwnResults() {
        var results = new TestResults(
                new CpuUsage(1.5, 1, 0.5),
                SenderRetransmits.COUNTED,
                null,
                null,
                List.of(TestResults.OfStream.tcp(1, 1L << 60, 0L, 1.000001), TestResults.OfStream.tcp(3, 0, null, 10)));

        assertThat(ResultsJson.write(results))
                .isEqualTo("{\"cpu_util_total\":1.5,\"cpu_util_user\":1,\"cpu_util_system\":0.5,"
                        + "\"sender_has_retransmits\":1,\"streams\":["
                        + "{\"id\":1,\"bytes\":1152921504606846976,\"retransmits\":0,\"jitter\":0,\"errors\":0,"
                        + "\"omitted_errors\":0,\"packets\":0,\"omitted_packets\":0,\"start_time\":0,"
                        + "\"end_time\":1.000001},"
                        + "{\"id\":3,\"bytes\":0,\"retransmits\":-1,\"jitter\":0,\"errors\":0,"
                        + "\"omitted_errors\":0,\"packets\":0,\"omitted_packets\":0,\"start_time\":0,"
                        + "\"end_time\":10}]}");
    }

    @Test
    void aFigureThatIsNoNumberIsNullAndNeverBreaksTheDocument() {
        var results = new TestResults(new CpuUsage(Double.NaN, 0, 0), SenderRetransmits.UNKNOWN, null, null, List.of());

        assertThat(ResultsJson.write(results)).startsWith("{\"cpu_util_total\":null,\"cpu_util_user\":0,");
    }

    @Test
    void keepsAServersTextWhateverItHolds() throws MalformedResultsException {
        var lines = new ServerOutput.Text("[  5]\t\"\\\u0001 é 😀\n");

        TestResults results = ResultsJson.read(ResultsJson.write(with(lines)));

        assertThat(results.serverOutput()).isEqualTo(lines);
    }

    @Test
    void keepsAServersJsonToTheLastDigit() throws MalformedResultsException {
        String output = "{\"start\":{\"connected\":[{\"socket\":5}],\"version\":\"iperf 3.21+\"},\"intervals\":[],"
                + "\"end\":{\"a\":0.30000000000000004,\"b\":1.50,\"c\":1E5,\"d\":123456789012345678901234567890,"
                + "\"e\":null,\"f\":[true,false],\"g\":\"\\u001f\\n\"}}";

        TestResults results = ResultsJson.read(ResultsJson.write(with(new ServerOutput.Json(output))));

        assertThat(results.serverOutput()).isEqualTo(new ServerOutput.Json(output));
    }

    @Test
    void makesAServersJsonCompact() throws MalformedResultsException {
        TestResults results =
                ResultsJson.read("{" + HEAD + "1,\"server_output_json\":{\n\t\"start\":\t{ }\n},\"streams\":[]}");

        assertThat(results.serverOutput()).isEqualTo(new ServerOutput.Json("{\"start\":{}}"));
        assertThat(ResultsJson.write(with(new ServerOutput.Json("{\n\t\"a\":\t[1, 2]\n}\n"))))
                .contains("\"server_output_json\":{\"a\":[1,2]},\"streams\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "[]", "{", "{\"a\":}"})
    void refusesToWriteAServersJsonThatIsNone(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> ResultsJson.write(with(new ServerOutput.Json(document))));
    }

    @Test
    void prefersAServersJsonToItsText() throws MalformedResultsException {
        String both = "{" + HEAD + "1,\"server_output_text\":\"t\",\"server_output_json\":{},\"streams\":[]}";

        assertThat(ResultsJson.read(both).serverOutput()).isEqualTo(new ServerOutput.Json("{}"));
        assertThat(ResultsJson.read(both.replace("{},", "5,")).serverOutput()).isEqualTo(new ServerOutput.Text("t"));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, NO_SENDER",
        "-5, NO_SENDER",
        "18446744073709551615, NO_SENDER",
        "0, UNKNOWN",
        "1, COUNTED",
        "7, COUNTED"
    })
    void readsWhoCountsRetransmits(String number, SenderRetransmits expected) throws MalformedResultsException {
        assertThat(ResultsJson.read("{" + HEAD + number + ",\"streams\":[]}").senderRetransmits())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-7", "18446744073709551615", "9223372036854775808", "1e300"})
    void unknownRetransmitsAreAbsent(String number) throws MalformedResultsException {
        String stream = STREAM.replace("\"retransmits\":6", "\"retransmits\":" + number);

        assertThat(ResultsJson.read(results(stream)).streams().getFirst().retransmits())
                .isNull();
    }

    @Test
    void readsDatagrams() throws MalformedResultsException {
        String stream = STREAM.replace("}", ",\"omitted_packets\":2,\"omitted_errors\":1}");

        assertThat(ResultsJson.read(results(stream)).streams())
                .containsExactly(new TestResults.OfStream(
                        1, 5, 6L, new TestResults.Datagrams(0.5, 7, 8, new TestResults.OmittedCounts(1, 2)), null));
    }

    @Test
    void writesDatagrams() {
        var datagrams = new TestResults.Datagrams(3.5e-5, 2, 126, new TestResults.OmittedCounts(1, 25));
        var results = new TestResults(
                new CpuUsage(0, 0, 0),
                SenderRetransmits.NO_SENDER,
                null,
                null,
                List.of(TestResults.OfStream.udp(1, 100_000, datagrams, 1.5)));

        assertThat(ResultsJson.write(results))
                .endsWith("\"sender_has_retransmits\":-1,\"streams\":[{\"id\":1,\"bytes\":100000,\"retransmits\":-1,"
                        + "\"jitter\":3.5e-05,\"errors\":2,\"omitted_errors\":1,\"packets\":126,"
                        + "\"omitted_packets\":25,\"start_time\":0,\"end_time\":1.5}]}");
    }

    @Test
    void readsDatagramsThatAnOldServerReceived() throws MalformedResultsException {
        String golden = GoldenSession.of("mixed-client3.21-server3.12/udp-bidir-omit")
                .results()
                .toList()
                .getLast();

        TestResults results = ResultsJson.read(golden);

        assertThat(results.senderRetransmits()).isEqualTo(SenderRetransmits.UNKNOWN);
        assertThat(results.congestion()).isNull();
        assertThat(results.streams()).allSatisfy(stream -> {
            assertThat(stream.retransmits()).isNull();
            assertThat(stream.datagrams().packets()).isPositive();
            assertThat(stream.datagrams().omitted()).isNull();
        });
        assertThat(results.streams().getFirst().datagrams().jitterSeconds()).isPositive();
    }

    /// A repeated datagram can make iperf report negative losses.
    @ParameterizedTest
    @CsvSource({
        "-3, -3",
        "18446744073709551615, -1",
        "9223372036854775808, -1",
        "18014398509481982, 18014398509481982",
        "-18014398509481982, -18014398509481982"
    })
    void readsLossesWhateverTheirSign(String number, long errors) throws MalformedResultsException {
        String stream = STREAM.replace("\"errors\":7", "\"errors\":" + number);

        assertThat(ResultsJson.read(results(stream))
                        .streams()
                        .getFirst()
                        .datagrams()
                        .errors())
                .isEqualTo(errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors", "packets", "omitted_errors", "omitted_packets"})
    void refusesCountsWhoseSumsOverflow(String key) throws MalformedResultsException {
        String sound = STREAM.replace("}", ",\"omitted_errors\":1,\"omitted_packets\":2}");
        String member = "\"" + key + "\":[0-9]+";

        assertThat(ResultsJson.read(results(sound)).streams()).hasSize(1);
        for (String hostile : new String[] {"9e18", "-9e18", "-1e300", "1.9e16", "-1.9e16"}) {
            String stream = sound.replaceFirst(member, "\"" + key + "\":" + hostile);
            assertThatExceptionOfType(MalformedResultsException.class)
                    .isThrownBy(() -> ResultsJson.read(results(stream)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1e-9", "1e308", "-1e308", "1e999", "null", "\"0\""})
    void refusesJitterThatIsNoTime(String jitter) {
        String stream = STREAM.replace("\"jitter\":0.5", "\"jitter\":" + jitter);

        assertThatExceptionOfType(MalformedResultsException.class).isThrownBy(() -> ResultsJson.read(results(stream)));
    }

    @Test
    void timesAreTheDifferenceOfEndAndStart() throws MalformedResultsException {
        String stream = STREAM.replace("}", ",\"start_time\":1,\"end_time\":2.5}");

        assertThat(ResultsJson.read(results(stream)).streams().getFirst().seconds())
                .isEqualTo(1.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "{\"cpu_util_total\":1,\"cpu_util_user\":2,\"cpu_util_system\":3,\"streams\":[]}",
                "{\"cpu_util_total\":1,\"cpu_util_user\":2,\"cpu_util_system\":null,"
                        + "\"sender_has_retransmits\":1,\"streams\":[]}",
                "{\"cpu_util_total\":1e999,\"cpu_util_user\":2,\"cpu_util_system\":3,"
                        + "\"sender_has_retransmits\":1,\"streams\":[]}",
                "{" + HEAD + "1}",
                "{" + HEAD + "1,\"streams\":{}}",
                "{" + HEAD + "1,\"streams\":[1]}",
                "{" + HEAD + "1,\"streams\":[[]]}",
                "{" + HEAD + "1,\"streams\":[{}]}",
                "{" + HEAD + "1,\"streams\":[",
                "{" + HEAD + "1,\"server_output_json\":{\"a\":",
            })
    void refusesWhatIsNoResult(String json) {
        assertThatExceptionOfType(MalformedResultsException.class)
                .isThrownBy(() -> ResultsJson.read(json))
                .satisfies(e -> assertThat(e.error()).isEqualTo(IperfError.RECEIVE_RESULTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "bytes", "retransmits", "jitter", "errors", "packets"})
    void refusesAStreamWithoutARequiredKey(String key) {
        assertThatExceptionOfType(MalformedResultsException.class)
                .isThrownBy(() -> ResultsJson.read(results(STREAM.replace(key, "other"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"omitted_errors\":1", "\"omitted_packets\":1", "\"start_time\":2,\"end_time\":1"})
    void refusesHalfOfAPairAndTimeThatRunsBackwards(String members) {
        String stream = STREAM.replace("}", "," + members + "}");

        assertThatExceptionOfType(MalformedResultsException.class).isThrownBy(() -> ResultsJson.read(results(stream)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1e300", "18446744073709551615"})
    void refusesBytesThatWereNeverMoved(String bytes) {
        assertThatExceptionOfType(MalformedResultsException.class)
                .isThrownBy(() -> ResultsJson.read(results(STREAM.replace("\"bytes\":5", "\"bytes\":" + bytes))));
    }

    @Test
    void hasAtMostTwiceTheStreamsOfOneDirection() throws MalformedResultsException {
        String most = IntStream.range(0, 256).mapToObj(_ -> STREAM).collect(Collectors.joining(","));

        assertThat(ResultsJson.read(results(most)).streams()).hasSize(256);
        assertThatExceptionOfType(MalformedResultsException.class)
                .isThrownBy(() -> ResultsJson.read(results(most + "," + STREAM)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestResults(
                        new CpuUsage(0, 0, 0),
                        SenderRetransmits.UNKNOWN,
                        null,
                        null,
                        IntStream.range(0, 257)
                                .mapToObj(i -> TestResults.OfStream.tcp(i, 0, null, 0))
                                .toList()));
    }

    private static String results(String streams) {
        return "{" + HEAD + "1,\"streams\":[" + streams + "]}";
    }

    private static TestResults with(@Nullable ServerOutput output) {
        return new TestResults(new CpuUsage(0, 0, 0), SenderRetransmits.UNKNOWN, "cubic", output, List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cpu_util_total\":1e308",
                "\"bytes\":9000000000000000000",
                "\"retransmits\":9200000000000000000",
                "\"end_time\":1e308"
            })
    void refusesNumbersThatNoTestCanReach(String hostile) {
        String key = hostile.substring(0, hostile.indexOf(':'));
        String sound = "{\"cpu_util_total\":1,\"cpu_util_user\":1,\"cpu_util_system\":0,\"sender_has_retransmits\":1,"
                + "\"streams\":[{\"id\":1,\"bytes\":1,\"retransmits\":0,\"jitter\":0,\"errors\":0,\"packets\":0,"
                + "\"start_time\":0,\"end_time\":1}]}";

        assertThatCode(() -> ResultsJson.read(sound)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ResultsJson.read(sound.replaceFirst(key + ":[0-9]+", hostile)))
                .isInstanceOf(MalformedResultsException.class);
    }
}
