package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Tells a client's listener what happens; a handler that throws hurts nobody. The client's thread only.
final class ClientEvents extends SafeListener {
    private final MessageClientListener listener;
    private final ReceivedMessage receivedMessage;

    ClientEvents(MessageClientListener listener, MessageTypes types) {
        super((_, sentence, cause) -> listener.error(sentence, cause));
        this.listener = listener;
        receivedMessage = new ReceivedMessage(types);
    }

    void accepted() {
        run("accepted", listener::accepted);
    }

    void rejected(CloseReason reason) {
        run("rejected", () -> listener.rejected(reason));
    }

    void message(ByteBuffer payload, Channel channel, PeerConnection from) {
        message(listener, receivedMessage.load(payload, channel, from), MessageClientListener::message);
    }

    void writable() {
        run("writable", listener::writable);
    }

    void error(String sentence, @Nullable Throwable cause) {
        run("error", () -> listener.error(sentence, cause));
    }

    void migrated() {
        run("migrated", listener::migrated);
    }

    void disconnected(CloseReason reason) {
        run("disconnected", () -> listener.disconnected(reason));
    }
}
