package dev.pitot.engine.stream;

import java.io.IOException;
import java.time.Duration;

/// One stream's work, done on a thread of its own until it is asked to stop, has no more to do,
/// or its peer is gone.
public interface DataStream {
    /// Moves blocks. Returns soon after [#stop()], within one slice of waiting.
    ///
    /// @param startNanos when the test began: rates are kept since then, so that a thread that
    ///     gets its first turn late catches up
    /// @throws IOException if the connection broke
    void transfer(long startNanos) throws IOException;

    /// Asks the stream's thread to leave. Any thread.
    void stop();

    /// Whether [#stop()] was called: what goes wrong after that concerns nobody.
    boolean isStopped();

    /// How long the peer has taken nothing of what a sender has for it; ZERO on receivers. Any
    /// thread.
    Duration blocked();

    /// The warm-up is over: what cannot be told apart by a difference of readings begins anew.
    /// Any thread.
    void startCounting();

    /// What has been counted since the stream began. Any thread; allocates, so it is for interval
    /// ends.
    Reading reading();
}
