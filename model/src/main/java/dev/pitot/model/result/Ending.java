package dev.pitot.model.result;

import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// Way in which a test ended.
public sealed interface Ending {
    /// The test completed.
    record Completed() implements Ending {}

    /// Stopped at this end.
    ///
    /// @param reason reason in words, for example `Interrupt(2)` for a signal; null if none was
    ///     given
    record Cancelled(@Nullable String reason) implements Ending {}

    /// The peer reported that it was stopped.
    record PeerTerminated() implements Ending {}

    /// The control connection was closed without a final message.
    record PeerGone() implements Ending {}

    /// The server is busy with another test.
    record Busy() implements Ending {}

    /// The test failed.
    ///
    /// @param error iperf's error number and text
    /// @param reason the system's reason, for example `Connection refused`; empty if there is none
    /// @param byPeer whether the peer reported the error
    record Failed(IperfError error, String reason, boolean byPeer) implements Ending {}

    /// True if the test ended as planned.
    default boolean isCompleted() {
        return this instanceof Completed;
    }

    /// Returns a description for people, without a full stop.
    default String text() {
        return switch (this) {
            case Completed _ -> "completed";
            case Cancelled(String reason) -> reason == null ? "cancelled" : "cancelled: " + reason;
            case PeerTerminated _ -> "the peer terminated the test";
            case PeerGone _ -> "the control connection closed unexpectedly";
            case Busy _ -> "the server is busy";
            case Failed(IperfError error, String reason, boolean _) -> error.text(reason);
        };
    }
}
