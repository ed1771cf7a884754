package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// TCP keep-alive (RFC 9293, 3.8.4) of the control connection, in whole seconds (`--cntl-ka`).
///
/// @param idle idle time before the first probe (TCP_KEEPIDLE); ZERO for the system default
/// @param interval time between probes (TCP_KEEPINTVL); ZERO for the system default
/// @param count unanswered probes that end the connection (TCP_KEEPCNT); 0 for the system default
public record KeepAlive(Duration idle, Duration interval, int count) {
    /// System defaults.
    public static final KeepAlive DEFAULT = new KeepAlive(Duration.ZERO, Duration.ZERO, 0);

    /// @throws InvalidSettingException (error 36) if a value is negative, or if `idle` is set but
    ///     not longer than all probes take
    /// @throws IllegalArgumentException if a duration has a fraction of a second
    public KeepAlive {
        Objects.requireNonNull(idle, "idle is null");
        Objects.requireNonNull(interval, "interval is null");
        if (idle.isNegative() || interval.isNegative() || count < 0) {
            throw new InvalidSettingException(IperfError.KEEPALIVE);
        }
        requireWholeSeconds("idle", idle);
        requireWholeSeconds("interval", interval);
        if (!idle.isZero() && idle.compareTo(interval.multipliedBy(count)) <= 0) { // iperf's message and rule
            throw new InvalidSettingException(
                    IperfError.KEEPALIVE,
                    "Keepalive Idle time (" + idle.toSeconds() + ") should be greater than Retries-interval ("
                            + interval.toSeconds() + ") times Retries-count (" + count + ")");
        }
    }

    /// The kernel uses whole seconds (tcp(7)).
    private static void requireWholeSeconds(String name, Duration time) {
        if (!time.equals(Duration.ofSeconds(time.toSeconds()))) {
            throw new IllegalArgumentException(name + " is not in whole seconds: " + time);
        }
    }
}
