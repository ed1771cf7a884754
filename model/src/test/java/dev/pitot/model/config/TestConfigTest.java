package dev.pitot.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.model.config.Limit.ForBlocks;
import dev.pitot.model.config.Limit.ForBytes;
import dev.pitot.model.config.Limit.ForDuration;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestConfigTest {
    @Test
    void startsFromIperfsDefaults() {
        TestConfig config = TestConfig.builder().build();

        assertThat(config.protocol()).isEqualTo(Protocol.TCP);
        assertThat(config.direction()).isEqualTo(Direction.FORWARD);
        assertThat(config.limit()).isEqualTo(new ForDuration(Duration.ofSeconds(10)));
        assertThat(config.omit()).isEqualTo(Duration.ZERO);
        assertThat(config.streams())
                .isEqualTo(new StreamSettings(
                        1,
                        131_072,
                        Pacing.NONE,
                        SocketSettings.DEFAULT,
                        PayloadSettings.DEFAULT,
                        DatagramSettings.DEFAULT));
        assertThat(config.metadata()).isEqualTo(TestMetadata.NONE);
    }

    @Test
    void keepsWhatWasSetBeforeWhenTheNextSettingComes() {
        var pacing = new Pacing(new Bitrate(1_000_000), 20, new Bitrate(2_000_000));
        var socket = new SocketSettings(65_536, 1400, true, 16, "reno");

        StreamSettings streams = TestConfig.builder()
                .zeroCopy(true)
                .socket(socket)
                .pacing(pacing)
                .blockBytes(1000)
                .parallel(3)
                .build()
                .streams();

        assertThat(streams)
                .isEqualTo(new StreamSettings(
                        3, 1000, pacing, socket, new PayloadSettings(false, true, false), DatagramSettings.DEFAULT));
    }

    @Test
    void aWarmUpOfAFractionOfASecondIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TestConfig.builder().omit(Duration.ofMillis(1_500)).build())
                .withMessage("omit is not in whole seconds: PT1.5S");
    }

    @Test
    void aHostHasAName() {
        for (String host : List.of("", " ", "%eth0")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Endpoint(host, 5_201))
                    .withMessage("host is empty: '" + host + "'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LocalBinding(host, AddressFamily.ANY, 0))
                    .withMessage("host is empty: '" + host + "'");
        }
    }

    @Test
    void aBitrateReplacesTheBurstButNotTheKernelsRate() {
        var fairQueueRate = new Bitrate(50);

        Pacing pacing = TestConfig.builder()
                .pacing(new Pacing(Bitrate.UNLIMITED, 20, fairQueueRate))
                .bitrate(new Bitrate(7))
                .build()
                .streams()
                .pacing();

        assertThat(pacing).isEqualTo(new Pacing(new Bitrate(7), 0, fairQueueRate));
    }

    @Test
    void datagramsHaveTheirOwnRateAndALengthThatFollowsThePath() {
        TestConfig config = TestConfig.builder().protocol(Protocol.UDP).build();

        assertThat(config.streams().pacing().target()).isEqualTo(new Bitrate(1_048_576));
        assertThat(config.streams().blockBytes()).isZero();
        assertThat(config.withBlocksFor(1_448).streams().blockBytes()).isEqualTo(1_448);
        assertThat(config.withBlocksFor(0).streams().blockBytes()).isEqualTo(1_460);
        assertThat(config.withBlocksFor(70_000).streams().blockBytes()).isEqualTo(65_507);
        assertThat(config.toBuilder()
                        .blockBytes(100)
                        .build()
                        .withBlocksFor(1_448)
                        .streams()
                        .blockBytes())
                .isEqualTo(100);
    }

    @Test
    void theKernelsRateAndTheTimerLeaveTheDefaultRateAlone() {
        Pacing pacing = TestConfig.builder()
                .protocol(Protocol.UDP)
                .fairQueueRate(new Bitrate(50))
                .pacingTimerMicros(7)
                .build()
                .streams()
                .pacing();

        assertThat(pacing).isEqualTo(new Pacing(new Bitrate(1_048_576), 0, new Bitrate(50), 7));
    }

    @Test
    void whatWasNotChosenFollowsTheProtocolThroughAFinishedTest() {
        TestConfig tcp = TestConfig.builder().parallel(3).build();

        TestConfig udp = tcp.toBuilder().protocol(Protocol.UDP).build();

        assertThat(udp.streams().blockBytes()).isZero();
        assertThat(udp.streams().pacing().target()).isEqualTo(new Bitrate(1_048_576));
        assertThat(udp.toBuilder().protocol(Protocol.TCP).build()).isEqualTo(tcp);
        TestConfig chosen =
                tcp.toBuilder().blockBytes(1_000).bitrate(new Bitrate(7)).build();
        assertThat(chosen.toBuilder().protocol(Protocol.UDP).build().streams()).isEqualTo(chosen.streams());
    }

    @Test
    void noRateIsNoDefaultRate() {
        TestConfig config = TestConfig.builder()
                .bitrate(Bitrate.UNLIMITED)
                .protocol(Protocol.UDP)
                .build();

        assertThat(config.streams().pacing().target()).isEqualTo(Bitrate.UNLIMITED);
    }

    @Test
    void everyProtocolHasItsOwnLengthOfBlocks() {
        assertThat(TestConfig.builder()
                        .protocol(Protocol.SCTP)
                        .build()
                        .streams()
                        .blockBytes())
                .isEqualTo(65_536);
        assertThat(TestConfig.builder()
                        .protocol(Protocol.MULTIPATH_TCP)
                        .build()
                        .streams()
                        .blockBytes())
                .isEqualTo(131_072);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 65_508, 1_048_576})
    void datagramsThatNothingCanCarryAreRefused(int bytes) {
        TestConfig.Builder test = TestConfig.builder().protocol(Protocol.UDP).blockBytes(bytes);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(test::build)
                .extracting(InvalidSettingException::error)
                .isEqualTo(IperfError.UDP_BLOCK_SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 65_507})
    void theShortestAndTheLongestDatagramPass(int bytes) {
        TestConfig config =
                TestConfig.builder().protocol(Protocol.UDP).blockBytes(bytes).build();

        assertThat(config.streams().blockBytes()).isEqualTo(bytes);
    }

    @Test
    void reportsCallTcpOverManyPathsTcp() {
        assertThat(Protocol.MULTIPATH_TCP.reportName()).isEqualTo("TCP");
        assertThat(Protocol.UDP.reportName()).isEqualTo("UDP");
    }

    @Test
    void secretsAreNotShown() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair keys = generator.generateKeyPair();
        var credentials = new Credentials("mario", "rossi", (RSAPublicKey) keys.getPublic(), false);
        var authorization =
                new Authorization((RSAPrivateKey) keys.getPrivate(), (_, _) -> false, Authorization.DEFAULT_SKEW, true);

        assertThat(credentials.toString()).contains("mario").doesNotContain("rossi");
        assertThat(authorization.toString()).doesNotContain("key").contains("PT10S");
    }

    @Test
    void aBuilderMadeFromATestMakesTheSameTest() {
        TestConfig config = TestConfig.builder()
                .direction(Direction.BIDIRECTIONAL)
                .limit(new ForBytes(1))
                .omit(Duration.ofSeconds(2))
                .parallel(4)
                .metadata(new TestMetadata("title", "extra", true, "3.21"))
                .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
    }

    @Test
    void aTitleLeavesTheOtherExtrasAlone() {
        TestConfig config = TestConfig.builder()
                .metadata(new TestMetadata(null, "extra", true, "3.21"))
                .title("title")
                .build();

        assertThat(config.metadata()).isEqualTo(new TestMetadata("title", "extra", true, "3.21"));
    }

    @ParameterizedTest
    @CsvSource({"FORWARD, 3, true", "REVERSE, 3, false", "BIDIRECTIONAL, 6, true"})
    void theDirectionDecidesWhoSendsAndHowManyStreamsThereAre(Direction direction, int streams, boolean clientSends) {
        TestConfig config =
                TestConfig.builder().direction(direction).parallel(3).build();

        assertThat(config.streamCount()).isEqualTo(streams);
        assertThat(config.hasClientSenders()).isEqualTo(clientSends);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aLimitOfNothingIsRefused(long count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForBytes(count))
                .withMessage("count <= 0: " + count);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForBlocks(count))
                .withMessage("count <= 0: " + count);
    }

    @Test
    void anIntervalOfZeroIsAllowed() {
        assertThat(new ReportInterval(Duration.ZERO).length()).isZero();
    }

    @Test
    void aConnectTimeoutIsNeverNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(Duration.ofMillis(-1), Duration.ofSeconds(1), Duration.ZERO))
                .withMessage("connect < 0: PT-0.001S");
    }
}
