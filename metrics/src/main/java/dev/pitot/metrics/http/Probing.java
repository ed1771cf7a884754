package dev.pitot.metrics.http;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/// What `/probe` may do. Whoever can reach the endpoint can have this machine connect to every
/// target that is allowed here, and load the path to it: allow no more than is meant to be
/// probed, above all where the endpoint is open to strangers.
///
/// @param prober runs the tests
/// @param profiles names of the kinds of test that may be asked for
/// @param allowed which targets may be
/// @param atOnce how many probes may run together, 1 or more; each takes bandwidth from the
/// others. An endpoint takes no more than half of [Limits#exchanges()], so that pages are
/// still served while probes run
/// @param longest how long a probe may take at most, more than 0; whoever asks for it may shorten
/// that (see [Prober]), and can have no more
/// @param clock measures how long a probe took
public record Probing(
        Prober prober, Set<String> profiles, Predicate<Target> allowed, int atOnce, Duration longest, NanoClock clock) {
    /// Twice the longest scrape that Prometheus makes by its defaults (scrape_interval: 1m).
    public static final Duration DEFAULT_LONGEST = Duration.ofMinutes(2);

    /// @throws IllegalArgumentException if `atOnce` is below 1, `longest` not more than 0, or
    ///     there is no profile
    public Probing {
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

    /// Any target, one probe at a time, for 2 minutes at most.
    public Probing(Prober prober, Set<String> profiles, NanoClock clock) {
        this(prober, profiles, _ -> true, 1, DEFAULT_LONGEST, clock);
    }

    /// The same for some targets only.
    public Probing withTargets(Predicate<Target> only) {
        return new Probing(prober, profiles, only, atOnce, longest, clock);
    }

    /// The same with another number of probes at once.
    public Probing withAtOnce(int count) {
        return new Probing(prober, profiles, allowed, count, longest, clock);
    }

    /// The same with another bound for how long a probe takes.
    public Probing withLongest(Duration time) {
        return new Probing(prober, profiles, allowed, atOnce, time, clock);
    }
}
