package dev.pitot.probe.stamp;

/// The settings of a reflector.
///
/// @param keepsCount whether it counts the answers of each session, so that a sender can tell where packets
///     were lost (stateful), or repeats the sender's numbers (stateless)
/// @param perSource answers to one address a second, 1 or more; of IPv6 to one /64
/// @param total answers to all addresses a second, 1 or more
/// @param options format, key and clock
public record ReflectorPlan(boolean keepsCount, int perSource, int total, StampOptions options) {
    /// Counts; 2000 answers a second to one address, 20,000 to all.
    public static final ReflectorPlan DEFAULT = new ReflectorPlan(true, 2_000, 20_000, StampOptions.DEFAULT);

    /// @throws IllegalArgumentException if a rate is not positive
    public ReflectorPlan {
        if (perSource < 1 || total < 1) {
            throw new IllegalArgumentException("rates below 1: " + perSource + ", " + total);
        }
    }
}
