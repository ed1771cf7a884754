package dev.pitot.engine.stream;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Data transfer of one stream, which runs on its own thread until it is stopped, has nothing left to do,
/// or the peer is gone.
public interface DataStream {
    /// Sends or receives blocks. Returns soon after [#stop()], within one polling slice.
    ///
    /// @param startNanos start of the test: the rate is measured from here, so that a thread that is
    ///     scheduled late catches up
    /// @throws IOException if the connection broke
    void transfer(long startNanos) throws IOException;

    /// Asks the stream's thread to return. Any thread.
    void stop();

    /// True once [#stop()] was called: later errors are ignored.
    boolean isStopped();

    /// Time for which the peer has accepted no data from a sender; ZERO on receivers. Any thread.
    Duration blocked();

    /// Ends the warm-up: resets the values that cannot be computed as a difference of readings. Any
    /// thread.
    void startCounting();

    /// Returns the times of single writes since counting began, or null where there are none: on receivers,
    /// for datagrams, and where [TcpConnection#transmitTimestamps()] has none. Call it only after the
    /// stream's thread has ended.
    default @Nullable WriteTimes writeTimes() {
        return null;
    }

    /// Returns the counters since the start of the stream. Any thread; allocates, so call it at interval
    /// ends only.
    CounterSnapshot snapshot();
}
