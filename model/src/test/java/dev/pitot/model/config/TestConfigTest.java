package dev.pitot.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.model.config.Limit.ForBlocks;
import dev.pitot.model.config.Limit.ForBytes;
import dev.pitot.model.config.Limit.ForDuration;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
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
                .isEqualTo(new StreamSettings(1, 131_072, Pacing.NONE, SocketSettings.DEFAULT, false));
        assertThat(config.extras()).isEqualTo(Extras.NONE);
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

        assertThat(streams).isEqualTo(new StreamSettings(3, 1000, pacing, socket, true));
    }

    @Test
    void aBitrateReplacesTheBurstButNotTheKernelsRate() {
        var fairQueueRate = new Bitrate(5);

        Pacing pacing = TestConfig.builder()
                .pacing(new Pacing(Bitrate.UNLIMITED, 20, fairQueueRate))
                .bitrate(new Bitrate(7))
                .build()
                .streams()
                .pacing();

        assertThat(pacing).isEqualTo(new Pacing(new Bitrate(7), 0, fairQueueRate));
    }

    @Test
    void aBuilderMadeFromATestMakesTheSameTest() {
        TestConfig config = TestConfig.builder()
                .direction(Direction.BIDIRECTIONAL)
                .limit(new ForBytes(1))
                .omit(Duration.ofSeconds(2))
                .parallel(4)
                .extras(new Extras("title", "extra", true, "3.21"))
                .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
    }

    @Test
    void aTitleLeavesTheOtherExtrasAlone() {
        TestConfig config = TestConfig.builder()
                .extras(new Extras(null, "extra", true, "3.21"))
                .title("title")
                .build();

        assertThat(config.extras()).isEqualTo(new Extras("title", "extra", true, "3.21"));
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
