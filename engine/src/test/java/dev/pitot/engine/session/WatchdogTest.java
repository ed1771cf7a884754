package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.DataStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.ReceiveTarget;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    /// The clock overflows during every test here, as a real one may at any moment.
    private static final long START = Long.valueOf(Long.MAX_VALUE) - SECOND / 2;

    private final Moved moved = new Moved();
    private int given;
    private final ReceiveTarget target = new ReceiveTarget(() -> given++);
    private final List<OpenStream> receivers = List.of(new OpenStream(
            new StreamInfo(1, 5, StreamRole.RECEIVER, new Endpoint("local", 1), new Endpoint("remote", 2)),
            new StubConnection(),
            moved,
            null));

    /// Stream with a settable number of bytes.
    private static final class Moved implements DataStream {
        private long bytes;

        @Override
        public void transfer(long startNanos) {
            // There is no connection.
        }

        @Override
        public void stop() {
            // It was never started.
        }

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public Duration blocked() {
            return Duration.ZERO;
        }

        @Override
        public void startCounting() {
            // There is no warm-up here.
        }

        @Override
        public CounterSnapshot snapshot() {
            return CounterSnapshot.ofBytes(bytes);
        }
    }

    private RateLimitWatchdog rateLimitWatchdog(long bitsPerSecond, Duration window) {
        var watch = new RateLimitWatchdog(receivers, new RateLimit(new Bitrate(bitsPerSecond), window));
        watch.start(START);
        return watch;
    }

    @Test
    void aRateIsAveragedOverTheWindow() {
        RateLimitWatchdog watch = rateLimitWatchdog(8_000, Duration.ofSeconds(1));

        for (int i = 1; i <= 9; i++) {
            moved.bytes += i == 1 ? 900 : 0; // a burst, and then nothing: 900 bytes in a second
            assertThat(watch.look(START + i * 100L * MILLI)).isNull();
        }
        assertThat(watch.look(START + SECOND)).isNull();
        moved.bytes += 1_001;
        assertThat(watch.look(START + 1_100 * MILLI)).isEqualTo(new Event.Stalled(IperfError.TOTAL_RATE, ""));
    }

    @Test
    void exactlyTheLimitIsAllowed() {
        RateLimitWatchdog watch = rateLimitWatchdog(8_000, Duration.ofSeconds(1));

        for (int i = 1; i <= 50; i++) {
            moved.bytes += 100;
            assertThat(watch.look(START + i * 100L * MILLI)).isNull();
        }
    }

    @Test
    void aBurstAtTheStartIsForgivenBeforeOneWindowHasPassed() {
        RateLimitWatchdog watch = rateLimitWatchdog(8_000, Duration.ofSeconds(1));
        moved.bytes = 1_000_000;

        assertThat(watch.look(START + 900 * MILLI)).isNull();
    }

    @Test
    void withoutALimitOrAWindowNothingIsWatched() {
        RateLimitWatchdog unlimited = rateLimitWatchdog(0, Duration.ofSeconds(1));
        RateLimitWatchdog windowless = rateLimitWatchdog(1, Duration.ZERO);
        moved.bytes = 1_000_000;

        assertThat(unlimited.nanosBetweenLooks()).isEqualTo(Long.MAX_VALUE);
        assertThat(unlimited.look(START + 100 * SECOND)).isNull();
        assertThat(windowless.look(START + 100 * SECOND)).isNull();
    }

    private static TestConfig.Builder datagrams() {
        return TestConfig.builder()
                .protocol(Protocol.UDP)
                .direction(Direction.REVERSE)
                .blockBytes(1_000)
                .bitrate(Bitrate.UNLIMITED)
                .limit(new Limit.ForBlocks(10));
    }

    private SilenceWatchdog silenceWatchdog(TestConfig test) {
        target.arm(10_000);
        SilenceWatchdog watch = SilenceWatchdog.of(receivers, test, target);
        watch.start(START);
        return watch;
    }

    /// True if the watch has given up after a check.
    private boolean givesUpAt(SilenceWatchdog watch, long nowNanos) {
        assertThat(watch.look(nowNanos)).isNull();
        return given > 0;
    }

    @Test
    void silenceAfterDataEndsATestWhoseLastDatagramsAreLost() {
        SilenceWatchdog watch = silenceWatchdog(datagrams().build());

        assertThat(givesUpAt(watch, START + 10 * SECOND)).isFalse(); // nothing has come: a different failure
        moved.bytes = 9_000;
        assertThat(givesUpAt(watch, START + 11 * SECOND)).isFalse();
        assertThat(givesUpAt(watch, START + 14 * SECOND - 1)).isFalse();
        assertThat(givesUpAt(watch, START + 14 * SECOND)).isTrue();
        assertThat(givesUpAt(watch, START + 20 * SECOND)).isTrue();
        assertThat(given).isEqualTo(1);
    }

    @Test
    void aSlowStreamMayBeSilentForLonger() {
        // a datagram a second
        SilenceWatchdog watch =
                silenceWatchdog(datagrams().bitrate(new Bitrate(8_000)).build());
        moved.bytes = 1_000;

        assertThat(givesUpAt(watch, START)).isFalse();
        assertThat(givesUpAt(watch, START + 10 * SECOND - 1)).isFalse();
        assertThat(givesUpAt(watch, START + 10 * SECOND)).isTrue();
    }

    @Test
    void onlyTestsOfSoManyDatagramsEndSo() {
        SilenceWatchdog timed = silenceWatchdog(
                datagrams().limit(new Limit.ForDuration(Duration.ofSeconds(1))).build());
        SilenceWatchdog bytes =
                silenceWatchdog(datagrams().protocol(Protocol.TCP).build());
        moved.bytes = 1_000;

        assertThat(timed.nanosBetweenLooks()).isEqualTo(Long.MAX_VALUE);
        for (SilenceWatchdog watch : List.of(timed, bytes)) {
            assertThat(givesUpAt(watch, START)).isFalse();
            assertThat(givesUpAt(watch, START + 100 * SECOND)).isFalse();
        }
    }

    @Test
    void aTestThatGoesOnLongerThanAllowedIsEnded() {
        var watch = new DurationWatchdog(Duration.ofSeconds(5));
        var none = new DurationWatchdog(Duration.ZERO);
        watch.start(START);
        none.start(START);

        assertThat(watch.look(START + 7 * SECOND)).isNull();
        assertThat(watch.look(START + 7 * SECOND + 1))
                .isEqualTo(new Event.Stalled(IperfError.SERVER_EXPIRED, "longer than the server permits"));
        assertThat(none.look(START + 1_000 * SECOND)).isNull();
    }

    private MinimumRateWatchdog minimumRateWatchdog(TestConfig test, boolean isPlaceWanted) {
        var watch = new MinimumRateWatchdog(receivers, test, () -> isPlaceWanted);
        watch.start(START);
        return watch;
    }

    /// Returns the first event of a watch that is checked every second.
    private @Nullable Event firstEvent(MinimumRateWatchdog watch, int seconds, long bytesPerSecond) {
        for (int i = 1; i <= seconds; i++) {
            moved.bytes += bytesPerSecond;
            Event event = watch.look(START + i * SECOND);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    @Test
    void whatHardlyMovesForAMinuteGivesWay() {
        MinimumRateWatchdog watch = minimumRateWatchdog(TestConfig.builder().build(), true);

        assertThat(firstEvent(watch, 59, 1)).isNull();
        assertThat(watch.isBelow()).isFalse();
        assertThat(watch.look(START + 60 * SECOND)).isInstanceOf(Event.Stalled.class);
        assertThat(watch.isBelow()).isTrue();
    }

    @Test
    void whatHardlyMovesGoesOnWhileNobodyElseWaits() {
        MinimumRateWatchdog watch = minimumRateWatchdog(TestConfig.builder().build(), false);

        assertThat(firstEvent(watch, 300, 1)).isNull();
        assertThat(watch.isBelow()).isTrue();
    }

    @Test
    void whatMovesAgainIsNoLongerSlow() {
        MinimumRateWatchdog watch = minimumRateWatchdog(TestConfig.builder().build(), false);
        assertThat(firstEvent(watch, 100, 1)).isNull();

        moved.bytes += 1_000_000;
        watch.look(START + 101 * SECOND);

        assertThat(watch.isBelow()).isFalse();
    }

    /// The minimum is 125 bytes per second.
    @Test
    void aSlowPathIsNoReasonToGiveWay() {
        MinimumRateWatchdog watch = minimumRateWatchdog(TestConfig.builder().build(), true);

        assertThat(firstEvent(watch, 600, 130)).isNull();
    }

    /// A client could request a tiny rate and keep its slot without a timeout.
    @Test
    void aLowRateIsNoReasonToKeepThePlace() {
        TestConfig slow = TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(20)
                .bitrate(new Bitrate(160))
                .build();

        assertThat(firstEvent(minimumRateWatchdog(slow, true), 61, 20)).isInstanceOf(Event.Stalled.class);
    }

    @Test
    void blocksThatNeverComeHaveFiveMinutes() {
        TestConfig rare = TestConfig.builder()
                .blockBytes(1_048_576)
                .bitrate(new Bitrate(1))
                .build();

        assertThat(firstEvent(minimumRateWatchdog(rare, true), 299, 0)).isNull();
        assertThat(firstEvent(minimumRateWatchdog(rare, true), 300, 0)).isInstanceOf(Event.Stalled.class);
    }

    @Test
    void blocksThatAreFarApartHaveTheirTime() {
        TestConfig rare = TestConfig.builder()
                .blockBytes(131_072)
                .bitrate(new Bitrate(8_000))
                .build();
        MinimumRateWatchdog watch = minimumRateWatchdog(rare, true);

        for (int i = 1; i <= 1_000; i++) {
            moved.bytes += i % 131 == 0 ? 131_072 : 0;
            assertThat(watch.look(START + i * SECOND)).isNull();
        }
    }
}
