package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A server's listener that is called on an executor; but for the decision whether a client may
/// come in, which the client waits for.
final class ServerCallbacks implements ServerListener, Mailbox.Taker {
    private final ServerListener listener;
    private final Callbacks callbacks;
    private final Handlers handlers;
    private final Incoming incoming;
    private final BiConsumer<Peer, Incoming> onMessage;

    ServerCallbacks(
            ServerListener listener,
            Executor executor,
            EndpointOptions.Queue bounds,
            MessageCoding coding,
            Runnable wakeup) {
        this.listener = listener;
        callbacks = new Callbacks(executor, bounds, this, wakeup);
        handlers = new Handlers((sentence, cause) -> listener.error(null, sentence, cause));
        incoming = new Incoming(coding);
        onMessage = listener::message;
    }

    boolean hasRoom() {
        return callbacks.hasRoom();
    }

    long failures() {
        return handlers.failures();
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (subject instanceof Peer peer) {
            handlers.message(peer, incoming.load(payload, channel), onMessage);
        }
        return true;
    }

    @Override
    public Admission connecting(Peer peer) {
        return listener.connecting(peer);
    }

    @Override
    public void message(Peer peer, Incoming message) {
        callbacks.tell(peer, message.channel(), message.payload());
    }

    @Override
    public void accepted(Peer peer) {
        callbacks.tell(() -> handlers.run("accepted", () -> listener.accepted(peer)));
    }

    @Override
    public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        callbacks.tell(() -> handlers.run("error", () -> listener.error(peer, sentence, cause)));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
        callbacks.tell(() -> handlers.run("disconnected", () -> listener.disconnected(peer, reason)));
    }
}
