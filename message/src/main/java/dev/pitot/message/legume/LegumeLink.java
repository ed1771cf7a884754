package dev.pitot.message.legume;

import static dev.pitot.message.legume.SystemMessage.ACCEPTED;
import static dev.pitot.message.legume.SystemMessage.CONNECT_REQUEST;
import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.PING;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.LinkMetrics;
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
/// After the listener is told that it is over, its owner may forget the link, or go on until
/// [#wakeAt()] is never: for a second, repeats of the peer are still acknowledged.
public final class LegumeLink implements Link {
    /// The longest payload that any channel carries: a datagram, less the message's header and
    /// a ping, which a repeat needs. Unreliable messages may have 8 bytes more, as originally.
    public static final int MAX_PAYLOAD =
            SystemMessage.MAX_DATAGRAM_BYTES - SystemMessage.PREFIX_BYTES - DatagramPacker.PING_BYTES;

    private static final int WORN_OUT_IDS = 60_000; // of 65,535, of which an idle legume uses four in 2 s
    private static final long LINGER = 1_000_000_000;

    private final LegumeSettings settings;
    private final Supplier<@Nullable CloseReason> admission;
    private final LinkListener listener;
    private final Counters counters = new Counters();
    private final DatagramReader reader;
    private final SeenIds seen = new SeenIds();
    private final Delivery delivery;
    private final Opening opening = new Opening();
    private final Sending sending;
    private final Farewell farewell;

    private LinkState state;
    private CloseReason ending = new CloseReason(CloseReason.Cause.LOCAL, "");
    private long time;
    private long heardAt;
    private long deadline; // of all but PARTING and a confirmed OPEN; of OVER, the end of its lingering

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
        this.sending = new Sending(settings, counters, firstId, opening, this::onHandshakeConfirmed);
        this.delivery = new Delivery(listener, counters);
        this.farewell = new Farewell(sending);
        this.state = admission == null ? LinkState.CONNECTING : LinkState.EXPECTING;
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
        if (state == LinkState.EXPECTING && reader.type() != CONNECT_REQUEST) {
            return; // strangers change nothing
        }
        if (reader.type() == CONNECT_REQUEST && opening.hasBegun()) {
            onLaterRequest(id, now);
            return;
        }
        if (seen.contains(id)) { // nor a sign of life: an original that began anew repeats old ids
            counters.onDuplicate();
            if (wantsAck) { // the original does not, and its peers repeat for ever
                sending.answers().ack(id);
            }
            return;
        }
        if (state == LinkState.OVER || !mayTake()) {
            return;
        }
        heardAt = now;
        seen.add(id);
        if (wantsAck) {
            sending.answers().ack(id);
        }
        if (opening.hasBegun()) {
            onSignOfLife(reader.type());
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
                || ((state == LinkState.OPEN || state == LinkState.DRAINING) && delivery.hasRoom(reader));
    }

    /// A client that goes on knows of no other connection, and of some messages has its answer.
    private void onSignOfLife(int type) {
        if (opening.takeRepeat()) {
            sending.answers().ack(opening.id());
        }
        if (opening.isUnconfirmed() && (type >= FIRST_USER_TYPE || SystemMessage.isKeepAlive(type))) {
            sending.onHandshakeAnswered();
        }
    }

    private void onSystemMessage(long now) {
        int type = reader.type();
        if (SystemMessage.isKeepAlive(type)) {
            counters.onKeepAliveReceived();
        }
        switch (type) {
            case CONNECT_REQUEST -> onRequest(now);
            case ACCEPTED, SystemMessage.REJECTED -> onAnswer(type, now);
            case SystemMessage.KEEP_ALIVE_REQUEST ->
                sending.answers().keepAliveResponse(settings.answerTo(reader.idInBody()));
            case SystemMessage.DISCONNECTED -> over(Endings.CLOSED, now);
            case SystemMessage.ACK -> sending.onAck(reader.ackedId(), now);
            case PING -> onPing(reader.idInBody());
            case SystemMessage.PONG -> sending.onPong(reader.idInBody(), now);
            default -> {} // a response to a keep-alive: that it came is all
        }
    }

    private void onRequest(long now) {
        if (state != LinkState.EXPECTING) {
            return;
        }
        opening.begin(reader.id(), reader.sequence());
        deadline = now + Math.min(settings.timeoutNanos(), Opening.LIMIT_NANOS);
        CloseReason refusal =
                reader.protocol() == SystemMessage.PROTOCOL ? admission.get() : Endings.version(reader.protocol());
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        state = LinkState.OPEN;
        sending.handshake(0, 0, (byte) ACCEPTED);
        listener.opened();
    }

    /// A request to an end that one has opened is a repeat, or the client has died and asks anew.
    /// Neither says that the connection lives.
    private void onLaterRequest(int id, long now) {
        if (!opening.isSame(id, reader.sequence())) {
            over(state == LinkState.REFUSING ? ending : Endings.ANEW, now);
            deadline = now; // whoever owns this makes another of the next repeat
            return;
        }
        counters.onDuplicate();
        if (state == LinkState.OPEN && !opening.isUnconfirmed()) {
            opening.holdRepeat();
        } else if (opening.isUnconfirmed() && state != LinkState.OVER) {
            sending.answers().ack(id);
            opening.onRepeat();
        }
    }

    private void refuse(CloseReason reason) {
        state = LinkState.REFUSING;
        ending = reason;
        sending.handshake(0, 0, (byte) SystemMessage.REJECTED);
    }

    private void onAnswer(int type, long now) {
        if (state != LinkState.CONNECTING) {
            return;
        }
        if (type == SystemMessage.REJECTED) {
            over(Endings.REFUSED, now);
            return;
        }
        state = LinkState.OPEN;
        sending.onHandshakeAnswered();
        sending.establish(now);
        listener.opened();
    }

    /// The peer has got the answer to its request.
    private void onHandshakeConfirmed(int type) {
        if (type == ACCEPTED) {
            opening.onConfirmed();
            sending.establish(time);
        } else if (type == SystemMessage.REJECTED && state == LinkState.REFUSING) {
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
        return state == LinkState.OPEN && sending.outbox().offer(payload, channel.kind());
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public void flush(Outlet outlet, long now) {
        time = now;
        if (state == LinkState.OVER) {
            if (deadline - now > 0) {
                sending.flush(outlet, now);
            }
            return;
        }
        if (isTimeUp(now)) {
            onTimeUp(now);
        }
        sending.flush(outlet, now);
        if (state == LinkState.DRAINING && sending.outbox().isEmpty()) {
            part(now);
        }
        if (state == LinkState.PARTING && farewell.say(outlet, now)) {
            over(ending, now);
        }
    }

    private boolean isTimeUp(long now) {
        return heardAt + settings.timeoutNanos() - now <= 0 || (hasDeadline() && deadline - now <= 0);
    }

    private boolean hasDeadline() {
        return switch (state) {
            case CONNECTING, EXPECTING, REFUSING, DRAINING -> true;
            case OPEN -> opening.isUnconfirmed();
            case PARTING, OVER -> false;
        };
    }

    private void onTimeUp(long now) {
        boolean silent = heardAt + settings.timeoutNanos() - now <= 0;
        switch (state) {
            case REFUSING -> over(ending, now);
            case DRAINING -> {
                if (silent) {
                    over(Endings.silence(settings), now);
                } else {
                    part(now);
                }
            }
            case CONNECTING, EXPECTING -> over(Endings.silence(settings), now);
            case OPEN -> over(silent ? Endings.silence(settings) : Endings.UNCONFIRMED, now);
            case PARTING, OVER -> {}
        }
    }

    private void part(long now) {
        state = LinkState.PARTING;
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
                state = LinkState.DRAINING;
                deadline = now + settings.timeoutNanos();
            }
            case REFUSING, DRAINING, PARTING, OVER -> {} // it is closing already
        }
    }

    private void over(CloseReason reason, long now) {
        if (state != LinkState.OVER) {
            state = LinkState.OVER;
            deadline = now + LINGER;
            sending.abandon();
            listener.closed(reason);
        }
    }

    @Override
    public long wakeAt() {
        long next = sending.wakeAt(time);
        if (state == LinkState.OVER) {
            return deadline - time > 0 ? Deadlines.earlier(next, deadline) : Deadlines.NEVER;
        }
        next = Deadlines.earlier(next, heardAt + settings.timeoutNanos());
        if (state == LinkState.PARTING) {
            next = Deadlines.earlier(next, farewell.nextAt());
        } else if (state == LinkState.DRAINING && sending.outbox().isEmpty()) {
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
                new LinkMetrics.Waiting(sending.outbox().unsentBytes(), sending.unconfirmedCount(), delivery.waiting()),
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
    /// after them; 0 if it is not the original. Too few if more than 32,767 in a row were lost:
    /// those after them pass for old ones, and nothing tells them apart.
    public int peerIdsUsed() {
        return seen.usedByLegume();
    }

    /// Confirmations that came for nothing that waits for one. Many of them mean that an
    /// original server mixes its clients up.
    public long strayConfirmations() {
        return counters.strays();
    }
}
