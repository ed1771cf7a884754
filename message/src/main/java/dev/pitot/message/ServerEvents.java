package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tells a server's listener what happens; a handler that throws hurts nobody. The server's thread only.
final class ServerEvents {
    private final MessageServerListener listener;
    private final SafeListener safeListener;
    private final ReceivedMessage receivedMessage;
    private final BiConsumer<Peer, ReceivedMessage> onMessage;

    ServerEvents(MessageServerListener listener, MessageCodec codec) {
        this.listener = listener;
        safeListener = new SafeListener((sentence, cause) -> listener.error(null, sentence, cause));
        receivedMessage = new ReceivedMessage(codec);
        onMessage = listener::message;
    }

    /// Asks whether a client may come in.
    Admission connecting(Peer peer) {
        try {
            return Objects.requireNonNull(listener.connecting(peer), "the answer is null");
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the server must go on
            safeListener.failed("connecting", e);
            return Admission.reject("the server could not decide");
        }
    }

    void accepted(Peer peer) {
        safeListener.run("accepted", () -> listener.accepted(peer));
    }

    void writable(Peer peer) {
        safeListener.run("writable", () -> listener.writable(peer));
    }

    void message(Peer peer, ByteBuffer payload, Channel channel) {
        safeListener.message(peer, receivedMessage.load(payload, channel), onMessage);
    }

    void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        safeListener.run("error", () -> listener.error(peer, sentence, cause));
    }

    void disconnected(Peer peer, CloseReason reason) {
        safeListener.run("disconnected", () -> listener.disconnected(peer, reason));
    }

    /// How often a handler has thrown.
    long failures() {
        return safeListener.failures();
    }
}
