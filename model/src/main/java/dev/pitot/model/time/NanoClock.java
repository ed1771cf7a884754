package dev.pitot.model.time;

/// Monotonic clock. Only the difference of two values is meaningful, and it may overflow.
@FunctionalInterface
public interface NanoClock {
    /// Nanoseconds since an arbitrary moment. Any thread may call it.
    long nanoTime();
}
