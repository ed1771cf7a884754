package dev.pitot.message.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;

/// Receives what a link reports, inside its own calls. Must not call back into the link's `receive` or
/// `flush`; `send` and `close` are allowed.
public interface LinkListener {
    /// Messages can be sent from now on. Called once, before any message.
    void opened();

    /// A message came.
    ///
    /// @param payload from position to limit, only until this returns
    void message(ByteBuffer payload, Channel channel);

    /// The peer does something that a person should know of; the connection goes on.
    default void warning(String sentence) {}

    /// The connection is over, or never came to be. Called once, after everything else.
    void closed(CloseReason reason);
}
