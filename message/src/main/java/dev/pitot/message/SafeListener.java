package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.model.text.ErrorText;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Calls a user's handlers so that one that throws hurts nobody: on the user's executor if there is one, else on the
/// thread that reports, the endpoint's.
abstract class SafeListener implements CommandQueue.Consumer {
    private static final long LONGEST_SECONDS = 1;
    private static final long FEW_MESSAGES = 4;

    private final AtomicLong failures = new AtomicLong();
    private final ReceivedMessage receivedMessage;
    private final @Nullable ListenerExecutor listenerExecutor;
    private final long boundBytes;
    private final long costOfMessage;
    private final AtomicLong waitingCost = new AtomicLong(); // of all messages that wait for the executor
    private final AtomicBoolean isRefusalReported = new AtomicBoolean();

    /// Calls handlers.
    ///
    /// @param types of the messages
    /// @param executor calls the handlers; null if the endpoint's thread does
    /// @param bounds of what waits for the executor
    /// @param wakeup called when there is room again
    SafeListener(MessageTypes types, @Nullable Executor executor, EndpointOptions.Queue bounds, Runnable wakeup) {
        receivedMessage = new ReceivedMessage(types);
        boundBytes = bounds.bytes();
        costOfMessage = Math.max(1, bounds.bytes() / bounds.messages());
        listenerExecutor =
                executor == null ? null : new ListenerExecutor(executor, bounds, this, this::refused, wakeup);
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

    /// Any thread. Whether a datagram of a connection may be read: not while more of it waits for the executor than
    /// is still free for all. So one peer takes half of the queue, two take a third each, and there is always room
    /// for others. A few messages everybody may have.
    final boolean mayReceive(PeerConnection from) {
        long waits = from.waitingCost();
        return waits <= FEW_MESSAGES * costOfMessage || waits < boundBytes - waitingCost.get();
    }

    /// What a message takes of the queue: its bytes, and its place among as many as there may be.
    private long cost(ByteBuffer payload) {
        return payload.remaining() + costOfMessage;
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
            long cost = cost(payload);
            waitingCost.addAndGet(cost);
            from.addWaitingCost(cost);
            listenerExecutor.post(from, channel, payload);
        }
    }

    @Override
    public final boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (!(subject instanceof PeerConnection from)) {
            return true;
        }
        if (listenerExecutor != null) {
            long cost = cost(payload);
            waitingCost.addAndGet(-cost);
            from.addWaitingCost(-cost);
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

    /// Completes a future behind all that was reported, and a second later at most: the executor may take nothing, or
    /// a handler not return.
    final void completeAfterAll(CompletableFuture<@Nullable Throwable> future, @Nullable Throwable value) {
        try {
            CompletableFuture<@Nullable Throwable> _ =
                    future.completeOnTimeout(value, LONGEST_SECONDS, TimeUnit.SECONDS);
            run(null, "closed", () -> future.complete(value));
        } catch (Throwable _) { // there may be no memory
            future.complete(value);
        }
    }

    /// The executor takes nothing, so this thread reports that, the first time.
    private void refused(Throwable cause) {
        failures.incrementAndGet();
        if (isRefusalReported.compareAndSet(false, true)) {
            report(
                    null,
                    "The executor of the listener refused a task (" + ErrorText.of(cause)
                            + "): what comes waits until it takes one, so shut it down behind the endpoint.",
                    cause);
        }
    }

    /// A handler has thrown.
    final void failed(@Nullable Peer peer, String name, Throwable cause) {
        failures.incrementAndGet();
        report(
                peer,
                "The handler " + name + " failed (" + ErrorText.of(cause) + "): it should catch that itself.",
                cause);
    }

    private void report(@Nullable Peer peer, String sentence, Throwable cause) {
        try {
            onError(peer, sentence, cause);
        } catch (Throwable _) { // a user's too, and there is nobody left to report it to
            failures.incrementAndGet();
        }
    }

    /// How often one has thrown, or the executor has refused to call some.
    final long failures() {
        return failures.get();
    }
}
