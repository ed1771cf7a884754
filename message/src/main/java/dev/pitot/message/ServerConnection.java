package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ProtocolConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a server keeps for one peer. The server's thread only, but for what says otherwise.
final class ServerConnection implements ProtocolNegotiation.PendingConnection, DatagramSender, CommandQueue.Consumer {
    private static final long RETRY_NANOS = 1_000_000;

    /// A link that is over may answer repeats so long, if it wants.
    private static final long LINGER_NANOS = 3_000_000_000L;

    /// A client that is coming in goes on so soon, and one that was let in confirms it, or it
    /// loses its place: longer than the second repeat of legume's or of DTLS takes.
    private static final long HANDSHAKE_NANOS = 3_000_000_000L;

    /// A peer that is there says something in this share of the timeout, and a repeat of it comes
    /// with this margin.
    private static final int KEEP_ALIVE_SHARE = 3;

    private static final long MARGIN_NANOS = 1_000_000_000;

    private final ServerLoop loop;
    private volatile InetSocketAddress address;
    private final Peer peer = new Peer(this);
    private final TimerQueue.Timer<ServerConnection> timer = new TimerQueue.Timer<>(this);
    private @Nullable ProtocolConnection link; // null until the acceptor has made it
    private final IdleTimer idleTimer = new IdleTimer();
    private final long createdAt;
    private @Nullable ByteBuffer successor; // hello of who would take its place
    private long successorAt;
    private boolean isAddressValidated;
    private boolean isDecided;
    private boolean isCounted;
    private @Nullable CloseReason refusal;
    private @Nullable CloseReason ended;
    private @Nullable CommandQueue overflow; // what its link did not take at once
    private boolean needsFlush;
    private boolean isBroken;
    private boolean hasLeft;
    private long lingersUntil;
    private volatile boolean isOpen;
    private volatile boolean isClosing;
    private volatile boolean isCongested;

    /// @param isAddressValidated whether the client has shown that it gets what is sent to its address
    ServerConnection(ServerLoop loop, InetSocketAddress address, boolean isAddressValidated, long now) {
        this.loop = loop;
        this.address = address;
        this.isAddressValidated = isAddressValidated;
        createdAt = now;
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
                loop.onAddressValidated(this);
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
        if (!loop.eventLoop().isCurrentThread()) {
            boolean isTaken = !isCongested && loop.eventLoop().commands().offer(this, channel, payload);
            loop.eventLoop().wake();
            return isTaken;
        }
        return !isCongested && sendNow(payload, channel);
    }

    private boolean sendNow(ByteBuffer payload, Channel channel) {
        boolean isTaken = link != null && link.send(payload, channel, loop.now());
        loop.markForFlush(this);
        return isTaken;
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
            if (!kept.isFull()) {
                kept.put(null, channel, payload);
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
            link.flush(this, now);
            if (wasCongested) { // there may be room now
                drainOverflow();
                link.flush(this, now);
            }
            long wakeAt = Math.min(link.wakeAt(), checkHandshakeTimeout(link, now));
            wakeAt = successor == null ? wakeAt : Math.min(wakeAt, Math.max(now, successorAt + replacementTimeout()));
            loop.timers().set(timer, isCongested ? Math.min(wakeAt, now + RETRY_NANOS) : wakeAt);
        }
        needsFlush = false;
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
    /// place at once. From a peer that may still be there it may not, or whoever reads along
    /// could end its connection: then its hello waits for the peer to be silent.
    boolean mayBeReplaced(ByteBuffer hello, long now) {
        if (ended != null || link == null || !isAddressValidated) {
            return true;
        }
        boolean isSilent = idleTimer.nanos(link, now) >= replacementTimeout();
        if (!isSilent && successor == null) {
            successor = ByteBuffer.allocate(hello.remaining())
                    .put(hello.duplicate())
                    .flip();
            successorAt = now;
            loop.timers().note(timer, now + replacementTimeout());
        }
        return isSilent;
    }

    /// The hello of a client of the same address that takes its place now; null if none does.
    @Nullable ByteBuffer successor(long now) {
        ByteBuffer hello = successor;
        if (hello == null || link == null) {
            return null;
        }
        boolean isSilent = idleTimer.nanos(link, now) >= replacementTimeout();
        if (isSilent || now - successorAt >= replacementTimeout()) {
            successor = null;
        }
        return isSilent && ended == null ? hello : null;
    }

    private long replacementTimeout() {
        return loop.options().timeout().toNanos() / KEEP_ALIVE_SHARE + MARGIN_NANOS;
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

    /// It is over at once, whatever its link wants.
    void fail(CloseReason reason) {
        isBroken = true;
        closed(link == null ? reason : reason.withUndelivered(link.undelivered()));
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
        return link == null ? Metrics.NONE : Metrics.of(link.metrics());
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        return loop.socket().send(datagram, address);
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
    public void closed(CloseReason reason) {
        if (ended == null) {
            ended = reason;
        }
        loop.markForFlush(this);
    }
}
