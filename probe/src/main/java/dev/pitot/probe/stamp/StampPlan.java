package dev.pitot.probe.stamp;

import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// The settings of a sender.
///
/// @param count of packets, 1..2^31 - 2
/// @param interval between two, 1 ms..1 h, kept whether answers come or not
/// @param timeout how long the answers to the last packets are waited for, 1 ms..1 min
/// @param dscp the differentiated services code point of packets, 0..63 (RFC 2474)
/// @param options format, key and clock
public record StampPlan(int count, Duration interval, Duration timeout, int dscp, StampOptions options) {
    /// Ten packets a second for ten seconds.
    public static final StampPlan DEFAULT =
            new StampPlan(100, Duration.ofMillis(100), Duration.ofSeconds(1), 0, StampOptions.DEFAULT);

    private static final int MAX_DSCP = 63;

    /// @throws IllegalArgumentException if something is out of range
    public StampPlan {
        check("interval", interval, Duration.ofHours(1));
        check("timeout", timeout, Duration.ofMinutes(1));
        if (count < 1 || count == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("count not in 1..2147483646: " + count);
        }
        if (dscp < 0 || dscp > MAX_DSCP) {
            throw new IllegalArgumentException("DSCP not in 0..63: " + dscp);
        }
    }

    private static void check(String name, Duration time, Duration most) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " not in 1 ms.." + ErrorText.of(most) + ": " + ErrorText.of(time));
        }
    }
}
