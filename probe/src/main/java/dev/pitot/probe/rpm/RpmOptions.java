package dev.pitot.probe.rpm;

import java.time.Duration;

/// Parameters of the draft. Defaults are those of revision 09, but for the interval.
///
/// @param isBoth whether both directions are loaded at once
/// @param interval ID, 100 ms to 60 s. 1 s is what tools and revisions to 08 use; revision 09 says 5 s "for now",
///     with which a first result of medium confidence takes 20 s
/// @param limit longest load of a direction, 1 s to 1 h
/// @param load connections
/// @param probes and what they may cost
/// @param stability test
public record RpmOptions(
        boolean isBoth, Duration interval, Duration limit, LoadPlan load, ProbePlan probes, StabilityPlan stability) {
    /// Shortest interval.
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    /// Longest interval.
    public static final Duration MAX_INTERVAL = Duration.ofSeconds(60);
    /// Shortest limit.
    public static final Duration MIN_LIMIT = Duration.ofSeconds(1);
    /// Longest limit.
    public static final Duration MAX_LIMIT = Duration.ofHours(1);

    /// The draft's defaults, but for the interval of 1 s; 20 s of load in each direction at most.
    public static final RpmOptions DEFAULT = new RpmOptions(
            false,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            new LoadPlan(1, 1, 16),
            new ProbePlan(100, 0.05),
            new StabilityPlan(4, 0.05, 0.95));

    public RpmOptions {
        check(interval, MIN_INTERVAL, MAX_INTERVAL, "interval");
        check(limit, MIN_LIMIT, MAX_LIMIT, "limit");
    }

    private static void check(Duration value, Duration min, Duration max, String name) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("the %s is %s to %s, not %s".formatted(name, min, max, value));
        }
    }

    /// Connections that carry load.
    ///
    /// @param first INP: at the start, from 1
    /// @param added INC: after each interval, from 0
    /// @param most MNP: in each direction, `first` to 64
    public record LoadPlan(int first, int added, int most) {
        private static final int MAX = 64;

        public LoadPlan {
            if (first < 1 || added < 0 || most < first || most > MAX) {
                throw new IllegalArgumentException("invalid connections: %d, %d, %d".formatted(first, added, most));
            }
        }
    }

    /// Probes under load.
    ///
    /// @param perSecond MPS: most probes a second, 2 to 1000; half of them are foreign, half self
    /// @param share PTC: most of the goodput that they may cost, above 0 to 1. The draft estimates 5000 bytes for a
    ///     foreign probe and 1000 for a self probe
    public record ProbePlan(int perSecond, double share) {
        public ProbePlan {
            if (perSecond < 2 || perSecond > 1000 || !(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("invalid probes: %d, %s".formatted(perSecond, share));
            }
        }
    }

    /// Test by which a figure is stable.
    ///
    /// @param distance MAD: intervals of the moving average, 2 to 100
    /// @param tolerance SDT: most standard deviation of the last MAD averages, as a share of the newest, 0 to 1
    /// @param kept TMP: share of probes in a trimmed mean, above 0 to 1; the slowest are left out
    public record StabilityPlan(int distance, double tolerance, double kept) {
        public StabilityPlan {
            if (distance < 2 || distance > 100 || !(tolerance >= 0 && tolerance <= 1) || !(kept > 0 && kept <= 1)) {
                throw new IllegalArgumentException(
                        "invalid stability: %d, %s, %s".formatted(distance, tolerance, kept));
            }
        }
    }

    /// Returns these options for both directions at once, or one after the other.
    public RpmOptions withBoth(boolean both) {
        return new RpmOptions(both, interval, limit, load, probes, stability);
    }

    /// Returns these options with another interval.
    public RpmOptions withInterval(Duration value) {
        return new RpmOptions(isBoth, value, limit, load, probes, stability);
    }

    /// Returns these options with another limit of each direction.
    public RpmOptions withLimit(Duration value) {
        return new RpmOptions(isBoth, interval, value, load, probes, stability);
    }

    /// Returns these options with other connections.
    public RpmOptions withLoad(LoadPlan value) {
        return new RpmOptions(isBoth, interval, limit, value, probes, stability);
    }

    /// Returns these options with other probes.
    public RpmOptions withProbes(ProbePlan value) {
        return new RpmOptions(isBoth, interval, limit, load, value, stability);
    }

    /// Returns these options with another test of stability.
    public RpmOptions withStability(StabilityPlan value) {
        return new RpmOptions(isBoth, interval, limit, load, probes, value);
    }
}
