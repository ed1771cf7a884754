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

    /// A client that is coming in goes on so soon, and one that was let in confirms it, or it
    /// loses its place: longer than the second repeat of legume's or of DTLS takes.
    private static final long COMING_NANOS = 3_000_000_000L;

    /// A peer that is there says something in this share of the timeout, and a repeat of it comes
    /// with this margin.
    private static final int KEEP_ALIVE_SHARE = 3;

    private static final long MARGIN_NANOS = 1_000_000_000;

    private final PeerTable table;
    private final InetSocketAddress address;
    private final Peer peer = new Peer(this);
    private final AlarmQueue.Alarm<Seat> alarm = new AlarmQueue.Alarm<>(this);
    private @Nullable Link link; // null until the door has made it
    private final Silence silence = new Silence();
    private final long madeAt;
    private @Nullable ByteBuffer heir; // hello of who would take its place
    private long heirAt;
    private boolean isProved;
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

    /// @param isProved whether the client has shown that it gets what is sent to its address
    Seat(PeerTable table, InetSocketAddress address, boolean isProved, long now) {
        this.table = table;
        this.address = address;
        this.isProved = isProved;
        madeAt = now;
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
            if (!isProved && link.isProved()) {
                isProved = true;
                table.trust(this);
            }
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
            long wakeAt = Math.min(link.wakeAt(), lookAt(link, now));
            wakeAt = heir == null ? wakeAt : Math.min(wakeAt, Math.max(now, heirAt + patience()));
            table.alarms().set(alarm, isCongested ? Math.min(wakeAt, now + RETRY_NANOS) : wakeAt);
        }
        isDirty = false;
    }

    /// Ends one that does not come in.
    ///
    /// @return when to look again
    private long lookAt(Link its, long now) {
        if (ended != null || (isOpen && isProved)) {
            return Long.MAX_VALUE;
        }
        long waited = isOpen ? now - madeAt : silence.nanos(its, now);
        if (waited >= COMING_NANOS) {
            fail(new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the client that would have let it in"));
        }
        return now + COMING_NANOS - waited;
    }

    /// Whether a client of the same address, which has proved that it begins anew, may take its
    /// place at once. From a peer that may still be there it may not, or whoever reads along
    /// could end its connection: then its hello waits for the peer to be silent.
    boolean givesWay(ByteBuffer hello, long now) {
        if (ended != null || link == null || !isProved) {
            return true;
        }
        boolean isSilent = silence.nanos(link, now) >= patience();
        if (!isSilent && heir == null) {
            heir = ByteBuffer.allocate(hello.remaining()).put(hello.duplicate()).flip();
            heirAt = now;
            table.alarms().note(alarm, now + patience());
        }
        return isSilent;
    }

    /// The hello of a client of the same address that takes its place now; null if none does.
    @Nullable ByteBuffer heir(long now) {
        ByteBuffer hello = heir;
        if (hello == null || link == null) {
            return null;
        }
        boolean isSilent = silence.nanos(link, now) >= patience();
        if (isSilent || now - heirAt >= patience()) {
            heir = null;
        }
        return isSilent && ended == null ? hello : null;
    }

    private long patience() {
        return table.options().timeout().toNanos() / KEEP_ALIVE_SHARE + MARGIN_NANOS;
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
        boolean isSuperfluous = refusal != null && refusal.cause() == CloseReason.Cause.FULL;
        return link != null && !isBroken && !isSuperfluous && link.wakeAt() != Long.MAX_VALUE && now < lingersUntil;
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
