package dev.pitot.model.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Measurement of round-trip times beside the load of a test.
///
/// @param perSecond UDP echo requests per second, 0..1000, to a server that is Pitot too; 0 for none. Fewer
///     are sent if they would be more than 1 % of the load
/// @param idle whether the path is measured without load as well, before and after the test: for 2 s each, or
///     a fifth of the test if that is shorter. Only tests of a known duration without a file have it
/// @param target server to which TCP connections are opened instead, or null for none
public record ProbeSettings(
        int perSecond, boolean idle, @Nullable Endpoint target) {
    /// Greatest rate.
    public static final int MAX_PER_SECOND = 1000;

    /// Nothing is sent beside the load.
    public static final ProbeSettings NONE = new ProbeSettings(0, false, null);

    /// 100 requests per second, and before and after the load.
    public static final ProbeSettings DEFAULT = new ProbeSettings(100, true, null);

    /// @throws IllegalArgumentException if the rate is out of range, or the target's port is 0
    public ProbeSettings {
        if (perSecond < 0 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException("perSecond not in 0.." + MAX_PER_SECOND + ": " + perSecond);
        }
        if (target != null && target.port() == 0) {
            throw new IllegalArgumentException("the probe's target has no port: " + target.host());
        }
    }

    /// Returns these settings with this rate.
    ///
    /// @param value 0..1000 per second
    public ProbeSettings withPerSecond(int value) {
        return new ProbeSettings(value, idle, target);
    }

    /// Returns these settings with or without the time before and after the load.
    public ProbeSettings withIdle(boolean value) {
        return new ProbeSettings(perSecond, value, target);
    }

    /// Returns these settings with this server for TCP connections.
    public ProbeSettings withTarget(Endpoint value) {
        return new ProbeSettings(perSecond, idle, Objects.requireNonNull(value, "target is null"));
    }
}
