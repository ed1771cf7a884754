package dev.pitot.model.latency;

import dev.pitot.model.result.OneWayDelay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/// Exchanges over a path whose delays and clocks are known. Times in nanoseconds.
final class SimulatedPath {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private static final long NOISE = 20_000;
    private static final long DWELL = 50_000;

    final SplittableRandom random;
    final long offset;
    final double skew;
    final long forwardBase;
    final long reverseBase;
    final List<long[]> queues = new ArrayList<>();
    LongUnaryOperator forwardQueue = _ -> 0;
    LongUnaryOperator reverseQueue = _ -> 0;
    LongUnaryOperator step = _ -> 0; // of the remote clock
    double loss;
    private final List<long[]> exchanges = new ArrayList<>();

    SimulatedPath(long seed) {
        random = new SplittableRandom(seed);
        offset = random.nextLong(-1_000_000 * SECOND, 1_000_000 * SECOND);
        skew = random.nextDouble(-100e-6, 100e-6);
        forwardBase = random.nextLong(MILLI / 10, 50 * MILLI);
        reverseBase = random.nextLong(MILLI / 10, 50 * MILLI);
    }

    /// Exchanges a packet each interval for a time.
    SimulatedPath run(long interval, long length) {
        for (long at = 0; at < length; at += interval) {
            if (random.nextDouble() < loss) {
                continue;
            }
            long forward = forwardQueue.applyAsLong(at);
            long arrival = at + forwardBase + forward + random.nextLong(NOISE);
            long departure = arrival + random.nextLong(DWELL);
            long reverse = reverseQueue.applyAsLong(departure);
            long back = departure + reverseBase + reverse + random.nextLong(NOISE);
            exchanges.add(new long[] {at, remote(arrival), remote(departure), back});
            queues.add(new long[] {forward, reverse});
        }
        return this;
    }

    SimulatedPath reorder() {
        Collections.shuffle(exchanges, new Random(random.nextLong()));
        return this;
    }

    /// Returns what the remote clock shows.
    private long remote(long at) {
        return offset + at + Math.round(skew * at) + step.applyAsLong(at);
    }

    OneWayDelay measure(OneWayMeter meter) {
        for (long[] times : exchanges) {
            meter.add(times[0], times[1], times[2], times[3]);
        }
        return meter.result();
    }
}
