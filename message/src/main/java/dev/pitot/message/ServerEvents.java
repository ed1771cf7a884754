package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tells a server's listener what happens; a handler that throws hurts nobody. The server's thread only.
final class ServerEvents extends SafeListener {
    private final MessageServerListener listener;
    private final ReceivedMessage receivedMessage;
    private final BiConsumer<Peer, ReceivedMessage> onMessage;

    ServerEvents(MessageServerListener listener, MessageTypes types) {
        super(listener::error);
        this.listener = listener;
        receivedMessage = new ReceivedMessage(types);
        onMessage = listener::message;
    }

    /// Asks whether a client may come in.
    Admission connecting(Peer peer) {
        try {
            return Objects.requireNonNull(listener.connecting(peer), "the answer is null");
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the server must go on
            failed(peer, "connecting", e);
            return Admission.reject("the server could not decide");
        }
    }

    void accepted(Peer peer) {
        run(peer, "accepted", () -> listener.accepted(peer));
    }

    void writable(Peer peer) {
        run(peer, "writable", () -> listener.writable(peer));
    }

    void message(Peer peer, ByteBuffer payload, Channel channel) {
        message(peer, receivedMessage.load(payload, channel, peer.connection()), onMessage);
    }

    void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        run(peer, "error", () -> listener.error(peer, sentence, cause));
    }

    void disconnected(Peer peer, CloseReason reason) {
        run(peer, "disconnected", () -> listener.disconnected(peer, reason));
    }
}
