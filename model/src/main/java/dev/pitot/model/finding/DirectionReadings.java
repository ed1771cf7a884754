package dev.pitot.model.finding;

import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Periodic readings of one direction in bounded memory: when there is no room, every second one is
/// dropped, and from then on every second one is kept. Belongs to one thread.
public final class DirectionReadings {
    private static final int CAPACITY = 1024;
    private static final int MIN_POLICER_LOSSES = 15; // the policing paper, SIGCOMM 2016
    private static final double INFLATED = 1.3; // the same
    private static final double MIN_INFLATION_MICROS = 1000;
    private static final double BUCKET_ROUND_TRIPS = 2; // the same: as much may be left in an empty bucket
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1000;
    private static final double BITS = 8;
    private static final int MIN_SLICES = 5;
    private static final double RAMP_DONE = 0.9;

    private final long[] nanos = new long[CAPACITY]; // since the first reading
    private final long[] bytes = new long[CAPACITY];
    private final long[] retransmits = new long[CAPACITY];
    private final double[] roundTrips = new double[CAPACITY];
    private long startNanos;
    private int count;
    private int skip;
    private int keepEvery = 1;
    private boolean knowsLosses = true;
    private long windowReadings;
    private long drainedReadings;

    /// Adds a reading. The first one is the start of what is described.
    ///
    /// @param time nanoseconds of a monotonic clock, later than that of the reading before; it may overflow
    /// @param totalBytes bytes sent or received until then
    /// @param totalRetransmits segments sent again until then; negative if unknown
    /// @param roundTripMicros the smoothed round-trip time; the longest of several streams
    public void add(long time, long totalBytes, long totalRetransmits, double roundTripMicros) {
        knowsLosses &= totalRetransmits >= 0;
        startNanos = count == 0 ? time : startNanos;
        if (skip > 0) {
            skip--;
            return;
        }
        if (count == CAPACITY) {
            halve();
        }
        nanos[count] = time - startNanos;
        bytes[count] = totalBytes;
        retransmits[count] = totalRetransmits;
        roundTrips[count] = roundTripMicros;
        count++;
        skip = keepEvery - 1;
    }

    /// Adds a reading of one sending stream's windows.
    ///
    /// @param isDrained true if data was on its way and none was left to send, although there was room
    public void addWindow(boolean isDrained) {
        windowReadings++;
        drainedReadings += isDrained ? 1 : 0;
    }

    /// Returns the share of drained readings, 0..1; null if there are none.
    public @Nullable Double drainedShare() {
        return windowReadings == 0 ? null : (double) drainedReadings / windowReadings;
    }

    private void halve() {
        for (int i = 0; 2 * i < CAPACITY; i++) {
            nanos[i] = nanos[2 * i];
            bytes[i] = bytes[2 * i];
            retransmits[i] = retransmits[2 * i];
            roundTrips[i] = Math.max(roundTrips[2 * i], roundTrips[Math.min(2 * i + 1, CAPACITY - 1)]);
        }
        count = CAPACITY / 2;
        keepEvery *= 2;
    }

    /// Returns the timing of the losses; null if they are unknown or there are fewer than two readings.
    ///
    /// @param floorMicros lowest round trip known from elsewhere
    public @Nullable LossTiming losses(double floorMicros) {
        if (!knowsLosses || count < 2) {
            return null;
        }
        double lowest = floorMicros;
        for (int i = 0; i < count; i++) {
            lowest = roundTrips[i] > 0 ? Math.min(lowest, roundTrips[i]) : lowest;
        }
        int losses = 0;
        int inflated = 0;
        for (int i = 1; i < count; i++) {
            if (isLoss(i)) {
                losses++;
                double highest = Math.max(roundTrips[i - 1], roundTrips[i]);
                if (highest > INFLATED * lowest && highest > lowest + MIN_INFLATION_MICROS) {
                    inflated++;
                }
            }
        }
        return new LossTiming(count - 1, losses, inflated, losses < MIN_POLICER_LOSSES ? null : policer(lowest));
    }

    private boolean isLoss(int i) {
        return retransmits[i] > retransmits[i - 1];
    }

    /// A policer lets pass what its bucket has tokens for. At the first loss the bucket is empty, and it
    /// fills at the rate of what passed until the last one.
    private LossTiming.@Nullable TokenBucket policer(double lowestMicros) {
        int first = 1;
        while (!isLoss(first)) {
            first++;
        }
        int last = count - 1;
        while (!isLoss(last)) {
            last--;
        }
        long time = nanos[last] - nanos[first];
        if (time <= 0) {
            return null;
        }
        double rate = (bytes[last] - bytes[first]) / (double) time; // bytes per nanosecond
        double tokens = 0;
        int lossReadings = 0;
        int empty = 0;
        int passes = 0;
        int filled = 0;
        for (int i = first + 1; i <= last; i++) {
            long step = nanos[i] - nanos[i - 1];
            tokens += rate * step - (bytes[i] - bytes[i - 1]);
            // a reading says that there were losses, not when: so the time between two is uncertain too
            double nearlyEmpty = rate * (BUCKET_ROUND_TRIPS * lowestMicros * NANOS_PER_MICRO + step);
            if (isLoss(i)) {
                lossReadings++;
                empty += tokens <= nearlyEmpty ? 1 : 0;
            } else {
                passes++;
                filled += tokens >= -nearlyEmpty ? 1 : 0;
            }
        }
        return lossReadings == 0 || passes == 0
                ? null
                : new LossTiming.TokenBucket(
                        rate * BITS * NANOS_PER_SECOND, (double) empty / lossReadings, (double) filled / passes);
    }

    /// Returns how the rate varied; null if there were fewer than 5 seconds.
    public @Nullable RateSpread rates() {
        int slices = count < 2 ? 0 : (int) ((nanos[count - 1] - nanos[0]) / NANOS_PER_SECOND);
        if (slices < MIN_SLICES) {
            return null;
        }
        double[] rates = new double[count - 1];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (bytes[i + 1] - bytes[i]) / Math.max(1.0, (double) (nanos[i + 1] - nanos[i]));
        }
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        double reached = RAMP_DONE * sorted[sorted.length / 2];
        int ramp = 0;
        while (ramp < rates.length - 1 && rates[ramp] < reached) {
            ramp++;
        }
        double whole = nanos[count - 1] - nanos[0];
        return new RateSpread(slices, variation(nanos[ramp]), (nanos[ramp] - nanos[0]) / whole);
    }

    private double variation(long fromNanos) {
        long end = nanos[count - 1];
        int slices = (int) ((end - fromNanos) / NANOS_PER_SECOND);
        if (slices < 2) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (int slice = 0; slice < slices; slice++) {
            long start = fromNanos + (long) (slice * NANOS_PER_SECOND);
            double rate = bytesAt(start + (long) NANOS_PER_SECOND) - bytesAt(start);
            sum += rate;
            squares += rate * rate;
        }
        double mean = sum / slices;
        double variance = Math.max(0, squares / slices - mean * mean);
        return mean == 0 ? 0 : Math.sqrt(variance) / mean;
    }

    /// Bytes at a moment, interpolated between two readings.
    private double bytesAt(long time) {
        int i = Arrays.binarySearch(nanos, 0, count, time);
        if (i >= 0) {
            return bytes[i];
        }
        int after = Math.min(-i - 1, count - 1);
        int before = Math.max(0, after - 1);
        double step = nanos[after] - nanos[before];
        double part = step == 0 ? 0 : (time - nanos[before]) / step;
        return bytes[before] + part * (bytes[after] - bytes[before]);
    }
}
