package dev.pitot.probe.rpm;

import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Probes before there is load, one after the other: what the path takes without a queue. Used by the thread that
/// measures.
final class IdlePhase {
    private static final int WARM_UP = 10; // pairs that load classes and make the JVM compile; they do not count
    private static final int PAIRS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(5); // for the pairs that count

    private IdlePhase() {}

    /// Returns what was measured, also if it was stopped; null if that is nothing.
    static @Nullable RpmTerms run(RpmContext context) {
        var times = new ProbeTimes(context.options().stability());
        try (LoadConnection connection = context.connection()) {
            RpmStop stop = context.stop();
            var _ = stop.await(connection.open());
            for (int i = 0; i < WARM_UP && !stop.isRequested(); i++) {
                pair(context, connection, new ProbeTimes(context.options().stability()));
            }
            long begin = context.clients().clock().nanoTime();
            for (int i = 0; i < PAIRS && !stop.isRequested(); i++) {
                pair(context, connection, times);
                if (context.clients().clock().nanoTime() - begin > LONGEST.toNanos()) {
                    break;
                }
            }
        }
        RpmTerms terms = times.terms();
        return terms.counts().foreign() == 0 ? null : terms;
    }

    private static void pair(RpmContext context, LoadConnection connection, ProbeTimes times) {
        ProbeTimes.Foreign foreign = context.stop().await(context.foreign());
        if (foreign != null) {
            times.add(foreign);
        }
        if (connection.canProbe() && !context.stop().isRequested()) {
            OptionalDouble self = context.stop().await(connection.probe());
            if (self != null) {
                self.ifPresent(times::addSelf);
            }
        }
    }
}
