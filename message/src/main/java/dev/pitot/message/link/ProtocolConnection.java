package dev.pitot.message.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// One end of one connection. Everything happens inside its calls, which come from one thread at
/// a time and bring the time along: nanoseconds of one monotonic clock, whose zero means nothing.
///
/// A payload is a message as both protocols carry it: a byte with the id of its type, then its
/// body.
public interface ProtocolConnection {
    /// Takes a datagram from the peer, whatever is in it: it throws nothing, and what is no
    /// proper datagram only counts. The [LinkListener] receives what came.
    ///
    /// @param datagram from position to limit; the caller's again afterwards
    void receive(ByteBuffer datagram, long now);

    /// Queues a message, whose bytes are copied.
    ///
    /// @param payload from position to limit, which stay; 1 byte or more, at most
    ///     [#maxPayload()]
    /// @return whether it was taken; false if too much waits already (back-pressure), or if the
    ///     connection is not open
    /// @throws IllegalArgumentException with a sentence, if this protocol cannot carry it: too
    ///     long, or a kind of channel that it does not have
    boolean send(ByteBuffer payload, Channel channel, long now);

    /// Checks that this protocol can carry a message, as [#send] does. Any thread, once the connection is open.
    ///
    /// @throws IllegalArgumentException with a sentence, if it cannot
    default void check(ByteBuffer payload, Channel channel) {
        int length = payload.remaining();
        if (length < 1 || length > maxPayload()) {
            throw new IllegalArgumentException("a message of this connection is 1 to " + maxPayload()
                    + " bytes long, not " + length + ": send a shorter one");
        }
    }

    /// Completes a future when the peer has confirmed the message that the last [#send] took: it has the message,
    /// and on an ordered channel all before it. On the thread that calls this connection; exceptionally, if the
    /// connection is over before.
    ///
    /// @param confirmed for a message on a reliable channel, which was taken
    void whenConfirmed(CompletableFuture<Void> confirmed);

    /// Returns the exception of a future of [#whenConfirmed] if the connection ends first.
    static IllegalStateException unconfirmed() {
        return new IllegalStateException("The connection ended before the peer confirmed the message.");
    }

    /// True if at least half of what may wait here is free, so that any message would be taken.
    boolean isWritable();

    /// Returns the longest payload it carries, in bytes.
    int maxPayload();

    /// Hands out all datagrams that may leave now: new messages, what must be sent again,
    /// acknowledgements, keep-alives. Finds out what has timed out.
    void flush(DatagramSender sender, long now);

    /// Returns the time when [#flush] has something to do even if nothing is received or sent until then;
    /// [Long#MAX_VALUE] if never.
    long wakeAt();

    /// Puts off what ends the connection because nothing comes: nothing was read for a time, which is no silence of
    /// the peer. Silence is shorter by that time afterwards, and zero at least.
    ///
    /// @param unreadNanos more than 0
    void extendTimeouts(long unreadNanos, long now);

    /// Begins to close: what was queued before is still delivered as far as the protocol can,
    /// within the timeout. [LinkListener#closed] reports when it is over.
    void close(CloseReason reason, long now);

    /// Ends at once, whatever waits: it is dropped, as is what came too early or in part. Peers that can
    /// be informed are. [LinkListener#closed] reports when it is over.
    default void abort(CloseReason reason, long now) {
        close(reason, now);
    }

    /// Asks the peer for a sign of life with the next [#flush], if it is not asked often anyway.
    default void ping() {}

    /// Returns the bytes of memory that count for a server's limit: what waits to be sent or confirmed, what came
    /// too early or in part, and what a handshake takes; not what the connection always has. Cheap to ask.
    long heldBytes();

    /// Returns the number of reliable messages that were taken by [#send] and that the peer has not confirmed, also
    /// when it is over. The reason that the listener receives carries the same number.
    default long undelivered() {
        return 0;
    }

    /// Returns what has been measured.
    Metrics metrics();

    /// True if this connection should be replaced now by a new one from another port, because
    /// the peer will not be able to go on with it: legume's ids end at 65,535. Nothing is on its way
    /// then, and [#send] takes nothing for a moment.
    default boolean idsExhausted() {
        return false;
    }

    /// Returns the id by which the peer addresses this connection wherever it sends from; 0 if there is none.
    default int connectionId() {
        return 0;
    }

    /// True if the peer has shown that it gets what is sent to its address. Until then its
    /// address may be forged.
    default boolean isAddressValidated() {
        return true;
    }
}
