package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.model.text.ErrorText;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Calls a user's handlers so that one that throws hurts nobody: on the user's executor if there is one, else on the
/// thread that reports, the endpoint's.
abstract class SafeListener implements CommandQueue.Consumer {
    private final AtomicLong failures = new AtomicLong();
    private final ReceivedMessage receivedMessage;
    private final @Nullable ListenerExecutor listenerExecutor;

    /// Calls handlers.
    ///
    /// @param types of the messages
    /// @param executor calls the handlers; null if the endpoint's thread does
    /// @param bounds of what waits for the executor
    /// @param wakeup called when there is room again
    SafeListener(MessageTypes types, @Nullable Executor executor, EndpointOptions.Queue bounds, Runnable wakeup) {
        receivedMessage = new ReceivedMessage(types);
        listenerExecutor = executor == null ? null : new ListenerExecutor(executor, bounds, this, wakeup);
    }

    /// Calls the handler of messages. It may throw anything.
    ///
    /// @param from the connection that it came by
    abstract void onMessage(PeerConnection from, ReceivedMessage message);

    /// Calls the handler of errors. It may throw anything.
    ///
    /// @param peer whose event it was; null if it was none's, or at a client
    abstract void onError(@Nullable Peer peer, String sentence, Throwable cause);

    /// Any thread. Whether more may be reported: if not, the listener is behind, and the endpoint is to stop receiving.
    final boolean hasRoom() {
        return listenerExecutor == null || listenerExecutor.hasRoom();
    }

    /// Calls a handler, here or on the executor.
    ///
    /// @param peer whose event it is; null if it is none's, or at a client
    /// @param name of it, for people
    final void run(@Nullable Peer peer, String name, Runnable handler) {
        if (listenerExecutor == null) {
            call(peer, name, handler);
        } else {
            listenerExecutor.post(() -> call(peer, name, handler));
        }
    }

    private void call(@Nullable Peer peer, String name, Runnable handler) {
        try {
            handler.run();
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the endpoint must go on
            failed(peer, name, e);
        }
    }

    /// Hands a message to its handler, here or on the executor.
    final void post(PeerConnection from, ByteBuffer payload, Channel channel) {
        if (listenerExecutor == null) {
            boolean _ = message(from, channel, payload);
        } else {
            listenerExecutor.post(from, channel, payload);
        }
    }

    @Override
    public final boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (!(subject instanceof PeerConnection from)) {
            return true;
        }
        try {
            onMessage(from, receivedMessage.load(payload, channel, from));
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the next message must come
            failed(from.peer(), "message", e);
        } finally {
            receivedMessage.unload();
        }
        return true;
    }

    /// A handler has thrown.
    final void failed(@Nullable Peer peer, String name, Throwable cause) {
        failures.incrementAndGet();
        try {
            onError(
                    peer,
                    "The handler " + name + " failed (" + ErrorText.of(cause) + "): it should catch that itself.",
                    cause);
        } catch (Throwable _) { // a user's too, and there is nobody left to tell
            failures.incrementAndGet();
        }
    }

    /// How often one has thrown.
    final long failures() {
        return failures.get();
    }
}
