package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import org.jspecify.annotations.Nullable;

/// Receives the events of a server. A handler that throws hurts nobody:
/// it is reported to [#error], as is an executor that takes no task, the first time, on the thread that gave it.
public interface MessageServerListener {
    /// A client wants to connect. Its limits are kept already. Always called on the endpoint's
    /// own thread, since the client waits; if it throws, the client is rejected.
    ///
    /// @param peer cannot be sent to yet
    default Admission connecting(Peer peer) {
        return Admission.accept();
    }

    /// A client is connected. In legume's protocol it is known here whether it is a Pitot, which can take fields of 64
    /// bits.
    default void accepted(Peer peer) {}

    /// A message came.
    ///
    /// @param message only until this returns
    default void message(Peer peer, ReceivedMessage message) {}

    /// There is room again for a peer: called after a `send` to it that returned false, when half of what may wait is
    /// free, but not while the queue of this listener's executor is full.
    default void writable(Peer peer) {}

    /// Something went wrong. It need not be the end of anything.
    ///
    /// @param peer whose it is; null if it is the server's
    /// @param sentence for people
    /// @param cause what a handler or the executor threw, or what the server or the connection failed by; else null
    default void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {}

    /// A client that was accepted is gone.
    default void disconnected(Peer peer, CloseReason reason) {}
}
