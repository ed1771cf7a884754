package dev.pitot.message.legume;

import static dev.pitot.message.legume.DatagramPacker.PING_BYTES;
import static dev.pitot.message.legume.SystemMessage.ACCEPTED;
import static dev.pitot.message.legume.SystemMessage.ACK;
import static dev.pitot.message.legume.SystemMessage.CONNECT_REQUEST;
import static dev.pitot.message.legume.SystemMessage.DISCONNECTED;
import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.KEEP_ALIVE_REQUEST;
import static dev.pitot.message.legume.SystemMessage.MAX_DATAGRAM_BYTES;
import static dev.pitot.message.legume.SystemMessage.PING;
import static dev.pitot.message.legume.SystemMessage.PONG;
import static dev.pitot.message.legume.SystemMessage.PREFIX_BYTES;
import static dev.pitot.message.legume.SystemMessage.PROTOCOL;
import static dev.pitot.message.legume.SystemMessage.REJECTED;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.LinkMetrics;
import dev.pitot.message.link.LinkMetrics.Waiting;
import dev.pitot.message.link.Outlet;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection of legume's protocol, client or server, towards the original or
/// another Pitot. One thread at a time.
///
/// The protocol has three kinds of channels: unreliable, reliable, and reliable ordered, of
/// which one datagram is on its way at a time. The numbers of channels are not carried: those
/// of one kind share a path, and what comes has number 0. Ordered messages come as reliable
/// ones, since legume's wire does not tell them apart, but come in order; only what a legume
/// sends by its internal in-order call comes as ordered.
///
/// After the listener is told that it is over, whoever owns the link may forget it, or go on
/// with [#receive] and [#flush] until [#wakeAt()] is never: for a second, repeats of the peer
/// are still acknowledged.
public final class LegumeLink implements Link {
    /// The longest payload that any channel carries: a datagram, less the message's header and
    /// a ping, which a repeat needs. Unreliable messages may have 8 bytes more, as originally.
    public static final int MAX_PAYLOAD = MAX_DATAGRAM_BYTES - PREFIX_BYTES - PING_BYTES;

    private static final int WORN_OUT_IDS = 60_000; // of 65,535, of which an idle legume uses four in 2 s
    private static final long LINGER = 1_000_000_000;
    private static final long REFUSAL_LIMIT = 3_000_000_000L;

    /// How far the connection has come.
    private enum State {
        /// A client that has no answer.
        CONNECTING,
        /// A server that has not been asked.
        EXPECTING,
        OPEN,
        /// A server that has said no, until that has arrived.
        REFUSING,
        /// Closing: what was queued is still delivered.
        DRAINING,
        /// Closing: goodbye is said.
        PARTING,
        OVER
    }

    private final LegumeSettings settings;
    private final Supplier<@Nullable CloseReason> admission;
    private final LinkListener listener;
    private final Counters counters = new Counters();
    private final DatagramReader reader;
    private final SeenIds seen = new SeenIds();
    private final Delivery delivery;
    private final Sending sending;
    private final Farewell farewell;

    private State state;
    private CloseReason ending = new CloseReason(Cause.LOCAL, "");
    private long time;
    private long heardAt;
    private long deadline; // of CONNECTING, EXPECTING, REFUSING and DRAINING, and of what follows OVER

    private LegumeLink(
            Framing framing,
            LegumeSettings settings,
            int firstId,
            @Nullable Supplier<@Nullable CloseReason> admission,
            LinkListener listener,
            long now) {
        this.settings = settings;
        this.admission = admission == null ? () -> null : admission;
        this.listener = listener;
        this.reader = new DatagramReader(framing);
        this.sending = new Sending(settings, counters, firstId, this::onHandshakeConfirmed);
        this.delivery = new Delivery(listener, counters);
        this.farewell = new Farewell(sending);
        this.state = admission == null ? State.CONNECTING : State.EXPECTING;
        this.time = now;
        this.heardAt = now;
        this.deadline = now + settings.timeoutNanos();
    }

    /// A client, which asks with the first [#flush].
    ///
    /// @param request its id is that of the client's first message; the server gets all of it
    public static LegumeLink client(
            Framing framing, LegumeSettings settings, ConnectRequest request, LinkListener listener, long now) {
        var link = new LegumeLink(framing, settings, request.id(), null, listener, now);
        link.sending.handshake(request.flags(), request.sequence(), (byte) CONNECT_REQUEST, (byte) request.protocol());
        return link;
    }

    /// A server's end towards one address. Nothing but a ConnectRequest brings it to life, so
    /// make one only if [ConnectRequest#isConnectRequest(ByteBuffer)].
    ///
    /// @param firstId of its first message, 0..65535; best a random one
    /// @param admission asked once, when the request has come; null accepts, a reason refuses
    public static LegumeLink server(
            Framing framing,
            LegumeSettings settings,
            int firstId,
            Supplier<@Nullable CloseReason> admission,
            LinkListener listener,
            long now) {
        return new LegumeLink(framing, settings, firstId, admission, listener, now);
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        time = now;
        if (!reader.begin(datagram)) {
            counters.onMalformed();
            return;
        }
        counters.onDatagramReceived(datagram.remaining());
        heardAt = now;
        try {
            while (reader.next()) {
                take(now);
            }
        } finally {
            reader.release();
        }
    }

    private void take(long now) {
        int id = reader.id();
        boolean wantsAck = reader.isReliable() || reader.isInOrder();
        if (state == State.EXPECTING && reader.type() != CONNECT_REQUEST) {
            return; // strangers change nothing
        }
        if (seen.contains(id)) {
            counters.onDuplicate();
            if (wantsAck) { // the original does not, and its peers repeat for ever
                sending.answers().ack(id);
            }
            return;
        }
        if (state == State.OVER || !mayTake()) {
            return;
        }
        seen.add(id);
        if (wantsAck) {
            sending.answers().ack(id);
        }
        if (reader.type() < FIRST_USER_TYPE) {
            onSystemMessage(now);
        } else {
            delivery.accept(reader);
        }
    }

    /// Whether a message that has not come before is wanted. If not, it stays as if it had not
    /// come, and a reliable one is repeated.
    private boolean mayTake() {
        return reader.type() < FIRST_USER_TYPE
                || ((state == State.OPEN || state == State.DRAINING) && delivery.hasRoom(reader));
    }

    private void onSystemMessage(long now) {
        int type = reader.type();
        if (SystemMessage.isKeepAlive(type)) {
            counters.onKeepAliveReceived();
        }
        switch (type) {
            case CONNECT_REQUEST -> onRequest(now);
            case ACCEPTED -> onAccepted(now);
            case REJECTED -> onRejected(now);
            case KEEP_ALIVE_REQUEST -> sending.answers().keepAliveResponse(reader.idInBody());
            case DISCONNECTED -> over(new CloseReason(Cause.REMOTE, "the peer closed the connection"), now);
            case ACK -> sending.onAck(reader.ackedId(), now);
            case PING -> onPing(reader.idInBody());
            case PONG -> sending.onPong(reader.idInBody(), now);
            default -> {} // a response to a keep-alive: that it came is all
        }
    }

    private void onRequest(long now) {
        if (state != State.EXPECTING) {
            return;
        }
        CloseReason refusal = reader.protocol() == PROTOCOL ? admission.get() : version(reader.protocol());
        if (refusal != null) {
            refuse(refusal, now);
            return;
        }
        state = State.OPEN;
        sending.handshake(0, 0, (byte) ACCEPTED);
        listener.opened();
    }

    private static CloseReason version(int spoken) {
        return new CloseReason(
                Cause.VERSION, "the client speaks version " + spoken + " of legume's protocol, not " + PROTOCOL);
    }

    private void refuse(CloseReason reason, long now) {
        state = State.REFUSING;
        ending = reason;
        deadline = now + Math.min(settings.timeoutNanos(), REFUSAL_LIMIT);
        sending.handshake(0, 0, (byte) REJECTED);
    }

    private void onAccepted(long now) {
        if (state == State.CONNECTING) {
            state = State.OPEN;
            sending.onRequestAnswered();
            sending.establish(now);
            listener.opened();
        }
    }

    private void onRejected(long now) {
        if (state == State.CONNECTING) {
            over(new CloseReason(Cause.REJECTED, "the server refused the connection"), now);
        }
    }

    /// The peer has got the answer to its request.
    private void onHandshakeConfirmed(int type) {
        if (type == ACCEPTED) {
            sending.establish(time);
        } else if (type == REJECTED && state == State.REFUSING) {
            over(ending, time);
        }
    }

    private void onPing(int ping) {
        if (!settings.keepResendDelayOfPeer() || (ping & Pings.OWN) != 0) {
            sending.answers().pong(ping);
        }
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        time = now;
        Outbox.check(payload, channel.kind());
        return state == State.OPEN && sending.outbox().offer(payload, channel.kind());
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public void flush(Outlet outlet, long now) {
        time = now;
        if (state == State.OVER) {
            if (deadline - now > 0) {
                sending.flush(outlet, now);
            }
            return;
        }
        if (isTimeUp(now)) {
            onTimeUp(now);
        }
        sending.flush(outlet, now);
        if (state == State.DRAINING && sending.outbox().isEmpty()) {
            part(now);
        }
        if (state == State.PARTING && farewell.say(outlet, now)) {
            over(ending, now);
        }
    }

    private boolean isTimeUp(long now) {
        return heardAt + settings.timeoutNanos() - now <= 0 || (hasDeadline() && deadline - now <= 0);
    }

    private boolean hasDeadline() {
        return switch (state) {
            case CONNECTING, EXPECTING, REFUSING, DRAINING -> true;
            case OPEN, PARTING, OVER -> false;
        };
    }

    private void onTimeUp(long now) {
        boolean silent = heardAt + settings.timeoutNanos() - now <= 0;
        switch (state) {
            case REFUSING -> over(ending, now);
            case DRAINING -> {
                if (silent) {
                    over(timeout(), now);
                } else {
                    part(now);
                }
            }
            case CONNECTING, EXPECTING, OPEN -> over(timeout(), now);
            case PARTING, OVER -> {}
        }
    }

    private CloseReason timeout() {
        return new CloseReason(
                Cause.TIMEOUT,
                "nothing came from the peer for " + settings.timeout().toMillis() + " ms");
    }

    private void part(long now) {
        state = State.PARTING;
        sending.abandon();
        farewell.begin(now);
    }

    @Override
    public void close(CloseReason reason, long now) {
        time = now;
        switch (state) {
            case EXPECTING -> over(reason, now);
            case CONNECTING -> {
                ending = reason;
                part(now);
            }
            case OPEN -> {
                ending = reason;
                state = State.DRAINING;
                deadline = now + settings.timeoutNanos();
            }
            case REFUSING, DRAINING, PARTING, OVER -> {} // it is closing already
        }
    }

    private void over(CloseReason reason, long now) {
        if (state != State.OVER) {
            state = State.OVER;
            deadline = now + LINGER;
            sending.abandon();
            listener.closed(reason);
        }
    }

    @Override
    public long wakeAt() {
        long next = sending.wakeAt(time);
        if (state == State.OVER) {
            return deadline - time > 0 ? Deadlines.earlier(next, deadline) : Deadlines.NEVER;
        }
        next = Deadlines.earlier(next, heardAt + settings.timeoutNanos());
        if (state == State.PARTING) {
            next = Deadlines.earlier(next, farewell.nextAt());
        } else if (state == State.DRAINING && sending.outbox().isEmpty()) {
            next = time;
        }
        return hasDeadline() ? Deadlines.earlier(next, deadline) : next;
    }

    @Override
    public LinkMetrics metrics() {
        return new LinkMetrics(
                sending.roundTrip().figures(),
                counters.received(),
                counters.sent(),
                new Waiting(sending.outbox().unsentBytes(), sending.unconfirmedCount(), delivery.waiting()),
                counters.trouble());
    }

    /// Whether a legume at the other end will soon have used up its ids, after which it breaks.
    @Override
    public boolean isWornOut() {
        return peerIdsUsed() >= WORN_OUT_IDS;
    }

    @Override
    public boolean isProved() {
        return sending.isEstablished();
    }

    /// How many of its 65,535 ids a peer has used that may be the original, which cannot go on
    /// after them: near 65,000 it is time to connect anew, a client from another port. 0 if the
    /// peer is not the original.
    public int peerIdsUsed() {
        return seen.usedByLegume();
    }

    /// Confirmations that came for nothing that waits for one. Many of them mean that an
    /// original server mixes its clients up.
    public long strayConfirmations() {
        return counters.strays();
    }
}
