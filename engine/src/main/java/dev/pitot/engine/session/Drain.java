package dev.pitot.engine.session;

/// The wait, at the end of a test, for data that is still under way: until all of it is there, or it makes no
/// progress any more. The end of a test is told on another connection and may overtake data.
public final class Drain implements AwaitedCondition {
    private final Progress progress;
    private final Limits limits;
    private final long startNanos;
    private long lookNanos;
    private long silentNanos;
    private long best;
    private boolean hasLooked;
    private boolean isOver;
    private long overNanos;

    /// What is waited for.
    public interface Progress {
        /// Grows while the data arrives.
        long position();

        /// Whether everything is there.
        boolean isComplete(long position);
    }

    /// How long to wait.
    ///
    /// @param silenceNanos without progress, after which the rest is not coming
    /// @param mostNanos in all, whatever still comes
    /// @param stepNanos between two looks
    /// @param maxStepNanos that one step counts as silence, however long it took
    /// @param restNanos after the wait: for the peer to read what has arrived
    public record Limits(long silenceNanos, long mostNanos, long stepNanos, long maxStepNanos, long restNanos) {}

    /// A wait that begins now.
    public Drain(Progress progress, Limits limits, long nowNanos) {
        this.progress = progress;
        this.limits = limits;
        startNanos = nowNanos;
        lookNanos = nowNanos;
    }

    @Override
    public boolean isMet(long nowNanos) {
        if (!isOver) {
            look(nowNanos);
        }
        return isOver && nowNanos - overNanos >= limits.restNanos;
    }

    private void look(long nowNanos) {
        long position = progress.position();
        if (!hasLooked || position > best) {
            hasLooked = true;
            best = position;
            silentNanos = 0;
        } else {
            silentNanos += Math.min(nowNanos - lookNanos, limits.maxStepNanos);
        }
        lookNanos = nowNanos;
        isOver = silentNanos >= limits.silenceNanos
                || nowNanos - startNanos >= limits.mostNanos
                || progress.isComplete(position);
        overNanos = nowNanos;
    }

    @Override
    public long nanosBetweenLooks() {
        return isOver ? limits.restNanos : limits.stepNanos;
    }
}
