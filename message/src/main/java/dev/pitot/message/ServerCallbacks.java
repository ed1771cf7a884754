package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A server's listener that is called on an executor; but for the decision whether a client may
/// come in, which the client waits for.
final class ServerCallbacks extends SafeListener implements MessageServerListener, CommandQueue.Consumer {
    private final MessageServerListener listener;
    private final ListenerExecutor listenerExecutor;
    private final ReceivedMessage receivedMessage;
    private final BiConsumer<Peer, ReceivedMessage> onMessage;

    ServerCallbacks(
            MessageServerListener listener,
            Executor executor,
            EndpointOptions.Queue bounds,
            MessageTypes types,
            Runnable wakeup) {
        super(listener::error);
        this.listener = listener;
        listenerExecutor = new ListenerExecutor(executor, bounds, this, wakeup);
        receivedMessage = new ReceivedMessage(types);
        onMessage = listener::message;
    }

    boolean hasRoom() {
        return listenerExecutor.hasRoom();
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (subject instanceof Peer peer) {
            message(peer, receivedMessage.load(payload, channel, peer.connection()), onMessage);
        }
        return true;
    }

    @Override
    public Admission connecting(Peer peer) {
        return listener.connecting(peer);
    }

    @Override
    public void message(Peer peer, ReceivedMessage message) {
        listenerExecutor.post(peer, message.channel(), message.payload());
    }

    @Override
    public void accepted(Peer peer) {
        listenerExecutor.post(() -> run(peer, "accepted", () -> listener.accepted(peer)));
    }

    @Override
    public void writable(Peer peer) {
        listenerExecutor.post(() -> run(peer, "writable", () -> listener.writable(peer)));
    }

    @Override
    public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        listenerExecutor.post(() -> run(peer, "error", () -> listener.error(peer, sentence, cause)));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
        listenerExecutor.post(() -> run(peer, "disconnected", () -> listener.disconnected(peer, reason)));
    }
}
