package dev.pitot.model.latency;

import dev.pitot.model.result.ClockOffset;
import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.OneWayDelay;
import java.util.Arrays;

/// Collects exchanges of time stamps and derives from them offset and skew of two clocks, and how the delay
/// of each direction changed. For one thread. It keeps the smallest delays of 1024 time slots, which get
/// longer as the run does, and 65,536 exchanges at most, from then on every second, fourth and so on: 2 MiB.
///
/// With the skew removed, a line lies below all delays of a direction (the lower convex hull of Moon, Skelly
/// and Towsley, INFOCOM 1999), here with one slope for both directions. Of all slopes, the meter takes that
/// for which the two lines together are highest, or the smallest of those that are as good but for jitter: a
/// queue that grows all the time in one direction is then no skew, because the other direction contradicts
/// it.
public final class OneWayMeter {
    private static final int MAX_SAMPLES = 65_536;
    private static final int FIRST_SAMPLES = 1024;
    private static final double PPM = 1e-6;
    private static final double MAX_SKEW = 500 * PPM; // RFC 5905: no clock that is worth correcting is worse
    private static final double RESIDUAL_SKEW = 15 * PPM; // PHI of RFC 5905
    private static final double JITTER_NANOS = 200_000; // of the smallest delays of slots
    private static final double JITTER_SHARE = 0.25; // that the choice of a smaller skew may cost
    private static final int STEPS = 100; // of the search: each takes away a third of 1000 ppm
    private static final int PER_SAMPLE = 4;

    private final long resolutionNanos;
    private final DelayFloor floor = new DelayFloor();
    private long[] kept = new long[FIRST_SAMPLES * PER_SAMPLE];
    private int size; // in kept
    private int stride = 1;
    private long samples;
    private long rejected;
    private long begin; // local time of the first exchange
    private long end;
    private long forwardBase; // of the first exchange: what is kept is relative, so that doubles are exact enough
    private long reverseBase;
    private long minRoundTrip = Long.MAX_VALUE;

    /// @param resolutionNanos what both clocks' readings are told apart by, together, 0 or more
    public OneWayMeter(long resolutionNanos) {
        this.resolutionNanos = resolutionNanos;
    }

    /// Takes an exchange, as [ClockOffset#of]. The clocks may have any origin; the local one must not be set
    /// during the run. Exchanges may come in any order.
    ///
    /// @return false if its times contradict each other, so that it is left out
    public boolean add(long sent, long received, long answered, long returned) {
        long forward = received - sent;
        long reverse = returned - answered;
        if (returned < sent || answered < received || forward + reverse < 0) {
            rejected++;
            return false;
        }
        if (samples == 0) {
            begin = sent;
            end = sent;
            forwardBase = forward;
            reverseBase = reverse;
        }
        begin = Math.min(begin, sent);
        end = Math.max(end, returned);
        minRoundTrip = Math.min(minRoundTrip, forward + reverse);
        floor.add(sent, forward - forwardBase, returned, reverse - reverseBase);
        if (samples % stride == 0) {
            keep(sent, forward - forwardBase, returned, reverse - reverseBase);
        }
        samples++;
        return true;
    }

    private void keep(long sent, long forward, long returned, long reverse) {
        if (size == MAX_SAMPLES * PER_SAMPLE) {
            thin();
            if (samples % stride != 0) {
                return;
            }
        }
        if (size == kept.length) {
            kept = Arrays.copyOf(kept, size * 2);
        }
        kept[size] = sent;
        kept[size + 1] = forward;
        kept[size + 2] = returned;
        kept[size + 3] = reverse;
        size += PER_SAMPLE;
    }

    private void thin() {
        for (int from = 0, to = 0; from < size; from += 2 * PER_SAMPLE, to += PER_SAMPLE) {
            System.arraycopy(kept, from, kept, to, PER_SAMPLE);
        }
        size /= 2;
        stride *= 2;
    }

    /// Returns how many exchanges were taken.
    public long samples() {
        return samples;
    }

    /// Returns how many were left out because their times contradict each other.
    public long rejected() {
        return rejected;
    }

    /// Returns what the exchanges until now tell.
    public OneWayDelay result() {
        if (samples == 0) {
            return new OneWayDelay.Unknown(OneWayDelay.Reason.NO_SAMPLES);
        }
        double best = steepest();
        long length = end - begin;
        long upper = forwardBase + Math.round(floor.forward(begin, best));
        long lower = -reverseBase - Math.round(floor.reverse(begin, best));
        if (upper - lower < -resolutionNanos) {
            return new OneWayDelay.Unknown(OneWayDelay.Reason.CLOCK_STEPPED);
        }
        double jitter = Math.min(RESIDUAL_SKEW * length, JITTER_NANOS);
        double skew = nearest(best, 0, JITTER_SHARE * jitter);
        double high = nearest(best, MAX_SKEW, jitter);
        double low = nearest(best, -MAX_SKEW, jitter);
        double open = Math.max(high - skew, skew - low) * length;
        long apart = Math.max(0, minRoundTrip - Math.max(0, upper - lower));
        return new OneWayDelay.Measured(
                new ClockOffset(Math.min(lower, upper), upper),
                skew / PPM,
                change(0, 1, floor.forward(begin, skew), skew),
                change(2, 3, floor.reverse(begin, skew), -skew),
                Math.round(open + jitter) + resolutionNanos + apart);
    }

    private DelayChange change(int time, int delay, double floorNanos, double slope) {
        var changes = new long[size / PER_SAMPLE];
        for (int i = 0; i < changes.length; i++) {
            int at = i * PER_SAMPLE;
            double nanos = kept[at + delay] - slope * (kept[at + time] - begin) - floorNanos;
            changes[i] = Math.max(0, Math.round(nanos));
        }
        return DelayChange.of(changes);
    }

    /// Returns the slope for which the two floors together are highest.
    private double steepest() {
        double low = -MAX_SKEW;
        double high = MAX_SKEW;
        for (int i = 0; i < STEPS; i++) {
            double third = (high - low) / 3;
            if (sum(low + third) < sum(high - third)) {
                low += third;
            } else {
                high -= third;
            }
        }
        return (low + high) / 2;
    }

    /// Returns the slope that fits nearly as well as the best and is nearest to another one.
    ///
    /// @param jitter by how much floors differ that are taken for equal, in nanoseconds
    private double nearest(double best, double other, double jitter) {
        double enough = sum(best) - resolutionNanos - jitter;
        if (sum(other) >= enough) {
            return other;
        }
        double near = other;
        double far = best; // is enough, and near is not
        for (int i = 0; i < STEPS; i++) {
            double middle = (near + far) / 2;
            if (sum(middle) < enough) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return far;
    }

    private double sum(double skew) {
        return floor.forward(begin, skew) + floor.reverse(begin, skew);
    }
}
