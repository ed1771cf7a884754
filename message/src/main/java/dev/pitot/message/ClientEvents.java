package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Tells a client's listener what happens, on its executor if it has one. The client's thread only.
final class ClientEvents extends SafeListener {
    private final MessageClientListener listener;

    /// The parameters are those of [SafeListener].
    ClientEvents(
            MessageClientListener listener,
            MessageTypes types,
            @Nullable Executor executor,
            EndpointOptions.Queue bounds,
            Runnable wakeup) {
        super(types, executor, bounds, wakeup);
        this.listener = listener;
    }

    @Override
    void onMessage(@Nullable Peer peer, ReceivedMessage message) {
        listener.message(message);
    }

    @Override
    void onError(@Nullable Peer peer, String sentence, Throwable cause) {
        listener.error(sentence, cause);
    }

    void accepted() {
        run("accepted", listener::accepted);
    }

    void rejected(CloseReason reason) {
        run("rejected", () -> listener.rejected(reason));
    }

    void message(ByteBuffer payload, Channel channel, PeerConnection from) {
        deliver(from, payload, channel);
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
