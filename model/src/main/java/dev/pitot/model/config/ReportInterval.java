package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// Report interval of a running test (`-i`). Each end has its own; it is not sent to the peer.
///
/// @param length ZERO for a single report at the end, otherwise 100 ms..60 s
public record ReportInterval(Duration length) {
    private static final Duration MIN = Duration.ofMillis(100); // iperf.h: MIN_INTERVAL
    private static final Duration MAX = Duration.ofSeconds(60); // iperf.h: MAX_INTERVAL

    /// One second.
    public static final ReportInterval DEFAULT = new ReportInterval(Duration.ofSeconds(1));

    /// @throws InvalidSettingException (error 9) if out of range
    public ReportInterval {
        Objects.requireNonNull(length, "length is null");
        if (!length.isZero() && (length.compareTo(MIN) < 0 || length.compareTo(MAX) > 0)) {
            throw new InvalidSettingException(IperfError.INTERVAL);
        }
    }
}
