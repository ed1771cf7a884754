package dev.pitot.message.legume;

import static dev.pitot.message.legume.SystemMessage.CONNECT_REQUEST;
import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;

import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection of legume's protocol, to the original or another Pitot. One thread at a time.
///
/// It has three kinds of channels: unreliable, reliable, and reliable ordered, of which one datagram is on its way at
/// a time. Channels of one kind share a path. Ordered messages come in order, but on [Channel#RELIABLE], unless by a
/// legume's internal in-order call. Once closed, it acknowledges retransmissions until [#wakeAt()] is never.
public final class LegumeLink implements ProtocolConnection {
    /// The longest payload that any channel carries: a datagram, less the message's header and the ping without
    /// which the original does not confirm a repeated one. Unreliable ones may have 8 bytes more, as originally.
    public static final int MAX_PAYLOAD =
            SystemMessage.MAX_DATAGRAM_BYTES - SystemMessage.PREFIX_BYTES - DatagramPacker.PING_BYTES;

    private static final long LINGER = 1_000_000_000;
    private final LegumeSettings settings;
    private final LinkListener listener;
    private final LinkCounters counters = new LinkCounters();
    private final DatagramReader reader;
    private final DuplicateFilter duplicateFilter = new DuplicateFilter();
    private final Receiver receiver;
    private final LegumeServerHandshake serverHandshake;
    private final PendingReplies replies;
    private final ReliableSender reliableSender;
    private final DisconnectSender disconnectSender;
    private final PortMigration migration;
    private final FieldCheck fieldCheck;
    private LegumeState state;
    private CloseReason ending = new CloseReason(CloseReason.Cause.LOCAL, "");
    private long time;
    private long receivedAt;
    private long undelivered; // when it ended
    private int left; // messages while DRAINING
    private long deadline; // of all but CLOSING and OPEN; of CLOSED, the end of its lingering

    private LegumeLink(
            BodyLengths bodyLengths,
            LegumeSettings settings,
            long seed,
            @Nullable Supplier<@Nullable CloseReason> admission,
            LinkListener listener,
            long now) {
        this.settings = settings;
        this.serverHandshake = new LegumeServerHandshake(admission);
        this.listener = listener;
        this.reader = new DatagramReader(bodyLengths);
        this.fieldCheck = new FieldCheck(bodyLengths);
        this.replies = new PendingReplies(settings);
        reliableSender = new ReliableSender(settings, counters, replies, seed, serverHandshake, this::onAnswerAcked);
        this.receiver = new Receiver(listener, counters);
        this.disconnectSender = new DisconnectSender(reliableSender);
        this.migration = new PortMigration(settings.migrates() && admission == null);
        this.state = admission == null ? LegumeState.CONNECTING : LegumeState.LISTENING;
        this.time = now;
        this.receivedAt = now;
        this.deadline = now + settings.timeoutNanos();
    }

    /// Returns a client, which asks with the first [#flush].
    ///
    /// @param request its id is that of the client's first message; the server gets all of it
    /// @param seed a random number, which chooses the ids of pings
    public static LegumeLink client(
            BodyLengths bodyLengths,
            LegumeSettings settings,
            ConnectRequest request,
            long seed,
            LinkListener listener,
            long now) {
        var link = new LegumeLink(bodyLengths, settings, (seed & ~0xFFFFL) | request.id(), null, listener, now);
        link.reliableSender.handshake(
                request.flags(), request.sequence(), (byte) CONNECT_REQUEST, (byte) request.protocol());
        return link;
    }

    /// Returns a server's end, for a [datagram that is a request][ConnectRequest#isConnectRequest].
    ///
    /// @param seed a random number: its lower 16 bits are the first message's id, all of it chooses pings' ids
    /// @param admission asked once, when the request has come; null accepts, a reason refuses
    public static LegumeLink server(
            BodyLengths bodyLengths,
            LegumeSettings settings,
            long seed,
            Supplier<@Nullable CloseReason> admission,
            LinkListener listener,
            long now) {
        return new LegumeLink(bodyLengths, settings, seed, admission, listener, now);
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        time = now;
        boolean isReadable = reader.begin(datagram);
        receiver.onBegun(reader);
        if (!isReadable) {
            return;
        }
        fieldCheck.onPing(reader.ping()); // before the connection opens by what stands in front of it
        counters.onDatagramReceived(datagram.remaining());
        serverHandshake.onReceived(datagram.remaining());
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
        if (reader.type() == CONNECT_REQUEST && serverHandshake.hasBegun()) {
            onLaterRequest(id, now);
            return;
        }
        if (!serverHandshake.isValidated() && !state.takesUnvalidated(reader.type())) {
            reliableSender.repeatAnswer(now); // as it goes on, its confirmation may be lost
            return;
        }
        if (duplicateFilter.contains(id)) { // nor a sign of life: an original that began anew repeats old ids
            counters.onDuplicate();
            if (wantsAck) { // the original does not, and its peers repeat for ever
                replies.ack(id);
            }
            return;
        }
        boolean isWanted = reader.type() < FIRST_USER_TYPE || (state.takesMessages() && receiver.hasRoom(reader));
        if (state == LegumeState.CLOSED || !isWanted) { // as if it had not come; a reliable one comes again
            return;
        }
        receivedAt = now;
        duplicateFilter.add(id);
        if (wantsAck && serverHandshake.isValidated()) {
            replies.ack(id);
        }
        if (serverHandshake.takeRepeat()) { // a client that goes on knows of no other connection
            replies.ack(serverHandshake.id());
        }
        if (reader.type() < FIRST_USER_TYPE) {
            onSystemMessage(now);
        } else {
            receiver.accept(reader);
        }
    }

    private void onSystemMessage(long now) {
        int type = reader.type();
        if (SystemMessage.isKeepAlive(type)) {
            counters.onKeepAliveReceived();
        }
        switch (type) {
            case CONNECT_REQUEST -> onRequest(now);
            case SystemMessage.ACCEPTED, SystemMessage.REJECTED -> onAnswer(type, now);
            case SystemMessage.KEEP_ALIVE_REQUEST -> replies.keepAliveResponse(reader.idInBody());
            case SystemMessage.DISCONNECTED -> end(CloseReasons.CLOSED, now);
            case SystemMessage.ACK -> reliableSender.onAck(reader.ackedId(), now);
            case SystemMessage.PING -> replies.pong(reader.idInBody());
            case SystemMessage.PONG -> reliableSender.onPong(reader.idInBody(), now);
            default -> {} // a response to a keep-alive: that it came is all
        }
        if (serverHandshake.isGuessed()) {
            end(CloseReasons.GUESSED, now);
        }
    }

    private void onRequest(long now) {
        if (state != LegumeState.LISTENING) {
            return;
        }
        deadline = now + Math.min(settings.timeoutNanos(), LegumeServerHandshake.LIMIT_NANOS);
        CloseReason refusal = serverHandshake.begin(reader);
        state = refusal == null ? LegumeState.ACCEPTING : LegumeState.REFUSING;
        ending = refusal == null ? ending : refusal;
        reliableSender.handshake(0, 0, (byte) (refusal == null ? SystemMessage.ACCEPTED : SystemMessage.REJECTED));
    }

    /// A repeat of the request, or the client has died and asks anew: neither is a sign of life.
    private void onLaterRequest(int id, long now) {
        if (!serverHandshake.isSame(id, reader.sequence())) {
            end(state == LegumeState.REFUSING ? ending : CloseReasons.ANEW, now);
            deadline = now; // the owner makes another of the next repeat
            return;
        }
        counters.onDuplicate();
        if (state == LegumeState.OPEN) {
            serverHandshake.holdRepeat();
        } else if (state == LegumeState.ACCEPTING || state == LegumeState.REFUSING) {
            reliableSender.repeatAnswer(now);
        }
    }

    private void onAnswer(int type, long now) {
        if (state == LegumeState.CONNECTING && type == SystemMessage.REJECTED) {
            end(CloseReasons.REFUSED, now);
        } else if (state == LegumeState.CONNECTING) {
            reliableSender.onRequestAnswered(now);
            open(now);
        }
    }

    private void open(long now) {
        state = LegumeState.OPEN;
        reliableSender.establish(fieldCheck.hasWideFields(), now);
        receiver.open();
    }

    /// The peer has got the answer to its request, which is acknowledged only now.
    private void onAnswerAcked() {
        serverHandshake.onAcked();
        replies.ack(serverHandshake.id());
        if (state == LegumeState.ACCEPTING) {
            open(time);
        } else {
            end(ending, time);
        }
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        time = now;
        check(payload, channel);
        return isSending() && reliableSender.queues().offer(payload, channel.kind());
    }

    private boolean isSending() {
        return state == LegumeState.OPEN && !migration.isPausing();
    }

    @Override
    public void check(ByteBuffer payload, Channel channel) {
        fieldCheck.check(payload, channel.kind());
    }

    @Override
    public void whenConfirmed(CompletableFuture<Void> confirmed) {
        reliableSender.queues().whenConfirmed(confirmed);
    }

    @Override
    public boolean isWritable() {
        return isSending() && reliableSender.queues().isWritable();
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public void flush(DatagramSender sender, long now) {
        time = now;
        if (state == LegumeState.CLOSED) {
            if (deadline - now > 0) {
                reliableSender.flush(sender, now);
            }
            return;
        }
        int stalled = reliableSender.stalledType(settings.timeoutNanos(), now);
        boolean isSilent = receivedAt + settings.timeoutNanos() - now <= 0;
        if (isSilent || (state.hasDeadline() && deadline - now <= 0)) {
            onTimeUp(isSilent, now);
        } else if (state == LegumeState.OPEN && stalled != UnackedMessages.NONE) {
            beginToClose(CloseReasons.stall(stalled, settings), now);
        }
        migration.update(peerIdsUsed(), reliableSender.queues().isEmpty(), now);
        reliableSender.flush(sender, now);
        if (state == LegumeState.DRAINING && reliableSender.queues().isEmpty()) {
            beginToClose(ending, now);
        }
        if (state == LegumeState.CLOSING && disconnectSender.send(sender, now)) {
            end(ending, now);
        }
    }

    private void onTimeUp(boolean isSilent, long now) {
        int nowLeft = reliableSender.queues().size();
        if (state == LegumeState.DRAINING && !isSilent && nowLeft < left) { // it may take as long as it progresses
            left = nowLeft;
            deadline = now + settings.timeoutNanos();
        } else if (state == LegumeState.DRAINING && !isSilent) {
            beginToClose(ending, now);
        } else if (state == LegumeState.REFUSING) {
            end(ending, now);
        } else if (state != LegumeState.CLOSING) {
            end(state == LegumeState.ACCEPTING ? CloseReasons.UNACKED : CloseReasons.silence(settings), now);
        }
    }

    @Override
    public void extendTimeouts(long unreadNanos, long now) {
        receivedAt += Math.min(unreadNanos, now - receivedAt);
        reliableSender.extendTimeouts(unreadNanos, now);
        deadline += state.hasDeadline() ? Math.min(unreadNanos, now + settings.timeoutNanos() - deadline) : 0;
    }

    private void beginToClose(CloseReason reason, long now) {
        ending = reason;
        undelivered = undelivered();
        state = LegumeState.CLOSING;
        reliableSender.abandon();
        disconnectSender.begin(now);
    }

    @Override
    public void close(CloseReason reason, long now) {
        time = now;
        switch (state) {
            case LISTENING -> end(reason, now);
            case CONNECTING, ACCEPTING -> beginToClose(reason, now);
            case OPEN -> {
                ending = reason;
                state = LegumeState.DRAINING;
                left = reliableSender.queues().size();
                deadline = now + settings.timeoutNanos();
            }
            case REFUSING, DRAINING, CLOSING, CLOSED -> {} // it is closing already
        }
    }

    @Override
    public void abort(CloseReason reason, long now) {
        close(reason, now);
        if (state == LegumeState.DRAINING) {
            beginToClose(ending, now);
        }
    }

    private void end(CloseReason reason, long now) {
        if (state != LegumeState.CLOSED) {
            undelivered = undelivered();
            state = LegumeState.CLOSED;
            deadline = serverHandshake.isValidated() ? now + LINGER : now;
            reliableSender.abandon();
            listener.closed(reason.withUndelivered(undelivered));
        }
    }

    @Override
    public long wakeAt() {
        long next = reliableSender.wakeAt(time);
        if (state == LegumeState.CLOSED) {
            return deadline - time > 0 ? Deadlines.earlier(next, deadline) : Deadlines.NEVER;
        }
        next = Deadlines.earlier(Deadlines.earlier(next, migration.endsAt()), receivedAt + settings.timeoutNanos());
        if (state == LegumeState.CLOSING) {
            next = Deadlines.earlier(next, disconnectSender.nextAt());
        } else if (state == LegumeState.DRAINING && reliableSender.queues().isEmpty()) {
            next = time;
        }
        return state.hasDeadline() ? Deadlines.earlier(next, deadline) : next;
    }

    @Override
    public long undelivered() {
        return state.delivers() ? reliableSender.queues().undelivered() : undelivered;
    }

    @Override
    public Metrics metrics() {
        return reliableSender.metrics(receiver.waiting());
    }

    @Override
    public long heldBytes() {
        return reliableSender.heldBytes() + replies.heldBytes() + receiver.heldBytes();
    }

    @Override
    public boolean idsExhausted() {
        return migration.isPausing() && reliableSender.queues().isEmpty();
    }

    @Override
    public boolean isAddressValidated() {
        return reliableSender.isEstablished();
    }

    /// Returns how many of its 65,535 ids an original peer has used; 0 of another ([DuplicateFilter#usedByLegume()]).
    public int peerIdsUsed() {
        return duplicateFilter.usedByLegume();
    }
}
