package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a server keeps for one peer. The server's thread only, but for what says otherwise.
final class ServerConnection implements ProtocolNegotiation.PendingConnection, CommandQueue.Consumer {
    private static final long RETRY_NANOS = 1_000_000;

    /// A link that is over may answer repeats so long, if it wants.
    private static final long LINGER_NANOS = 3_000_000_000L;

    /// A client that is coming in goes on so soon, and one that was let in confirms it, or it
    /// loses its place: longer than the second repeat of legume's or of DTLS takes.
    private static final long HANDSHAKE_NANOS = 3_000_000_000L;

    /// A peer that is there answers a ping within this share of the timeout, though it be lost twice.
    private static final int PING_SHARE = 5;

    private final ServerLoop loop;
    private volatile InetSocketAddress address;
    private DatagramSender toPeer;
    private final Peer peer = new Peer(this);
    private final TimerQueue.Timer<ServerConnection> timer = new TimerQueue.Timer<>(this);
    private @Nullable ProtocolConnection link; // null until the acceptor has made it
    private final IdleTimer idleTimer = new IdleTimer();
    private final long createdAt;
    private final long serial;
    private boolean isAddressValidated;
    private boolean isDecided;
    private boolean isCounted;
    private @Nullable CloseReason refusal;
    private @Nullable CloseReason ended;
    private @Nullable CommandQueue overflow; // what its link did not take at once
    private boolean needsFlush;
    private boolean isBroken;
    private long heldBytes; // as the limits know
    private Metrics lastMetrics = Metrics.NONE; // of a link that is let go
    private long undelivered; // the same
    private boolean hasLeft;
    private long lingersUntil;
    private volatile boolean isOpen;
    private volatile boolean isClosing;
    private volatile boolean isCongested;
    private volatile boolean wantsRoom; // somebody wants to hear when it can be sent to again

    /// @param isAddressValidated whether the client has shown that it gets what is sent to its address
    ServerConnection(ServerLoop loop, InetSocketAddress address, boolean isAddressValidated, long now) {
        this.loop = loop;
        this.address = address;
        toPeer = senderTo(address, loop.socket());
        this.isAddressValidated = isAddressValidated;
        createdAt = now;
        serial = loop.nextSerial();
    }

    /// Any thread.
    InetSocketAddress address() {
        return address;
    }

    /// By which its peer names it; 0 if it does not.
    int id() {
        return link == null ? 0 : link.connectionId();
    }

    /// Its peer sends from another address now.
    void moveTo(InetSocketAddress other) {
        address = other;
        toPeer = senderTo(other, loop.socket());
    }

    private static DatagramSender senderTo(InetSocketAddress address, UdpSocket socket) {
        return datagram -> socket.send(datagram, address);
    }

    /// Any thread.
    Peer peer() {
        return peer;
    }

    /// Any thread.
    ServerLoop loop() {
        return loop;
    }

    /// Any thread.
    boolean isConnected() {
        return isOpen && !isClosing;
    }

    TimerQueue.Timer<ServerConnection> timer() {
        return timer;
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
    boolean markForFlush() {
        boolean wasUnmarked = !needsFlush;
        needsFlush = true;
        return wasUnmarked;
    }

    void begin(ProtocolConnection itsLink) {
        link = itsLink;
    }

    @Nullable ProtocolConnection link() {
        return link;
    }

    /// Though it is over, a link may still have to answer repeats of the peer.
    void receive(ByteBuffer datagram, long now) {
        if (link != null && !isBroken) {
            link.receive(datagram, now);
            if (!isAddressValidated && link.isAddressValidated()) {
                isAddressValidated = true;
                loop.connections().markValidated(this);
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
        boolean isTaken = !isCongested
                && (loop.eventLoop().isCurrentThread()
                        ? sendNow(payload, channel)
                        : loop.eventLoop().commands().offer(this, channel, payload));
        if (!isTaken && !wantsRoom) {
            wantsRoom = true;
            loop.eventLoop().execute(() -> loop.markForFlush(this));
        }
        loop.eventLoop().wake();
        return isTaken;
    }

    void whenConfirmed(CompletableFuture<Void> confirmed) {
        Objects.requireNonNull(link, "a message was taken").whenConfirmed(confirmed);
    }

    private boolean sendNow(ByteBuffer payload, Channel channel) {
        boolean isTaken = link != null && loop.connections().hasMemory() && link.send(payload, channel, loop.now());
        account();
        loop.markForFlush(this);
        return isTaken;
    }

    private void account() {
        long holds = (link == null ? 0 : link.heldBytes()) + (overflow == null ? 0 : overflow.heldBytes());
        loop.connections().hold(holds - heldBytes);
        heldBytes = holds;
    }

    /// Bytes of messages that it holds.
    long heldBytes() {
        return heldBytes;
    }

    /// Higher than that of each connection that is older.
    long serial() {
        return serial;
    }

    /// Sends what another thread has given; keeps it if the link does not take it now. A peer
    /// for which more waits than the bounds of a queue, twice, is given up, or it would fill the
    /// memory by not confirming what is sent to all.
    void sendLater(ByteBuffer payload, Channel channel) {
        if (!isConnected()) {
            loop.countUnsent();
        } else if ((overflow != null && !overflow.isEmpty()) || !message(null, channel, payload)) {
            CommandQueue kept =
                    overflow == null ? new CommandQueue(loop.options().queue()) : overflow;
            overflow = kept;
            isCongested = true; // so no more single ones come than were under way
            if (!kept.isFull() && loop.connections().hasMemory()) {
                kept.put(null, channel, payload);
                account();
                loop.markForFlush(this);
                return;
            }
            loop.countUnsent();
            if (channel.kind().isReliable()) { // it cannot be left out
                isClosing = true; // nobody is to send more
                fail(new CloseReason(CloseReason.Cause.TIMEOUT, "it does not take what is sent"));
            }
        }
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (!isConnected()) {
            loop.countUnsent();
            return true;
        }
        try {
            return sendNow(payload, channel);
        } catch (IllegalArgumentException e) { // a thread that has gone on cannot be told
            loop.reportError(peer, String.valueOf(e.getMessage()), null);
            return true;
        }
    }

    /// Lets leave what may; stays marked until the end, so that what this sends marks it no more.
    void flush(long now) {
        if (link != null && !isBroken) {
            boolean wasCongested = isCongested;
            drainOverflow();
            link.flush(toPeer, now);
            if (wasCongested) { // there may be room now
                drainOverflow();
                link.flush(toPeer, now);
            }
            long wakeAt = Math.min(link.wakeAt(), checkHandshakeTimeout(link, now));
            loop.timers().set(timer, isCongested ? Math.min(wakeAt, now + RETRY_NANOS) : wakeAt);
        }
        account();
        needsFlush = false;
        boolean hasRoom = !isCongested
                && link != null
                && link.isWritable()
                && loop.connections().hasMemory();
        if (wantsRoom && hasRoom && isConnected()) {
            wantsRoom = false;
            loop.reportWritable(peer);
        }
    }

    /// Ends one that does not come in.
    ///
    /// @return when to look again
    private long checkHandshakeTimeout(ProtocolConnection its, long now) {
        if (ended != null || (isOpen && isAddressValidated)) {
            return Long.MAX_VALUE;
        }
        long waited = isOpen ? now - createdAt : idleTimer.nanos(its, now);
        if (waited >= HANDSHAKE_NANOS) {
            fail(new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the client that would have let it in"));
        }
        return now + HANDSHAKE_NANOS - waited;
    }

    /// Whether a client of the same address, which has proved that it begins anew, may take its
    /// place. Or whoever reads along could end a connection: so the peer is pinged, and the
    /// hello, which is repeated, counts when nothing has come from the peer since for a while.
    boolean mayBeReplaced(long now) {
        if (ended != null || link == null || !isAddressValidated) {
            return true;
        }
        link.ping();
        loop.markForFlush(this);
        return idleTimer.nanos(link, now) >= loop.options().timeout().toNanos() / PING_SHARE;
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
            link.close(reason, loop.now());
            loop.markForFlush(this);
        }
    }

    /// Ends it at once, and frees what it holds.
    void abort(CloseReason reason) {
        isClosing = true;
        overflow = null;
        isCongested = false;
        if (link != null && ended == null) {
            link.abort(reason, loop.now());
            if (link.heldBytes() > 0) { // its protocol goes on until that is sent
                fail(reason);
            }
        }
        loop.markForFlush(this);
    }

    /// Nobody hears of it any more. A program may keep its peer for long, but not what it held.
    void release() {
        if (link != null) {
            lastMetrics = metrics();
            undelivered = undelivered();
            link = null;
        }
        overflow = null;
        account();
    }

    /// It is over at once, whatever its link wants.
    void fail(CloseReason reason) {
        isBroken = true;
        closed(reason.withUndelivered(undelivered()));
    }

    /// Reliable messages that were not confirmed.
    long undelivered() {
        return link == null ? undelivered : link.undelivered();
    }

    /// Lets go what it holds, without a word to anybody.
    void abandon() {
        isBroken = true;
        isClosing = true;
        try {
            undelivered = undelivered();
        } catch (Throwable _) { // the link may be what has failed: then nobody knows
        }
        link = null;
        overflow = null;
    }

    /// Nobody is to see it any more. Its link may linger.
    ///
    /// @param now from when on it may
    void detach(long now) {
        isClosing = true;
        isOpen = false;
        hasLeft = true;
        overflow = null; // a program may keep its peer for long
        lingersUntil = now + LINGER_NANOS;
    }

    boolean isDetached() {
        return hasLeft;
    }

    /// Whether its link still wants to answer.
    boolean isLingering(long now) {
        boolean isSuperfluous = refusal != null && refusal.cause() == CloseReason.Cause.FULL;
        return link != null && !isBroken && !isSuperfluous && link.wakeAt() != Long.MAX_VALUE && now < lingersUntil;
    }

    Metrics metrics() {
        return link == null ? lastMetrics : Metrics.of(link.metrics());
    }

    @Override
    public @Nullable CloseReason admit() {
        if (!isDecided) {
            isDecided = true;
            refusal = loop.decide(this);
            isCounted = refusal == null;
        }
        return refusal;
    }

    @Override
    public void opened() {
        if (!isOpen && ended == null) {
            isOpen = true;
            loop.reportAccepted(peer);
        }
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        loop.deliver(peer, payload, channel);
    }

    @Override
    public void warning(String sentence) {
        loop.reportError(peer, sentence, null);
    }

    @Override
    public void closed(CloseReason reason) {
        if (ended == null) {
            ended = reason;
        }
        loop.markForFlush(this);
    }
}
