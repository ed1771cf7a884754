package dev.pitot.engine.stream;

import java.io.IOException;
import java.time.Duration;

/// One stream's work, done on a thread of its own until it is asked to stop, has no more to do,
/// or its peer is gone.
public sealed interface DataStream permits TcpSender, TcpReceiver {
    /// Moves blocks. Returns soon after [#stop()], within one slice of waiting.
    ///
    /// @throws IOException if the connection broke
    void transfer() throws IOException;

    /// Asks the stream's thread to leave. Any thread.
    void stop();

    /// Whether [#stop()] was called: what goes wrong after that concerns nobody.
    boolean isStopped();

    /// How long the peer has taken nothing of what a sender has for it; ZERO on receivers. Any
    /// thread.
    Duration blocked();

    /// What has been moved.
    Counters counters();
}
