package dev.pitot.engine.session;

/// Condition that a state waits for besides events: the [EventLoop] checks it periodically and turns it into
/// an [Event.ConditionMet]. Belongs to the session's thread.
public interface AwaitedCondition {
    /// Condition that is always met.
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

    /// Checks the condition. Waits for a datagram for at most one slice
    /// ([dev.pitot.socket.WaitPolicy#MAX_SLICE_MILLIS]), or for a data connection that the client opens, until
    /// its connect timeout or a cancellation; otherwise it does not wait.
    ///
    /// @throws SessionFailure if it can no longer be met
    boolean isMet(long nowNanos) throws SessionFailure;

    /// Time until the next check; 0 if the check itself waits.
    long nanosBetweenLooks();
}
