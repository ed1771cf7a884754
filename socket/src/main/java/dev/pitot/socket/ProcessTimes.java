package dev.pitot.socket;

/// CPU time that this process has used since its start.
///
/// @param userNanos user time (Linux getrusage: ru_utime)
/// @param systemNanos system time (ru_stime); 0 if the platform reports only the total, which is
///     then in `userNanos`
public record ProcessTimes(long userNanos, long systemNanos) {
    /// User and system time together, in nanoseconds.
    public long totalNanos() {
        return userNanos + systemNanos;
    }
}
