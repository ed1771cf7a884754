package dev.pitot.socket;

/// Processor time that this process has used since it began.
///
/// @param userNanos in the program (Linux getrusage: ru_utime)
/// @param systemNanos in the kernel (ru_stime); 0 where the platform tells only the total, which
///     `userNanos` then is
public record ProcessTimes(long userNanos, long systemNanos) {
    /// User and system time together, in nanoseconds.
    public long totalNanos() {
        return userNanos + systemNanos;
    }
}
