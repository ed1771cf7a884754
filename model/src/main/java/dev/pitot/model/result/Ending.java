package dev.pitot.model.result;

import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// How a test ended.
public sealed interface Ending {
    /// As planned.
    record Completed() implements Ending {}

    /// Stopped from this end.
    ///
    /// @param reason why, for a person: for example `Interrupt(2)` for a signal; null if none
    /// was given
    record Cancelled(@Nullable String reason) implements Ending {}

    /// The other end said that it was stopped.
    record PeerTerminated() implements Ending {}

    /// The control connection ended without a word.
    record PeerGone() implements Ending {}

    /// The server has no room for another test now.
    record Busy() implements Ending {}

    /// Something went wrong.
    ///
    /// @param error what, as a number and text of iperf's
    /// @param reason the system's reason, for example `Connection refused`; empty where there
    /// is none
    /// @param byPeer whether the other end reported it
    record Failed(IperfError error, String reason, boolean byPeer) implements Ending {}

    /// True if the test ended as planned.
    default boolean isCompleted() {
        return this instanceof Completed;
    }

    /// For people: what happened, without a full stop.
    default String text() {
        return switch (this) {
            case Completed _ -> "completed";
            case Cancelled(String reason) -> reason == null ? "cancelled" : "cancelled: " + reason;
            case PeerTerminated _ -> "the other end was stopped";
            case PeerGone _ -> "the other end went away";
            case Busy _ -> "the server is busy";
            case Failed(IperfError error, String reason, boolean _) -> error.text(reason);
        };
    }
}
