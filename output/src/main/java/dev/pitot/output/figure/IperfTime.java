package dev.pitot.output.figure;

import dev.pitot.model.time.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as iperf 3.21 reports them. Its clock counts whole microseconds (iperf_time.h: struct
/// iperf_time), and it keeps the length of an interval as a C float (iperf.h: interval_duration),
/// so both its JSON and its rates show that much and no more.
public final class IperfTime {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    // strftime's "%a, %d %b %Y %H:%M:%S %Z" (iperf_api.c: rfc1123_fmt); unlike RFC_1123_DATE_TIME
    // the day has two digits
    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private IperfTime() {}

    /// The nearest whole microsecond, in seconds.
    public static double seconds(long nanos) {
        return ofMicros(micros(nanos));
    }

    /// The length of an interval in seconds, with a float's 24 bits.
    public static double duration(Span span) {
        return (float) ofMicros(micros(span.endNanos()) - micros(span.startNanos()));
    }

    /// Bytes per second; 0 where no time has passed.
    public static double rate(long bytes, double seconds) {
        return seconds > 0 ? (double) bytes / seconds : 0;
    }

    /// A moment as in the JSON key `time` and in the line `Time:`, for example `Sat, 21 Nov 2026
    /// 04:04:29 GMT`.
    public static String gmt(Instant time) {
        return GMT.format(time.atOffset(ZoneOffset.UTC));
    }

    // Rounded, not cut off: a peer's time comes as a decimal fraction, which in binary may lie
    // just below.
    private static long micros(long nanos) {
        return (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    }

    // Summed from two parts as iperf_time_in_secs does: a single division may differ in the last
    // bit.
    private static double ofMicros(long micros) {
        long whole = micros / MICROS_PER_SECOND;
        return whole + (micros - whole * MICROS_PER_SECOND) / (double) MICROS_PER_SECOND;
    }
}
