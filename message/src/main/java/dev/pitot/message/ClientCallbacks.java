package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A client's listener that is called on an executor.
final class ClientCallbacks extends SafeListener implements MessageClientListener, CommandQueue.Consumer {
    private final MessageClientListener listener;
    private final ListenerExecutor listenerExecutor;
    private final ReceivedMessage receivedMessage;

    ClientCallbacks(
            MessageClientListener listener,
            Executor executor,
            EndpointOptions.Queue bounds,
            MessageTypes types,
            Runnable wakeup) {
        super((_, sentence, cause) -> listener.error(sentence, cause));
        this.listener = listener;
        listenerExecutor = new ListenerExecutor(executor, bounds, this, wakeup);
        receivedMessage = new ReceivedMessage(types);
    }

    boolean hasRoom() {
        return listenerExecutor.hasRoom();
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        message(
                listener,
                receivedMessage.load(payload, channel, (PeerConnection) subject),
                MessageClientListener::message);
        return true;
    }

    @Override
    public void message(ReceivedMessage message) {
        listenerExecutor.post(message.connection(), message.channel(), message.payload());
    }

    @Override
    public void accepted() {
        listenerExecutor.post(() -> run("accepted", listener::accepted));
    }

    @Override
    public void rejected(CloseReason reason) {
        listenerExecutor.post(() -> run("rejected", () -> listener.rejected(reason)));
    }

    @Override
    public void writable() {
        listenerExecutor.post(() -> run("writable", listener::writable));
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        listenerExecutor.post(() -> run("error", () -> listener.error(sentence, cause)));
    }

    @Override
    public void migrated() {
        listenerExecutor.post(() -> run("migrated", listener::migrated));
    }

    @Override
    public void disconnected(CloseReason reason) {
        listenerExecutor.post(() -> run("disconnected", () -> listener.disconnected(reason)));
    }
}
