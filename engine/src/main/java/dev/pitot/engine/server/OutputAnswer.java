package dev.pitot.engine.server;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.model.result.ServerOutput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Wait for a listener's printed output.
record OutputAnswer(CompletableFuture<@Nullable ServerOutput> output) implements AwaitedCondition {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @Override
    public boolean isMet(long nowNanos) {
        return output.isDone();
    }

    @Override
    public long nanosBetweenLooks() {
        return STEP_NANOS;
    }
}
