package dev.pitot.output.format;

import dev.pitot.model.time.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Converts times to the precision that iperf 3.21 reports. Its clock counts whole microseconds
/// (iperf_time.h: struct iperf_time), and it keeps the length of an interval as a C float (iperf.h:
/// interval_duration), so both its JSON and its rates have that precision.
public final class IperfTime {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /// Loaded when a date is written, not with the first interval: formatters need some sixty classes.
    private static final class Format {
        // strftime's "%a, %d %b %Y %H:%M:%S %Z" (iperf_api.c: rfc1123_fmt); unlike RFC_1123_DATE_TIME
        // the day has two digits
        static final DateTimeFormatter GMT =
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    }

    private IperfTime() {}

    /// Rounds to the nearest microsecond and returns seconds.
    public static double seconds(long nanos) {
        return ofMicros(micros(nanos));
    }

    /// Returns the length of an interval in seconds, with a float's 24-bit precision.
    public static double duration(Span span) {
        return (float) ofMicros(micros(span.endNanos()) - micros(span.startNanos()));
    }

    /// Returns bytes per second; 0 if no time has passed.
    public static double rate(long bytes, double seconds) {
        return seconds > 0 ? (double) bytes / seconds : 0;
    }

    /// Formats a time as in the JSON key `time` and in the line `Time:`, for example `Sat, 21 Nov
    /// 2026 04:04:29 GMT`.
    public static String gmt(Instant time) {
        return Format.GMT.format(time.atOffset(ZoneOffset.UTC));
    }

    // Rounded, not truncated: a peer's time arrives as a decimal fraction, whose binary value may
    // be slightly smaller.
    private static long micros(long nanos) {
        return (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    }

    // Sum of two parts, as in iperf_time_in_secs: a single division may differ in the last bit.
    private static double ofMicros(long micros) {
        long whole = micros / MICROS_PER_SECOND;
        return whole + (micros - whole * MICROS_PER_SECOND) / (double) MICROS_PER_SECOND;
    }
}
