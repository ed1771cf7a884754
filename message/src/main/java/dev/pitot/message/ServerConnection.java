package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.link.ReasonText;
import dev.pitot.message.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a server keeps for one peer. The server's thread only, but for what says otherwise.
final class ServerConnection extends PeerConnection
        implements ProtocolNegotiation.PendingConnection, CommandQueue.Consumer {
    private static final long RETRY_NANOS = 1_000_000;

    /// A link that is over may answer repeats so long, if it wants.
    private static final long LINGER_NANOS = 3_000_000_000L;

    /// A client that is coming in goes on so soon, and one that was let in confirms it, or it
    /// loses its place: longer than the second repeat of legume's or of DTLS takes.
    private static final long HANDSHAKE_NANOS = 3_000_000_000L;

    /// A peer that is there answers a ping within this share of the timeout, though it be lost twice.
    private static final int PING_SHARE = 5;

    private final ServerLoop loop;
    private final ServerEvents events;
    private volatile InetSocketAddress address;
    private DatagramSender toPeer;
    private final Peer peer = new Peer(this);
    private final TimerQueue.Timer<ServerConnection> timer = new TimerQueue.Timer<>(this);
    private final IdleTimer idleTimer = new IdleTimer();
    private long createdAt; // and later by the time in which nothing was read
    private final long serial;
    private boolean isAddressValidated;
    private boolean isDecided;
    private boolean isCounted;
    private @Nullable CloseReason refusal;
    private @Nullable CommandQueue overflow; // what its link did not take at once
    private boolean needsFlush;
    private long cameAt; // its last datagram
    private long skippedNanos; // between datagrams that were not read
    private long skippedInRow; // the same, since one was
    private long heldBytes; // as the limits know
    private boolean hasLeft;
    private long lingersUntil;
    private volatile boolean isCongested;
    private volatile boolean wantsRoom; // somebody wants to hear when it can be sent to again

    /// @param isAddressValidated whether the client has shown that it gets what is sent to its address
    ServerConnection(ServerLoop loop, InetSocketAddress address, boolean isAddressValidated, long now) {
        super(loop.unreadNanos());
        this.loop = loop;
        events = loop.events();
        this.address = address;
        toPeer = senderTo(address, loop.socket());
        this.isAddressValidated = isAddressValidated;
        createdAt = now;
        cameAt = now;
        serial = loop.connections().nextSerial();
    }

    /// Any thread.
    InetSocketAddress address() {
        return address;
    }

    /// By which its peer names it; 0 if it does not.
    int id() {
        ProtocolConnection its = link();
        return its == null ? 0 : its.connectionId();
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
    @Override
    Peer peer() {
        return peer;
    }

    /// Any thread.
    ServerLoop loop() {
        return loop;
    }

    TimerQueue.Timer<ServerConnection> timer() {
        return timer;
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

    /// Notes when the address of the peer is known not to be forged.
    void checkValidated(ProtocolConnection its) {
        if (!isAddressValidated && its.isAddressValidated()) {
            isAddressValidated = true;
            loop.connections().markValidated(this);
        }
    }

    /// Any thread. See [Peer#send(ByteBuffer, Channel)].
    boolean send(ByteBuffer payload, Channel channel) {
        checkConnected();
        if (!loop.eventLoop().isCurrentThread()) { // it goes on before its message's turn comes
            check(payload, channel);
        }
        boolean isTaken = !isCongested
                && (loop.eventLoop().isCurrentThread()
                        ? sendNow(payload, channel)
                        : loop.eventLoop().commands().offer(this, channel, payload));
        if (!isTaken) {
            wantRoom();
        }
        loop.eventLoop().wake();
        return isTaken;
    }

    /// Any thread. The listener is to be told when more can be sent.
    void wantRoom() {
        if (!wantsRoom) {
            wantsRoom = true;
            loop.eventLoop().execute(() -> loop.markForFlush(this));
        }
    }

    /// Any thread.
    void checkConnected() {
        if (!isConnected() || (isLeaving() && !loop.eventLoop().isCurrentThread())) { // what was given before may leave
            throw new EndpointStateException(
                    EndpointState.DISCONNECTED,
                    "The peer " + ReasonText.of(address) + " is not connected: nothing can be sent to it.");
        }
    }

    private boolean sendNow(ByteBuffer payload, Channel channel) {
        boolean isTaken = loop.connections().hasMemory() && queue(payload, channel, loop.now());
        account();
        loop.markForFlush(this);
        return isTaken;
    }

    private void account() {
        ProtocolConnection its = link();
        long holds = (its == null ? 0 : its.heldBytes()) + (overflow == null ? 0 : overflow.heldBytes());
        loop.connections().hold(holds - heldBytes);
        heldBytes = holds;
    }

    /// Looks soon whether it can be sent to again, if somebody waits for that.
    void checkRoom() {
        if (wantsRoom) {
            loop.markForFlush(this);
        }
    }

    /// Bytes that it holds of what counts for [ServerLimits#memoryBytes].
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
                refuseMessages();
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
            events.error(peer, String.valueOf(e.getMessage()), null);
            return true;
        }
    }

    /// Lets leave what may; stays marked until the end, so that what this sends marks it no more.
    void flush(long now) {
        ProtocolConnection its = working();
        if (its != null) {
            extendAllTimeouts(now);
            boolean wasCongested = isCongested;
            drainOverflow();
            its.flush(toPeer, now);
            if (wasCongested) { // there may be room now
                drainOverflow();
                its.flush(toPeer, now);
            }
            long wakeAt = Math.min(its.wakeAt(), checkHandshakeTimeout(its, now));
            loop.timers().set(timer, isCongested ? Math.min(wakeAt, now + RETRY_NANOS) : wakeAt);
        }
        account();
        needsFlush = false;
        boolean hasRoom = its != null && its.isWritable() && loop.connections().hasMemory();
        if (wantsRoom && !isCongested && hasRoom && isConnected() && events.mayReportWritable()) {
            wantsRoom = false;
            events.writable(peer);
        }
    }

    /// Who takes a datagram that has come; null if it is not to be read, since the listener has so much of this
    /// peer before it that others would have to wait. For the peer it is lost, but shows that it is not silent, for
    /// as long as a pause of all does.
    @Nullable ProtocolConnection receiver(long now) {
        boolean isToRead = ended() != null || events.mayReceive(this);
        skippedInRow = isToRead ? 0 : skippedInRow + now - cameAt;
        if (!isToRead && skippedInRow <= ReceiveBudget.longestPauseNanos(loop.options())) {
            skippedNanos += now - cameAt;
        }
        cameAt = now;
        return isToRead ? working() : null;
    }

    /// Time in which nothing was read is no silence of the peer.
    void extendAllTimeouts(long now) {
        long unread = extendTimeouts(loop.unreadNanos() + skippedNanos, now);
        if (unread > 0) {
            createdAt += Math.min(unread, now - createdAt);
            idleTimer.extend(unread, now);
        }
    }

    /// Ends one that does not come in.
    ///
    /// @return when to look again
    private long checkHandshakeTimeout(ProtocolConnection its, long now) {
        if (ended() != null || (isOpen() && isAddressValidated)) {
            return Long.MAX_VALUE;
        }
        long waited = isOpen() ? now - createdAt : idleTimer.nanos(its, now);
        if (waited >= HANDSHAKE_NANOS) {
            fail(new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the client that would have let it in"));
        }
        return now + HANDSHAKE_NANOS - waited;
    }

    /// Whether a client of the same address, which has proved that it begins anew, may take its
    /// place. Or whoever reads along could end a connection: so the peer is pinged, and the
    /// hello, which is repeated, counts when nothing has come from the peer since for a while.
    boolean mayBeReplaced(long now) {
        ProtocolConnection its = link();
        if (ended() != null || its == null || !isAddressValidated) {
            return true;
        }
        extendAllTimeouts(now);
        its.ping();
        loop.markForFlush(this);
        return idleTimer.nanos(its, now) >= loop.options().timeout().toNanos() / PING_SHARE;
    }

    private void drainOverflow() {
        if (overflow != null && isCongested) {
            overflow.drain(this, Integer.MAX_VALUE);
            isCongested = !overflow.isEmpty();
        }
    }

    void close(CloseReason reason) {
        if (beginClose(reason, loop.now())) {
            loop.markForFlush(this);
        }
    }

    /// Ends it at once; what says goodbye leaves with the next flush.
    void abortLater(CloseReason reason) {
        beginAbort(reason, loop.now());
        loop.markForFlush(this);
    }

    /// Ends it at once, and frees what it holds.
    void abort(CloseReason reason) {
        beginAbort(reason, loop.now());
        dropOverflow();
        isCongested = false;
        ProtocolConnection its = link();
        if (its != null && ended() == null) {
            its.flush(toPeer, loop.now()); // the peer is told, if its protocol can
            if (its.heldBytes() > 0) { // its protocol goes on until that is sent
                fail(reason);
            }
        }
        loop.markForFlush(this);
    }

    /// Besides lets go what it holds: a program may keep its peer for long.
    @Override
    void release() {
        super.release();
        overflow = null;
        account();
    }

    /// Nobody is to see it any more. Its link may linger.
    ///
    /// @param now from when on it may
    void detach(long now) {
        hide();
        hasLeft = true;
        dropOverflow(); // a program may keep its peer for long
        lingersUntil = now + LINGER_NANOS;
    }

    private void dropOverflow() {
        if (overflow != null) {
            overflow.drain(this, Integer.MAX_VALUE); // counts it, as this takes no more messages
            overflow = null;
        }
    }

    boolean isDetached() {
        return hasLeft;
    }

    /// Whether its link still wants to answer.
    boolean isLingering(long now) {
        boolean isSuperfluous = refusal != null && refusal.cause() == CloseReason.Cause.FULL;
        ProtocolConnection its = working();
        return its != null && !isSuperfluous && its.wakeAt() != Long.MAX_VALUE && now < lingersUntil;
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
    void onOpened() {
        events.accepted(peer);
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        events.post(this, payload, channel);
    }

    @Override
    public void warning(String sentence) {
        events.error(peer, sentence, null);
    }

    @Override
    void onEnded() {
        loop.markForFlush(this);
    }
}
