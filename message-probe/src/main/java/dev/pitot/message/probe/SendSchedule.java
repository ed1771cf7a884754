package dev.pitot.message.probe;

import java.time.Duration;

/// The times at which messages of an even rate are due. They do not shift: a message that could not be sent in
/// time is still due at its time, and round trips are measured from there.
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

    /// Returns how many are due before that time, the time itself left out.
    long countBefore(long time) {
        return time <= begin ? 0 : (time - begin - 1) / interval + 1;
    }
}
