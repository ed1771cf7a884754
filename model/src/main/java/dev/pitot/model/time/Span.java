package dev.pitot.model.time;

/// Period of a test, in nanoseconds since the start of the test or, after a warm-up, of its
/// measured part.
///
/// @param startNanos 0 or more
/// @param endNanos not before `startNanos`
public record Span(long startNanos, long endNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// @throws IllegalArgumentException if the span ends before it starts, or starts before 0
    public Span {
        if (startNanos < 0 || endNanos < startNanos) {
            throw new IllegalArgumentException("not a span: " + startNanos + ".." + endNanos);
        }
    }

    /// Returns the span from 0 to `endNanos`.
    public static Span until(long endNanos) {
        return new Span(0, endNanos);
    }

    /// Its length in nanoseconds.
    public long nanos() {
        return endNanos - startNanos;
    }

    /// Its start in seconds.
    public double startSeconds() {
        return startNanos / NANOS_PER_SECOND;
    }

    /// Its end in seconds.
    public double endSeconds() {
        return endNanos / NANOS_PER_SECOND;
    }

    /// Its length in seconds.
    public double seconds() {
        return nanos() / NANOS_PER_SECOND;
    }

    /// Average rate of `bytes` over this span in bit/s; 0 for an empty span.
    public double bitsPerSecond(long bytes) {
        return nanos() == 0 ? 0 : bytes * 8.0 / seconds();
    }
}
