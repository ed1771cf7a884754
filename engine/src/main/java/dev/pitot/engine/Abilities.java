package dev.pitot.engine;

import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Refuses by name what a socket family cannot do, before anything is opened.
final class Abilities {
    private Abilities() {}

    static void check(TestConfig test, Timeouts timeouts, SocketFamily family) {
        Set<Feature> missing = needs(test);
        missing.addAll(needs(timeouts));
        refuse(missing, family);
    }

    static void check(Timeouts timeouts, SocketFamily family) {
        refuse(needs(timeouts), family);
    }

    private static void refuse(Set<Feature> needs, SocketFamily family) {
        needs.removeAll(family.features());
        if (!needs.isEmpty()) {
            String options = needs.stream().map(Feature::option).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    options + " cannot be done with " + family.name() + " sockets (--socket linux can, on Linux)");
        }
    }

    private static Set<Feature> needs(TestConfig test) {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        if (test.streams().socket().mss() != 0) {
            needs.add(Feature.MSS);
        }
        if (test.streams().socket().congestion() != null) {
            needs.add(Feature.CONGESTION);
        }
        if (!test.streams().pacing().fairQueueRate().isUnlimited()) {
            needs.add(Feature.FAIR_QUEUE_RATE);
        }
        return needs;
    }

    private static Set<Feature> needs(Timeouts timeouts) {
        return timeouts.send().isZero() ? EnumSet.noneOf(Feature.class) : EnumSet.of(Feature.USER_TIMEOUT);
    }
}
