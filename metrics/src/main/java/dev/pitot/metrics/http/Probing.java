package dev.pitot.metrics.http;

import dev.pitot.model.time.NanoClock;
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
/// others
/// @param clock measures how long a probe took
public record Probing(Prober prober, Set<String> profiles, Predicate<Target> allowed, int atOnce, NanoClock clock) {

    /// @throws IllegalArgumentException if `atOnce` is below 1 or there is no profile
    public Probing {
        profiles = Set.copyOf(profiles);
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce < 1: " + atOnce);
        }
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("no profiles");
        }
    }

    /// Any target, one probe at a time.
    public Probing(Prober prober, Set<String> profiles, NanoClock clock) {
        this(prober, profiles, _ -> true, 1, clock);
    }

    /// The same for some targets only.
    public Probing withTargets(Predicate<Target> only) {
        return new Probing(prober, profiles, only, atOnce, clock);
    }

    /// The same with another number of probes at once.
    public Probing withAtOnce(int count) {
        return new Probing(prober, profiles, allowed, count, clock);
    }
}
