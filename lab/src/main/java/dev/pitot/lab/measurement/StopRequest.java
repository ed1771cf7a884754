package dev.pitot.lab.measurement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runs that a stop reaches, those that are yet to begin included.
final class StopRequest {
    private final List<IperfRun> runs = new ArrayList<>();
    private @Nullable Long askedNanos;
    private boolean isKilled;

    synchronized void add(IperfRun run) {
        runs.add(run);
        apply(run);
    }

    synchronized void stop(boolean atOnce, long nanos) {
        isKilled |= atOnce;
        askedNanos = askedNanos == null ? Long.valueOf(nanos) : askedNanos;
        runs.forEach(this::apply);
    }

    synchronized boolean isAsked() {
        return askedNanos != null;
    }

    synchronized boolean wasAskedBefore(long nanos) {
        return askedNanos != null && nanos - askedNanos >= 0;
    }

    private void apply(IperfRun run) {
        if (isKilled) {
            run.kill();
        } else if (askedNanos != null) {
            run.stop();
        }
    }
}
