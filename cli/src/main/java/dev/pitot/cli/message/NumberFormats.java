package dev.pitot.cli.message;

import dev.pitot.message.probe.ProbeProgress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Formats of numbers, for people and for programs.
final class NumberFormats {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BITS_PER_MEGABIT = 1e6;

    private NumberFormats() {}

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / NANOS_PER_MILLI);
    }

    static @Nullable Double milliseconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / NANOS_PER_MILLI;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    /// Returns the interval of a line, as iperf's lines begin.
    static String interval(ProbeProgress second) {
        return String.format(Locale.ROOT, "%6.2f-%-6.2f s", seconds(second.from()), seconds(second.to()));
    }

    /// Returns an amount per second; null for no time.
    static @Nullable Double perSecond(double amount, Duration length) {
        return length.isPositive() ? amount / seconds(length) : null;
    }

    /// Returns messages and bits a second, or that they are unknown.
    static String rates(@Nullable Double messagesPerSecond, @Nullable Double bitsPerSecond) {
        return messagesPerSecond == null || bitsPerSecond == null
                ? "rate unknown"
                : String.format(
                        Locale.ROOT,
                        "%.0f messages/s, %.3f Mbit/s",
                        messagesPerSecond,
                        bitsPerSecond / BITS_PER_MEGABIT);
    }

    /// Returns a share with the digits that it needs, or that it is unknown.
    static String percent(@Nullable Double share) {
        if (share == null) {
            return "unknown";
        }
        double percent = share * 100;
        return percent == 0 ? "0%" : String.format(Locale.ROOT, percent < 0.01 ? "%.2g%%" : "%.2f%%", percent);
    }

    static @Nullable Double percentage(@Nullable Double share) {
        return share == null ? null : share * 100;
    }
}
