package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.golden.GoldenSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersJsonTest {
    private static final TestConfig DEFAULTS = TestConfig.builder().build();

    static Stream<GoldenSession> sessions() {
        return GoldenSession.all();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void writesWhatIperfWrote(GoldenSession session) {
        Parameters read = ParametersJson.read(session.parameters());

        String written = ParametersJson.write(read.test(), read.authToken());

        boolean isOld = session.parameters().contains("\"client_version\":\"3.12\"");
        assertThat(isOld ? withoutOffload(written) : written).isEqualTo(session.parameters());
    }

    /// Removes the keys that iperf sends for every UDP test since 3.21.
    private static String withoutOffload(String parameters) {
        return parameters.replaceFirst("\"gso\":.*\"gro_bf_size\":65507,", "");
    }

    @Test
    void readsEverySetting() {
        TestConfig config = test(GoldenSession.of("3.21/tcp-all-params").parameters());

        var pacing = new Pacing(new Bitrate(1_000_000), 2, new Bitrate(10_000_000), 2000);
        var socket = new SocketSettings(131_072, 1200, true, 32, "reno");
        var payload = new PayloadSettings(true, true, true);
        assertThat(config)
                .isEqualTo(TestConfig.builder()
                        .protocol(Protocol.MULTIPATH_TCP)
                        .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                        .omit(Duration.ofSeconds(1))
                        .streams(new StreamSettings(1, 8192, pacing, socket, payload, DatagramSettings.DEFAULT))
                        .metadata(new TestMetadata("ttl", "xd", true, "3.21+", 1))
                        .build());
    }

    @Test
    void readsEverySettingOfUdp() {
        TestConfig config = test(GoldenSession.of("3.21/udp-all-params").parameters());

        assertThat(config)
                .isEqualTo(TestConfig.builder()
                        .protocol(Protocol.UDP)
                        .limit(new Limit.ForBlocks(10))
                        .blockBytes(1000)
                        .datagrams(new DatagramSettings(true, true, Offload.ON))
                        .metadata(new TestMetadata(null, null, false, "3.21+"))
                        .build());
    }

    @Test
    void theTokenTravelsBesideTheTest() {
        Parameters read = ParametersJson.read("{\"tcp\":true,\"authtoken\":\"c2VjcmV0\"}");

        assertThat(read.test()).isEqualTo(DEFAULTS);
        assertThat(read.authToken()).isEqualTo("c2VjcmV0");
        assertThat(ParametersJson.read("{\"authtoken\":5}").authToken()).isNull();
        assertThat(read.toString()).contains("authToken=present").doesNotContain("c2VjcmV0");
    }

    @Test
    void theTokenStandsBeforeTheLastTwoKeys() {
        TestConfig config = DEFAULTS.toBuilder()
                .payload(new PayloadSettings(false, true, true))
                .metadata(new TestMetadata(null, null, false, "3.21"))
                .build();

        assertThat(ParametersJson.write(config, "abc="))
                .endsWith("\"zerocopy\":1,\"authtoken\":\"abc=\",\"skip_rx_copy\":1,\"client_version\":\"3.21\"}");
    }

    @Test
    void aTimerOfNoughtIsTheDefault() {
        assertThat(test("{\"pacing_timer\":0}").streams().pacing().timerMicros())
                .isEqualTo(1000);
        assertThat(ParametersJson.write(
                        DEFAULTS.toBuilder().pacingTimerMicros(0).build(), null))
                .doesNotContain("pacing_timer");
    }

    @Test
    void writesEverySettingOnlyWhereItIsSet() {
        assertThat(ParametersJson.write(DEFAULTS, null))
                .isEqualTo("{\"tcp\":true,\"omit\":0,\"time\":10,\"num\":0,\"blockcount\":0,\"parallel\":1,"
                        + "\"len\":131072,\"pacing_timer\":1000}");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (Limit limit : new Limit[] {
            new Limit.Endless(),
            new Limit.ForBytes(1L << 50),
            new Limit.ForBlocks(7),
            new Limit.ForDuration(Duration.ofDays(1))
        }) {
            for (Direction direction : Direction.values()) {
                TestConfig config = DEFAULTS.toBuilder()
                        .limit(limit)
                        .direction(direction)
                        .title("\"\\\u0000\u001f\u007f/é€😀\n")
                        .build();

                assertThat(test(ParametersJson.write(config, null))).isEqualTo(config);
            }
        }
    }

    @Test
    void escapesWhatCJsonEscapes() {
        TestConfig config =
                DEFAULTS.toBuilder().title("\"\\/\b\f\n\r\t\u001f\u007fé").build();

        assertThat(ParametersJson.write(config, null)).contains("\"title\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001f\u007fé\"");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2", "86400000, 86400"})
    void roundsTheDurationUpToWholeSeconds(long millis, long seconds) {
        TestConfig config = DEFAULTS.toBuilder()
                .limit(new Limit.ForDuration(Duration.ofMillis(millis)))
                .build();

        assertThat(ParametersJson.write(config, null)).contains("\"time\":" + seconds + ",");
    }

    /// golden/robustness/probe-results.txt, part 8: parameters that 3.21 answers with
    /// CREATE_STREAMS.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "[{\"parallel\":0}]",
                "\"text\"",
                "{\"tcp\":1}",
                "{\"tcp\":true,\"title\":5}",
                "{\"tcp\":true,\"congestion\":{}}",
                "{\"unknown\":{\"a\":[1,2,{\"parallel\":0}]},\"parallel\":1}",
                "{\"parallel\":\"2\",\"len\":null,\"time\":[5],\"nodelay\":1,\"reverse\":\"true\"}",
                "{\"udp\":false,\"sctp\":1}",
                "{\"tcp\":true} and so on",
                " \n{ } x",
            })
    void everythingElseIsADefault(String json) {
        assertThat(test(json)).isEqualTo(DEFAULTS);
    }

    @Test
    void takesACongestionControlThatItMayNotHave() {
        TestConfig config = test("{\"tcp\":true,\"congestion\":\"nosuch\"}");

        assertThat(config.streams().socket().congestion()).isEqualTo("nosuch");
    }

    /// Table 2.5 of iperf's parameters, and golden/robustness/probe-results.txt, part 8.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | 114",
                "{                                         | 114",
                "{\"tcp\":tru}                             | 114",
                "{\"tcp\":true,\"a\":\"a\":\"a\"}          | 114",
                "{\"title\":\"\\u12g4\"}                   | 114",
                "{\"title\":\"\\u12                        | 114",
                "{\"title\":\"a                            | 114",
                "{\"num\":-}                               | 114",
                "{\"omit\":-1}                             | 12",
                "{\"omit\":601}                            | 12",
                "{\"tcp\":true,\"omit\":1e9}               | 12",
                "{\"server_affinity\":-1}                  | 132",
                "{\"tcp\":true,\"server_affinity\":5000}   | 132",
                "{\"tcp\":true,\"time\":-1}                | 5",
                "{\"time\":86401}                          | 5",
                "{\"time\":1e300,\"num\":5}                | 5",
                "{\"num\":-1}                              | 114",
                "{\"blockcount\":-1}                       | 114",
                "{\"MSS\":-1}                              | 10",
                "{\"MSS\":32768}                           | 10",
                "{\"tcp\":true,\"MSS\":99999}              | 10",
                "{\"tcp\":true,\"parallel\":0}             | 6",
                "{\"parallel\":129}                        | 6",
                "{\"tcp\":true,\"parallel\":100000}        | 6",
                "{\"parallel\":-1e300}                     | 6",
                "{\"tcp\":true,\"window\":-1}              | 8",
                "{\"window\":536870913}                    | 8",
                "{\"window\":4294967296}                   | 8",
                "{\"tcp\":true,\"len\":0}                  | 7",
                "{\"tcp\":true,\"len\":-5}                 | 7",
                "{\"len\":1048577}                         | 7",
                "{\"tcp\":true,\"len\":99999999}           | 7",
            })
    void refusesWithIperfsNumber(String json, int number) {
        assertRefused(json, number);
    }

    private static void assertRefused(String json, int number) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ParametersJson.read(json))
                .satisfies(e -> assertThat(e.error().number()).isEqualTo(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"bandwidth\":-1}                        | 114",
                "{\"fqrate\":-1}                           | 114",
                "{\"pacing_timer\":-1}                     | 114",
                "{\"tcp\":true,\"burst\":-3,\"bandwidth\":1000} | 15",
                "{\"burst\":0}                             | 15",
                "{\"burst\":1001}                          | 15",
                "{\"TOS\":-1}                              | 21",
                "{\"tcp\":true,\"TOS\":999}                | 21",
                "{\"flowlabel\":0}                         | 127",
                "{\"flowlabel\":1048576}                   | 127",
                "{\"gso\":-1}                              | 114",
                "{\"gso_dg_size\":-1}                      | 114",
                "{\"gso_bf_size\":-1}                      | 114",
                "{\"gro\":2}                               | 114",
                "{\"gro_bf_size\":-1}                      | 114",
                "{\"udp\":true,\"len\":15}                 | 20",
                "{\"udp\":true,\"len\":65508}              | 20",
                "{\"udp\":true,\"len\":-1}                 | 7 ",
                "{\"udp\":true,\"len\":1048577}            | 7",
                "{\"sctp\":true,\"len\":0}                 | 7",
                "{\"sctp\":true,\"len\":1048577}           | 7",
            })
    void refusesStreamSettingsWithIperfsNumber(String json, int number) {
        assertRefused(json, number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"omit\":600,\"server_affinity\":1024,\"flowlabel\":1048575,\"gro\":1,\"pacing_timer\":0} | 1",
                "{\"PARALLEL\":2}                                     | 2",
                "{\"Parallel\":3,\"parallel\":4}                      | 3",
                "{\"parallel\":\"x\",\"parallel\":4}                  | 1",
                "{\"parallel\":2.9}                                   | 2",
                "{\"parallel\":0.2e1}                                 | 2",
                "{\"parallel\":128,\"len\":1,\"time\":86400}          | 128",
            })
    void readsAsCJsonDoes(String json, int parallel) {
        assertThat(test(json).streams().parallel()).isEqualTo(parallel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"time\":0}                                  | Endless[]",
                "{\"time\":0,\"num\":0,\"blockcount\":0}       | Endless[]",
                "{\"time\":3,\"num\":5,\"blockcount\":6}       | ForBytes[count=5]",
                "{\"time\":0,\"blockcount\":6}                 | ForBlocks[count=6]",
                "{\"time\":7,\"num\":0}                        | ForDuration[length=PT7S]",
                "{\"num\":1e19}                                | ForBytes[count=9223372036854775807]",
            })
    void findsTheOneLimit(String json, String limit) {
        assertThat(test(json).limit()).hasToString(limit);
    }

    @Test
    void bothDirectionsOutweighTheReverse() {
        assertThat(test("{\"reverse\":true,\"bidirectional\":true}").direction())
                .isEqualTo(Direction.BIDIRECTIONAL);
        assertThat(test("{\"reverse\":true,\"bidirectional\":false}").direction())
                .isEqualTo(Direction.REVERSE);
    }

    @Test
    void anyNumberMeansYesForSomeKeysAndOnlySomeForOthers() {
        TestConfig config = test("{\"get_server_output\":0,\"udp_counters_64bit\":0,\"repeating_payload\":0,"
                + "\"zerocopy\":0,\"dont_fragment\":0,\"skip_rx_copy\":0}");

        assertThat(config.metadata().serverOutput()).isTrue();
        assertThat(config.streams().payload()).isEqualTo(new PayloadSettings(true, false, false));
        assertThat(config.streams().datagrams()).isEqualTo(new DatagramSettings(true, false, Offload.AUTOMATIC));
    }

    private static TestConfig test(String json) {
        return ParametersJson.read(json).test();
    }

    @Test
    void nestsAThousandLevelsAndNoMore() {
        Function<Integer, String> nested = depth -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(test(nested.apply(1000))).isEqualTo(DEFAULTS);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ParametersJson.read(nested.apply(1001)));
    }

    @Test
    void theGreatestParametersFitTheirFrame() {
        TestConfig config = test("{\"title\":\"" + "t".repeat(8000) + "\"}");

        assertThat(ParametersJson.write(config, null).getBytes(StandardCharsets.UTF_8).length)
                .isBetween(8000, 8192);
    }

    @Test
    void anOfferOfTheExtensionStandsBehindIperfsKeys() {
        String plain = ParametersJson.write(DEFAULTS, null);

        String written = ParametersJson.write(new Parameters(DEFAULTS, null, ProtocolExtension.LATEST));

        assertThat(written).isEqualTo(plain.substring(0, plain.length() - 1) + ",\"pitot\":4}");
        assertThat(ParametersJson.read(written).extension()).isEqualTo(ProtocolExtension.LATEST);
        assertThat(ParametersJson.read(plain).extension()).isEqualTo(ProtocolExtension.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1, 1",
                "2, 2",
                "3, 3",
                "4, 4",
                "5, 4",
                "1e300, 4",
                "1.9, 1",
                "0, 0",
                "-1, 0",
                "-1e300, 0",
                "\"1\", 0",
                "true, 0",
                "null, 0",
                "[1], 0"
            })
    void anOfferIsAsMuchAsThisEndKnowsWhateverItSays(String offer, int version) {
        String json = "{\"tcp\":true,\"pitot\":" + offer + "}";

        assertThat(ParametersJson.read(json))
                .isEqualTo(new Parameters(
                        ParametersJson.read("{\"tcp\":true}").test(), null, new ProtocolExtension(version)));
    }
}
