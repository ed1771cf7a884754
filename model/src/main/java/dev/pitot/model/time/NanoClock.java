package dev.pitot.model.time;

/// A monotonic clock. Its values mean nothing alone: only the difference of two does, and it
/// may overflow.
@FunctionalInterface
public interface NanoClock {
    /// Nanoseconds since an arbitrary moment. Any thread may call it.
    long nanoTime();
}
