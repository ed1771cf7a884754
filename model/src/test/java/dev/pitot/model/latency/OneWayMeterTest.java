package dev.pitot.model.latency;

import static dev.pitot.model.latency.SimulatedPath.MILLI;
import static dev.pitot.model.latency.SimulatedPath.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.QueueingDirection;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OneWayMeterTest {
    private static final long RESOLUTION = 1_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsOffsetAndSkewOfAnIdlePath(long seed) {
        var path = new SimulatedPath(seed).run(10 * MILLI, 10 * SECOND);

        OneWayDelay.Measured measured = measured(path);

        assertThat(path.offset)
                .isBetween(measured.offset().lowerNanos(), measured.offset().upperNanos());
        assertThat(measured.floorNanos()).isCloseTo(path.forwardBase + path.reverseBase, within(40_000L));
        assertThat(measured.skewPpm()).isCloseTo(path.skew * 1e6, within(6.0)); // noise of 40 us in 10 s
        assertThat(measured.queueing()).isEqualTo(QueueingDirection.NONE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void saysWhichDirectionQueuesAndByHowMuch(long seed) {
        var path = new SimulatedPath(seed);
        long depth = path.random.nextLong(20 * MILLI, 200 * MILLI);
        boolean isForward = path.random.nextBoolean();
        if (isForward) {
            path.forwardQueue = at -> at < 2 * SECOND ? 0 : depth;
        } else {
            path.reverseQueue = at -> at < 2 * SECOND ? 0 : depth;
        }

        OneWayDelay.Measured measured = measured(path.run(10 * MILLI, 10 * SECOND));

        DelayChange queued = isForward ? measured.forward() : measured.reverse();
        DelayChange other = isForward ? measured.reverse() : measured.forward();
        assertThat(measured.queueing()).isEqualTo(isForward ? QueueingDirection.FORWARD : QueueingDirection.REVERSE);
        assertThat(median(queued)).isCloseTo(depth / 1e3, within(bound(measured)));
        assertThat(other.maxMicros()).isLessThan(bound(measured));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesAQueueThatGrowsAllTheTimeForNoSkew(long seed) {
        var path = new SimulatedPath(seed);
        path.forwardQueue = at -> at / 50; // 200 ms in 10 s

        OneWayDelay.Measured measured = measured(path.run(10 * MILLI, 10 * SECOND));

        assertThat(measured.queueing()).isEqualTo(QueueingDirection.FORWARD);
        assertThat(median(measured.forward())).isCloseTo(100_000, within(bound(measured) + 300));
        assertThat(measured.reverse().maxMicros()).isLessThan(bound(measured));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isRightWithLossReorderingAndQueuesOfBothDirections(long seed) {
        var path = new SimulatedPath(seed);
        path.loss = 0.3;
        path.forwardQueue = at -> at / SECOND % 2 == 0 ? path.random.nextLong(60 * MILLI) : 0;
        path.reverseQueue = at -> at / SECOND % 3 == 0 ? path.random.nextLong(30 * MILLI) : 0;

        OneWayDelay.Measured measured =
                measured(path.run(10 * MILLI, 12 * SECOND).reorder());

        assertThat(measured.forward().maxMicros()).isCloseTo(longestQueue(path, 0), within(bound(measured)));
        assertThat(measured.reverse().maxMicros()).isCloseTo(longestQueue(path, 1), within(bound(measured)));
        assertThat(measured.queueing()).isEqualTo(QueueingDirection.BOTH);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noticesAClockThatWasSetByMoreThanARoundTrip(long seed) {
        var path = new SimulatedPath(seed);
        long step = path.forwardBase + path.reverseBase + 20 * MILLI;
        path.step = at -> at < 5 * SECOND ? 0 : seed % 2 == 0 ? step : -step;

        OneWayDelay result = path.run(10 * MILLI, 10 * SECOND).measure(new OneWayMeter(RESOLUTION));

        assertThat(result).isEqualTo(new OneWayDelay.Unknown(OneWayDelay.Reason.CLOCK_STEPPED));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void claimsNoQueueWhenAClockWasSetByLess(long seed) {
        var path = new SimulatedPath(seed);
        long step = Math.min(path.forwardBase, path.reverseBase) / 2;
        path.step = at -> at < 5 * SECOND ? 0 : step;

        OneWayDelay.Measured measured = measured(path.run(10 * MILLI, 10 * SECOND));

        assertThat(measured.queueing()).isEqualTo(QueueingDirection.NONE);
        assertThat(measured.forward().maxMicros()).isLessThan(bound(measured));
        assertThat(measured.reverse().maxMicros()).isLessThan(bound(measured));
    }

    @Test
    void keepsLittleOfALongRun() {
        var path = new SimulatedPath(7);
        path.forwardQueue = at -> at / SECOND % 10 == 0 ? 50 * MILLI : 0;
        path.run(100 * MILLI, 20_000 * SECOND);
        var meter = new OneWayMeter(RESOLUTION);

        var measured = (OneWayDelay.Measured) path.measure(meter);

        assertThat(meter.samples()).isEqualTo(200_000);
        assertThat(measured.forward().samples()).isBetween(30_000, 65_536);
        assertThat(measured.skewPpm()).isCloseTo(path.skew * 1e6, within(0.1));
        assertThat(measured.forward().maxMicros()).isCloseTo(50_000, within(1_000.0));
        assertThat(measured.forward().percentiles().p95()).isGreaterThan(49_000);
        assertThat(measured.queueing()).isEqualTo(QueueingDirection.FORWARD);
    }

    @Test
    void leavesOutExchangesThatContradictThemselves() {
        var meter = new OneWayMeter(RESOLUTION);

        assertThat(meter.add(0, 100, 90, 50)).isFalse(); // answered before it was received
        assertThat(meter.add(10, 100, 110, 5)).isFalse(); // returned before it was sent
        assertThat(meter.add(0, 100, 200, 50)).isFalse(); // held for longer than it was away

        assertThat(meter.rejected()).isEqualTo(3);
        assertThat(meter.result()).isEqualTo(new OneWayDelay.Unknown(OneWayDelay.Reason.NO_SAMPLES));
    }

    @Test
    void saysNoMedianOfFourSamples() {
        OneWayDelay.Measured measured = measured(new SimulatedPath(3).run(SECOND, 4 * SECOND));

        assertThat(measured.forward().percentiles().p50()).isNull();
        assertThat(measured.queueing()).isEqualTo(QueueingDirection.UNKNOWN);
    }

    private static OneWayDelay.Measured measured(SimulatedPath path) {
        return (OneWayDelay.Measured) path.measure(new OneWayMeter(RESOLUTION));
    }

    private static double longestQueue(SimulatedPath path, int direction) {
        return path.queues.stream().mapToLong(queue -> queue[direction]).max().orElseThrow() / 1e3;
    }

    private static double median(DelayChange change) {
        return Objects.requireNonNull(change.percentiles().p50());
    }

    private static double bound(OneWayDelay.Measured measured) {
        return measured.boundNanos() / 1e3;
    }
}
