package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import org.jspecify.annotations.Nullable;

/// Receives the events of a client. Each attempt to connect ends with exactly one of [#rejected] and
/// [#disconnected]. A handler that throws hurts nobody:
/// it is reported to [#error], as is an executor that takes no task, the first time, on the thread that gave it.
public interface MessageClientListener {
    /// The server took us: messages can be sent. In legume's protocol one with a field of 64 bits cannot be sent yet,
    /// only
    /// when the server's first ping has shown that it is a Pitot, a round trip later.
    default void accepted() {}

    /// The server did not want us.
    default void rejected(CloseReason reason) {}

    /// A message came.
    ///
    /// @param message only until this returns
    default void message(ReceivedMessage message) {}

    /// There is room again: called after a `send` that returned false, when half of what may wait is free, but not
    /// while the queue of this listener's executor is full.
    default void writable() {}

    /// Something went wrong. It need not be the end; if it is, [#disconnected] follows.
    ///
    /// @param sentence for people
    /// @param cause what a handler or the executor threw, or what the client failed by; else null
    default void error(String sentence, @Nullable Throwable cause) {}

    /// The connection goes on from another port of this end, because an original server was running out of ids.
    default void migrated() {}

    /// The connection is over, or never came to be.
    default void disconnected(CloseReason reason) {}
}
