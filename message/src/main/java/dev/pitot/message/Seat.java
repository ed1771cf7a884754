package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.Outlet;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a server keeps for one peer. The server's thread only, but for what says otherwise.
final class Seat implements Protocols.Guest, Outlet, Mailbox.Taker {
    private static final long RETRY_NANOS = 1_000_000;

    /// A link that is over may answer repeats so long, if it wants.
    private static final long LINGER_NANOS = 3_000_000_000L;

    private final PeerTable table;
    private final InetSocketAddress address;
    private final Peer peer = new Peer(this);
    private final AlarmQueue.Alarm<Seat> alarm = new AlarmQueue.Alarm<>(this);
    private @Nullable Link link; // null until the door has made it
    private boolean isDecided;
    private boolean isCounted;
    private @Nullable CloseReason refusal;
    private @Nullable CloseReason ended;
    private @Nullable Mailbox overflow; // what its link did not take at once
    private boolean isDirty;
    private boolean isBroken;
    private boolean hasLeft;
    private long lingersUntil;
    private volatile boolean isOpen;
    private volatile boolean isClosing;
    private volatile boolean isCongested;

    Seat(PeerTable table, InetSocketAddress address) {
        this.table = table;
        this.address = address;
    }

    /// Any thread.
    InetSocketAddress address() {
        return address;
    }

    /// Any thread.
    Peer peer() {
        return peer;
    }

    /// Any thread.
    PeerTable table() {
        return table;
    }

    /// Any thread.
    boolean isConnected() {
        return isOpen && !isClosing;
    }

    AlarmQueue.Alarm<Seat> alarm() {
        return alarm;
    }

    @Nullable CloseReason ended() {
        return ended;
    }

    boolean isOpen() {
        return isOpen;
    }

    boolean isCounted() {
        return isCounted;
    }

    /// Marks it as one to be flushed.
    ///
    /// @return whether it was not marked before
    boolean soil() {
        boolean wasClean = !isDirty;
        isDirty = true;
        return wasClean;
    }

    void begin(Link itsLink) {
        link = itsLink;
    }

    @Nullable Link link() {
        return link;
    }

    /// Though it is over, a link may still have to answer repeats of the peer.
    void receive(ByteBuffer datagram, long now) {
        if (link != null && !isBroken) {
            link.receive(datagram, now);
        }
    }

    /// Any thread. See [Peer#send(ByteBuffer, Channel)].
    boolean send(ByteBuffer payload, Channel channel) {
        if (!isConnected()) {
            throw new EndpointStateException(
                    EndpointState.DISCONNECTED,
                    "The peer " + address + " is not connected: nothing can be sent to it.");
        }
        if (!table.owner().isHere()) {
            boolean isTaken = !isCongested && table.owner().mailbox().offer(this, channel, payload);
            table.owner().wake();
            return isTaken;
        }
        return !isCongested && sendNow(payload, channel);
    }

    private boolean sendNow(ByteBuffer payload, Channel channel) {
        boolean isTaken = link != null && link.send(payload, channel, table.now());
        table.soil(this);
        return isTaken;
    }

    /// Sends what another thread has given; keeps it if the link does not take it now. A peer
    /// for which more waits than the bounds of a queue, twice, is given up, or it would fill the
    /// memory by not confirming what is sent to all.
    void sendLater(ByteBuffer payload, Channel channel) {
        if (!isConnected()) {
            table.countUnsent();
        } else if ((overflow != null && !overflow.isEmpty()) || !message(null, channel, payload)) {
            Mailbox kept = overflow == null ? new Mailbox(table.options().queue()) : overflow;
            overflow = kept;
            isCongested = true; // so no more single ones come than were under way
            if (!kept.isFull()) {
                kept.put(null, channel, payload);
                table.soil(this);
                return;
            }
            table.countUnsent();
            if (channel.kind().isReliable()) { // it cannot be left out
                isClosing = true; // nobody is to send more
                fail(new CloseReason(CloseReason.Cause.TIMEOUT, "it does not take what is sent"));
            }
        }
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (!isConnected()) {
            table.countUnsent();
            return true;
        }
        try {
            return sendNow(payload, channel);
        } catch (IllegalArgumentException e) { // a thread that has gone on cannot be told
            table.tellError(peer, String.valueOf(e.getMessage()), null);
            return true;
        }
    }

    /// Lets leave what may; stays marked until the end, so that what this sends marks it no more.
    void flush(long now) {
        if (link != null && !isBroken) {
            boolean wasCongested = isCongested;
            drainOverflow();
            link.flush(this, now);
            if (wasCongested) { // there may be room now
                drainOverflow();
                link.flush(this, now);
            }
            long wakeAt = link.wakeAt();
            table.alarms().note(alarm, isCongested ? Math.min(wakeAt, now + RETRY_NANOS) : wakeAt);
        }
        isDirty = false;
    }

    private void drainOverflow() {
        if (overflow != null && isCongested) {
            overflow.drain(this, Integer.MAX_VALUE);
            isCongested = !overflow.isEmpty();
        }
    }

    void close(CloseReason reason) {
        if (!isClosing && link != null && ended == null) {
            isClosing = true;
            link.close(reason, table.now());
            table.soil(this);
        }
    }

    /// It is over at once, whatever its link wants.
    void fail(CloseReason reason) {
        isBroken = true;
        closed(reason);
    }

    /// Nobody is to see it any more. Its link may linger.
    ///
    /// @param now from when on it may
    void leave(long now) {
        isClosing = true;
        isOpen = false;
        hasLeft = true;
        overflow = null; // a program may keep its peer for long
        lingersUntil = now + LINGER_NANOS;
    }

    boolean hasLeft() {
        return hasLeft;
    }

    /// Whether its link still wants to answer.
    boolean isLingering(long now) {
        return link != null && !isBroken && link.wakeAt() != Long.MAX_VALUE && now < lingersUntil;
    }

    Metrics metrics() {
        return link == null ? Metrics.NONE : Metrics.of(link.metrics());
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        return table.port().send(datagram, address);
    }

    @Override
    public @Nullable CloseReason admit() {
        if (!isDecided) {
            isDecided = true;
            refusal = table.decide(this);
            isCounted = refusal == null;
        }
        return refusal;
    }

    @Override
    public void opened() {
        if (!isOpen && ended == null) {
            isOpen = true;
            table.tellAccepted(peer);
        }
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        table.tellMessage(peer, payload, channel);
    }

    @Override
    public void closed(CloseReason reason) {
        if (ended == null) {
            ended = reason;
        }
        table.soil(this);
    }
}
