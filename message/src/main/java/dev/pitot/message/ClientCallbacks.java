package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A client's listener that is called on an executor.
final class ClientCallbacks implements ClientListener, Mailbox.Taker {
    private final ClientListener listener;
    private final Callbacks callbacks;
    private final Handlers handlers;
    private final Incoming incoming;

    ClientCallbacks(
            ClientListener listener,
            Executor executor,
            EndpointOptions.Queue bounds,
            MessageCoding coding,
            Runnable wakeup) {
        this.listener = listener;
        callbacks = new Callbacks(executor, bounds, this, wakeup);
        handlers = new Handlers(listener::error);
        incoming = new Incoming(coding);
    }

    boolean hasRoom() {
        return callbacks.hasRoom();
    }

    long failures() {
        return handlers.failures();
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        handlers.message(listener, incoming.load(payload, channel), ClientListener::message);
        return true;
    }

    @Override
    public void message(Incoming message) {
        callbacks.tell(null, message.channel(), message.payload());
    }

    @Override
    public void accepted() {
        callbacks.tell(() -> handlers.run("accepted", listener::accepted));
    }

    @Override
    public void rejected(CloseReason reason) {
        callbacks.tell(() -> handlers.run("rejected", () -> listener.rejected(reason)));
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        callbacks.tell(() -> handlers.run("error", () -> listener.error(sentence, cause)));
    }

    @Override
    public void disconnected(CloseReason reason) {
        callbacks.tell(() -> handlers.run("disconnected", () -> listener.disconnected(reason)));
    }
}
