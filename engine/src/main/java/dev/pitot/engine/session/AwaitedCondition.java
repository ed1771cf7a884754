package dev.pitot.engine.session;

/// A condition that a state waits for besides events: the [Agenda] looks at it from time to time, and
/// makes an [Event.ConditionMet] of it. Belongs to the session's thread.
public interface AwaitedCondition {
    /// A condition that is met already.
    AwaitedCondition MET = new AwaitedCondition() {
        @Override
        public boolean isMet(long nowNanos) {
            return true;
        }

        @Override
        public long nanosBetweenLooks() {
            return 0;
        }
    };

    /// Looks. Takes no longer than a slice ([dev.pitot.socket.Patience#MAX_SLICE_MILLIS]) where it waits for
    /// a datagram, and otherwise does not wait.
    ///
    /// @throws SessionFailure if it cannot be met any more
    boolean isMet(long nowNanos) throws SessionFailure;

    /// The time until the next look; 0 for a look that waits itself.
    long nanosBetweenLooks();
}
