package dev.pitot.message.probe;

import java.time.Duration;

/// When messages of an even rate are due. It is never late: what could not be sent in time is
/// still due at its time, and times are measured from there.
///
/// @param begin the time of the first, in nanoseconds
/// @param interval between two, more than 0
record SendSchedule(long begin, long interval) {
    static SendSchedule of(long begin, Duration interval) {
        return new SendSchedule(begin, interval.toNanos());
    }

    long dueAt(long number) {
        return begin + number * interval;
    }

    /// How many are due before that time, the time itself left out.
    long countBefore(long time) {
        return time <= begin ? 0 : (time - begin - 1) / interval + 1;
    }
}
