package dev.pitot.engine.session;

/// Wait at the end of a test for data in flight: until all of it has arrived, or it makes no more
/// progress. The end of a test is signalled on another connection and may overtake data.
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

    /// Progress of the data.
    public interface Progress {
        /// Number that grows while data arrives.
        long position();

        /// True if all data has arrived.
        boolean isComplete(long position);
    }

    /// Limits of the wait.
    ///
    /// @param silenceNanos time without progress after which the rest is given up
    /// @param mostNanos total limit, even while data arrives
    /// @param stepNanos time between two checks, 1 or more
    /// @param maxStepNanos longest part of one step that counts as silence
    /// @param restNanos time after the wait, for the peer to read what has arrived
    public record Limits(long silenceNanos, long mostNanos, long stepNanos, long maxStepNanos, long restNanos) {
        /// @throws IllegalArgumentException if the session's thread would check without a pause
        public Limits {
            if (stepNanos < 1) {
                throw new IllegalArgumentException("no time between two checks: " + stepNanos);
            }
        }
    }

    /// Starts a wait.
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
