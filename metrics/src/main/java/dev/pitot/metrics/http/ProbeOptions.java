package dev.pitot.metrics.http;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/// Options of `/probe`. Any client of the endpoint can make this machine connect to every allowed
/// target and load the path to it: allow only the targets to be probed, especially if the endpoint
/// is reachable by untrusted clients.
///
/// @param prober runs the tests
/// @param profiles names of the available test profiles
/// @param allowed true for targets that may be probed
/// @param atOnce number of concurrent probes, 1 or more; they compete for bandwidth. An endpoint
///     accepts at most half of [EndpointLimits#exchanges()], so that pages are still served while probes
///     run
/// @param longest maximum duration of a probe, more than 0; a request may shorten it (see [Prober])
///     but not extend it
/// @param clock clock for the duration of probes
public record ProbeOptions(
        Prober prober,
        Set<String> profiles,
        Predicate<ProbeTarget> allowed,
        int atOnce,
        Duration longest,
        NanoClock clock) {
    /// Default of `longest`: twice Prometheus' default scrape interval (scrape_interval: 1m).
    public static final Duration DEFAULT_LONGEST = Duration.ofMinutes(2);

    /// @throws IllegalArgumentException if `atOnce` is below 1, `longest` is not more than 0, or
    ///     there is no profile
    public ProbeOptions {
        profiles = Set.copyOf(profiles);
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce < 1: " + atOnce);
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("longest not more than 0: " + longest);
        }
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("no profiles");
        }
    }

    /// Creates options for any target, one probe at a time, 2 minutes at most.
    public ProbeOptions(Prober prober, Set<String> profiles, NanoClock clock) {
        this(prober, profiles, _ -> true, 1, DEFAULT_LONGEST, clock);
    }

    /// Returns a copy that allows only some targets.
    public ProbeOptions withTargets(Predicate<ProbeTarget> only) {
        return new ProbeOptions(prober, profiles, only, atOnce, longest, clock);
    }

    /// Returns a copy with another number of concurrent probes.
    public ProbeOptions withAtOnce(int count) {
        return new ProbeOptions(prober, profiles, allowed, count, longest, clock);
    }

    /// Returns a copy with another maximum duration.
    public ProbeOptions withLongest(Duration time) {
        return new ProbeOptions(prober, profiles, allowed, atOnce, time, clock);
    }
}
