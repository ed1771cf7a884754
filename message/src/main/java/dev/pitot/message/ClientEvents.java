package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Tells a client's listener what happens; a handler that throws hurts nobody. The client's thread only.
final class ClientEvents {
    private final MessageClientListener listener;
    private final SafeListener safeListener;
    private final ReceivedMessage receivedMessage;

    ClientEvents(MessageClientListener listener, MessageCodec codec) {
        this.listener = listener;
        safeListener = new SafeListener(listener::error);
        receivedMessage = new ReceivedMessage(codec);
    }

    void accepted() {
        safeListener.run("accepted", listener::accepted);
    }

    void rejected(CloseReason reason) {
        safeListener.run("rejected", () -> listener.rejected(reason));
    }

    void message(ByteBuffer payload, Channel channel) {
        safeListener.message(listener, receivedMessage.load(payload, channel), MessageClientListener::message);
    }

    void writable() {
        safeListener.run("writable", listener::writable);
    }

    void error(String sentence, @Nullable Throwable cause) {
        safeListener.run("error", () -> listener.error(sentence, cause));
    }

    void migrated() {
        safeListener.run("migrated", listener::migrated);
    }

    void disconnected(CloseReason reason) {
        safeListener.run("disconnected", () -> listener.disconnected(reason));
    }

    /// How often a handler has thrown.
    long failures() {
        return safeListener.failures();
    }
}
