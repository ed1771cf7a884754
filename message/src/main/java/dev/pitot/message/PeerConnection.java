package dev.pitot.message;

import dev.pitot.message.accounting.UnreadableMessages;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A connection of a client or a server, whatever protocol it speaks: where it stands between its beginning and
/// its end. Its endpoint's thread only, but for what says otherwise.
abstract class PeerConnection implements LinkListener {
    /// Null until the protocol is known, and after the release. Not volatile, though other threads check with it
    /// what they send: they have read from a volatile field that it is open, which is written later.
    private @Nullable ProtocolConnection link;

    private @Nullable CloseReason ended;
    private boolean isBroken; // the protocol is not called any more
    private Metrics lastMetrics = Metrics.NONE; // at the release
    private long lastUndelivered; // the same
    private final UnreadableMessages unreadable = new UnreadableMessages("ReceivedMessage.message() is null for them");
    private final AtomicLong unreadableCount = new AtomicLong(); // the handlers may have another thread
    private final AtomicLong waitingCost = new AtomicLong(); // of its messages that wait for the listener
    private long unreadNanos; // that its protocol knows of
    private volatile boolean isOpen;
    private volatile boolean isClosing;
    private volatile boolean isLeaving; // this end is told to close it, perhaps by another thread

    /// A connection that begins now.
    ///
    /// @param unreadNanos [ReceiveBudget#unreadNanos()]: what was not read before is no concern of its
    PeerConnection(long unreadNanos) {
        this.unreadNanos = unreadNanos;
    }

    /// Sets the protocol.
    final void begin(ProtocolConnection its) {
        link = its;
    }

    /// Returns the protocol, or null if it is not known yet or was released.
    final @Nullable ProtocolConnection link() {
        return link;
    }

    /// Returns the protocol if it may still be called, or null.
    final @Nullable ProtocolConnection working() {
        return isBroken ? null : link;
    }

    /// True from the time at which messages can be sent. Any thread.
    final boolean isOpen() {
        return isOpen;
    }

    /// True if messages can be sent. Any thread.
    final boolean isConnected() {
        return isOpen && !isClosing;
    }

    /// Any thread. It is to be closed, after what was sent before.
    final void leave() {
        isLeaving = true;
    }

    /// True if this end is told to close it. Any thread.
    final boolean isLeaving() {
        return isLeaving;
    }

    /// True if this end closes it. Any thread.
    final boolean isClosing() {
        return isClosing;
    }

    /// Returns why it is over, or null if it is not.
    final @Nullable CloseReason ended() {
        return ended;
    }

    /// Queues a message. See [ProtocolConnection#send].
    final boolean queue(ByteBuffer payload, Channel channel, long now) {
        return link != null && link.send(payload, channel, now);
    }

    /// Any thread. Checks that its protocol, known since it was opened, can carry a message.
    ///
    /// @throws IllegalArgumentException with a sentence, if not
    final void check(ByteBuffer payload, Channel channel) {
        ProtocolConnection its = link;
        if (its != null) {
            its.check(payload, channel);
        }
    }

    /// Lets the protocol know for how long nothing was read, so that it takes that for no silence of the peer. To be
    /// called before silence matters.
    ///
    /// @param unreadInAll [ReceiveBudget#unreadNanos()]
    /// @return nanoseconds since the last call
    final long extendTimeouts(long unreadInAll, long now) {
        long unread = unreadInAll - unreadNanos;
        unreadNanos = unreadInAll;
        if (unread > 0 && link != null) {
            link.extendTimeouts(unread, now);
        }
        return unread;
    }

    /// Any thread. What its messages take of the queue to the listener's executor.
    final long waitingCost() {
        return waitingCost.get();
    }

    /// Any thread. One more waits, or less.
    final void addWaitingCost(long cost) {
        waitingCost.addAndGet(cost);
    }

    /// Completes a future when the message that was queued last is confirmed.
    final void whenConfirmed(CompletableFuture<Void> confirmed) {
        Objects.requireNonNull(link, "a message was taken").whenConfirmed(confirmed);
    }

    /// Begins to close it, unless that has begun.
    ///
    /// @return whether this call began it
    final boolean beginClose(CloseReason reason, long now) {
        if (isClosing || link == null || ended != null) {
            return false;
        }
        isClosing = true;
        link.close(reason, now);
        return true;
    }

    /// Closes it at once, whatever waits, though it may have begun to close; what says goodbye leaves with the next
    /// flush.
    final void beginAbort(CloseReason reason, long now) {
        refuseMessages();
        if (link != null && ended == null) {
            link.abort(reason, now);
        }
    }

    /// Ends it at once, whatever its protocol wants.
    final void fail(CloseReason reason) {
        isBroken = true;
        closed(reason.withUndelivered(undelivered()));
    }

    /// Returns the number of reliable messages that were not confirmed.
    final long undelivered() {
        return link == null ? lastUndelivered : link.undelivered();
    }

    /// Returns what was measured.
    final Metrics metrics() {
        Metrics metrics = link == null ? lastMetrics : link.metrics();
        long unread = unreadableCount.get();
        return unread == 0 ? metrics : metrics.after(malformed(unread));
    }

    private static Metrics malformed(long messages) {
        Metrics none = Metrics.NONE;
        return new Metrics(null, none.received(), none.sent(), none.waiting(), new Metrics.Errors(0, 0, messages, 0));
    }

    /// A handler has read a message, or could not. One thread at a time: that of the handlers.
    ///
    /// @param isKnown whether this end knows the type
    final void onRead(int type, boolean isKnown, boolean isReadable) {
        if (isReadable) {
            unreadable.onRead(type);
            return;
        }
        unreadableCount.incrementAndGet();
        String sentence = unreadable.onFailure(type, !isKnown);
        if (sentence != null) {
            warning(sentence);
        }
    }

    /// Lets the protocol go, which may be what has failed, and keeps what it has counted.
    void release() {
        refuseMessages();
        ProtocolConnection its = link;
        link = null;
        if (its == null) {
            return;
        }
        try {
            lastUndelivered = its.undelivered();
            lastMetrics = its.metrics();
        } catch (Throwable _) { // then nobody knows
        }
    }

    /// Takes no more messages.
    final void refuseMessages() {
        isClosing = true;
    }

    /// Hides it from the program: it is not open any more.
    final void hide() {
        refuseMessages();
        isOpen = false;
    }

    /// Any thread. Returns whom the program knows it by; null at a client.
    @Nullable Peer peer() {
        return null;
    }

    /// Called once, when messages can be sent.
    abstract void onOpened();

    /// Called when its protocol is over.
    abstract void onEnded();

    @Override
    public final void opened() {
        if (!isOpen && ended == null) {
            isOpen = true;
            onOpened();
        }
    }

    @Override
    public final void closed(CloseReason reason) {
        if (ended == null) {
            ended = reason;
        }
        onEnded();
    }
}
