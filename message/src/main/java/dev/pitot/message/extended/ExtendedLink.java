package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.LinkMetrics;
import dev.pitot.message.link.Outlet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection in the extended mode: `docs/messages.md` is what it speaks.
///
/// Its owner calls `flush` after receiving and sending, and when `wakeAt` says; what came until
/// then is acknowledged together. One thread calls all links of a [Stock].
public final class ExtendedLink implements Link {
    private static final int MAX_CLOSES = 4;
    private static final double CLIENTS_SILENCE = 1.0 / 3; // of the timeout, then it pings
    private static final double SERVERS_SILENCE = 0.4; // later, so that acknowledging a client's ping spares its own

    private final Greeting greeting;
    private final LinkListener listener;
    private final ExtendedSettings settings;
    private final Stock stock;
    private final long origin;
    private final long timeout;
    private final long keepAlive;

    private final Tally tally = new Tally();
    private final ReceivedPackets received = new ReceivedPackets();
    private final Outbox outbox;
    private final Inbox inbox;
    private final Recovery recovery;
    private final PacketReader reader;
    private final PacketWriter writer;

    private State state = State.GREETING;
    private int maxPayload;
    private long lastHeardAt;
    private @Nullable CloseReason ending;
    private long endsAt = Long.MAX_VALUE;
    private int closes;

    private enum State {
        /// The ends have not agreed, or the client has not been heard of since.
        GREETING,
        OPEN,
        /// Closed by this end, but messages are on their way.
        DRAINING,
        /// The peer was told that this end closes, and has not answered.
        CLOSING,
        /// The peer closed, and will be told that this was understood.
        ANSWERING,
        CLOSED
    }

    private ExtendedLink(
            Greeting greeting, ExtendedSettings settings, Stock stock, LinkListener listener, long nowNanos) {
        this.greeting = greeting;
        this.settings = settings;
        this.stock = stock;
        this.listener = listener;
        origin = nowNanos;
        timeout = settings.timeout().toNanos();
        keepAlive = (long) (timeout * (greeting instanceof ClientGreeting ? CLIENTS_SILENCE : SERVERS_SILENCE));
        maxPayload = settings.largestMessage();
        outbox = new Outbox(stock, tally, settings.sendQueue());
        inbox = new Inbox(stock, tally, listener, settings);
        recovery = new Recovery(outbox, stock, tally, settings);
        reader = new PacketReader(received, recovery, outbox, inbox, tally);
        writer = new PacketWriter(reader, recovery, outbox, inbox, stock, tally);
    }

    /// A client's end, which does nothing until it receives a challenge for its nonce.
    ///
    /// @param nonce of the ConnectRequest, 1..65535
    /// @param nowNanos of the clock that all calls bring the time of
    public static ExtendedLink client(
            int nonce, ExtendedSettings settings, Stock stock, LinkListener listener, long nowNanos) {
        if (nonce < 1 || nonce > 0xFFFF) {
            throw new IllegalArgumentException("nonce not in 1..65535: " + nonce);
        }
        return new ExtendedLink(new ClientGreeting(nonce, settings, stock), settings, stock, listener, nowNanos);
    }

    /// A server's end, which answers a hello with its first `flush`.
    ///
    /// @param hello verified by an [ExtendedDoor]
    /// @param admission asked once, in the first `flush`: null if the client may come in, else
    /// why
    ///     not. A client of another version is refused without it
    /// @param nowNanos of the clock that all calls bring the time of
    public static ExtendedLink server(
            Hello hello,
            Supplier<@Nullable CloseReason> admission,
            ExtendedSettings settings,
            Stock stock,
            LinkListener listener,
            long nowNanos) {
        return new ExtendedLink(
                new ServerGreeting(hello, admission, settings, stock), settings, stock, listener, nowNanos);
    }

    /// Whether a client's end has received the challenge, so that the server is known to speak
    /// the extended mode. A server's end always has begun.
    public boolean hasBegun() {
        return !(greeting instanceof ClientGreeting client) || client.hasBegun();
    }

    /// Whether a hello is of the attempt to connect that a server's end comes from. If not, the
    /// client has begun anew, and its hello deserves a new link.
    public boolean isSameAttempt(Hello hello) {
        return greeting instanceof ServerGreeting server && server.isSameAttempt(hello);
    }

    /// For tests: as if each end had sent that many packets before.
    void startAt(long number) {
        received.startAt(number);
        recovery.startAt(number);
    }

    Recovery recovery() {
        return recovery;
    }

    @Override
    public void receive(ByteBuffer datagram, long nowNanos) {
        long now = nowNanos - origin;
        if (state == State.CLOSED) {
            return;
        }
        tally.received.bytes += datagram.remaining();
        tally.received.datagrams++;
        datagram.order(ByteOrder.BIG_ENDIAN);
        if (!Datagrams.isMarked(datagram) || !Datagrams.isIntact(datagram, stock.crc)) {
            tally.malformed++;
        } else if (Datagrams.kind(datagram) == Datagrams.PACKET) {
            onPacket(datagram, now);
        } else if (state == State.GREETING) {
            onGreeting(datagram, now);
        }
    }

    private void onGreeting(ByteBuffer datagram, long now) {
        boolean hadBegun = hasBegun();
        if (!greeting.receive(datagram, now)) {
            tally.malformed++;
        }
        if (!hadBegun && hasBegun()) {
            lastHeardAt = now;
        }
        if (greeting instanceof ClientGreeting client) {
            CloseReason refusal = client.refusal();
            if (refusal != null) {
                end(refusal);
            } else if (client.agreement() != null) {
                open(now);
                writer.ping(); // the server waits for a packet
            }
        }
    }

    private void onPacket(ByteBuffer packet, long now) {
        if (state == State.GREETING && !agree()) {
            tally.malformed++;
            return;
        }
        if (reader.inspect(packet) != PacketReader.Outcome.SOUND) {
            return;
        }
        if (state == State.GREETING) {
            open(now);
        }
        lastHeardAt = now;
        switch (state) {
            case OPEN, DRAINING -> onSound(packet, now);
            case CLOSING -> onAnswer(packet, now);
            case GREETING, ANSWERING, CLOSED -> {}
        }
    }

    private void onSound(ByteBuffer packet, long now) {
        reader.act(packet, now);
        CloseReason peerReason = reader.peerReason();
        String violation = reader.violation();
        if (peerReason != null) {
            ending = ending == null ? peerReason : ending;
            state = State.ANSWERING;
        } else if (violation != null) {
            beginToClose(new CloseReason(CloseReason.Cause.PROTOCOL, "the peer sent " + violation), now);
        }
    }

    /// Packets that were on their way when this end closed are normal; a peer that goes on has
    /// not understood.
    private void onAnswer(ByteBuffer packet, long now) {
        if (reader.findClose(packet) != null) {
            finish();
        } else if (closes > 0 && closes < MAX_CLOSES && now >= endsAt - recovery.probeTimeout() / 2) {
            endsAt = now;
        }
    }

    /// Takes over what greeting has agreed on, if it has.
    private boolean agree() {
        Greeting.Agreement agreement = greeting.agreement();
        if (agreement == null) {
            return false;
        }
        Hello.Offer offer = agreement.offer();
        int size = offer.largestDatagram();
        int fragmentBytes = Frames.fragmentBytes(size);
        reader.begin(agreement.localId(), size);
        inbox.begin(fragmentBytes);
        outbox.begin(fragmentBytes, offer.credit());
        writer.begin(agreement.peerId(), size);
        recovery.congestion().begin(size);
        maxPayload = (int) Math.min(
                Math.min(offer.largestMessage(), ExtendedSettings.MAX_MESSAGE),
                settings.sendQueue() - ExtendedSettings.MESSAGE_COST);
        return true;
    }

    private void open(long now) {
        agree();
        state = State.OPEN;
        lastHeardAt = now;
        listener.opened();
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long nowNanos) {
        int length = payload.remaining();
        if (length < 1 || length > maxPayload) {
            throw new IllegalArgumentException(
                    "a message of this connection is 1 to " + maxPayload + " bytes long, not " + length);
        }
        if (state != State.OPEN) {
            return false;
        }
        boolean isTaken = outbox.offer(payload, channel);
        if (outbox.isExhausted()) {
            beginToClose(
                    new CloseReason(
                            CloseReason.Cause.PROTOCOL, "a channel has sent 2^32 messages, which is all it can"),
                    nowNanos - origin);
        }
        return isTaken;
    }

    @Override
    public int maxPayload() {
        return maxPayload;
    }

    @Override
    public void flush(Outlet outlet, long nowNanos) {
        long now = nowNanos - origin;
        if (state != State.CLOSED && hasBegun() && now - lastHeardAt >= timeout) {
            end(new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the peer for " + settings.timeout()));
        }
        if (state == State.DRAINING && (isDrained() || now >= endsAt)) {
            beginToClose(ending == null ? new CloseReason(CloseReason.Cause.LOCAL, "") : ending, now);
        }
        switch (state) {
            case GREETING -> flushGreeting(outlet, now);
            case OPEN, DRAINING -> flushOpen(outlet, now);
            case CLOSING -> flushClosing(outlet, now);
            case ANSWERING -> {
                writer.transmitClose(new CloseReason(CloseReason.Cause.LOCAL, ""), outlet, now);
                finish();
            }
            case CLOSED -> {}
        }
    }

    private void flushGreeting(Outlet outlet, long now) {
        ByteBuffer datagram = stock.packet;
        if (greeting.write(datagram, now)) {
            tally.sent.bytes += datagram.remaining();
            tally.sent.datagrams++;
            outlet.send(datagram);
        }
        CloseReason refusal = greeting.refusal();
        if (refusal != null) {
            end(refusal);
        }
    }

    private void flushOpen(Outlet outlet, long now) {
        recovery.onTime(now);
        if (now - writer.lastSentAt() >= keepAlive) {
            writer.ping();
            trim();
        }
        writer.transmit(outlet, now);
    }

    /// Nothing was sent for long: gives back what busy times needed.
    private void trim() {
        recovery.trim();
        outbox.trim();
        inbox.trim();
    }

    private void flushClosing(Outlet outlet, long now) {
        CloseReason reason = ending;
        if (now < endsAt || reason == null) {
            return;
        }
        if (closes == MAX_CLOSES) {
            finish();
            return;
        }
        writer.transmitClose(reason, outlet, now);
        endsAt = now + recovery.probeTimeout();
        closes++;
    }

    @Override
    public long wakeAt() {
        long at = switch (state) {
            case GREETING -> hasBegun() ? Math.min(greeting.dueAt(), timeout + lastHeardAt) : Long.MAX_VALUE;
            case OPEN, DRAINING -> openWakeAt();
            case CLOSING -> endsAt;
            case ANSWERING -> 0;
            case CLOSED -> Long.MAX_VALUE;
        };
        return at == Long.MAX_VALUE ? at : origin + Math.max(at, 0);
    }

    private long openWakeAt() {
        long drained = state == State.DRAINING ? isDrained() ? 0 : endsAt : Long.MAX_VALUE;
        long silence = Math.min(lastHeardAt + timeout, writer.lastSentAt() + keepAlive);
        return Math.min(Math.min(writer.dueAt(), drained), silence);
    }

    private boolean isDrained() {
        return outbox.isDrained() && outbox.unsentBytes() == 0;
    }

    @Override
    public void close(CloseReason reason, long nowNanos) {
        long now = nowNanos - origin;
        switch (state) {
            case GREETING -> {
                if (agree()) {
                    beginToClose(reason, now);
                } else {
                    end(reason);
                }
            }
            case OPEN -> {
                ending = reason;
                endsAt = now + timeout;
                state = State.DRAINING;
            }
            case DRAINING, CLOSING, ANSWERING, CLOSED -> {}
        }
    }

    private void beginToClose(CloseReason reason, long now) {
        state = State.CLOSING;
        ending = reason;
        endsAt = now;
        closes = 0;
        release();
    }

    /// Ends without a word to the peer.
    private void end(CloseReason reason) {
        ending = ending == null ? reason : ending;
        finish();
    }

    private void finish() {
        state = State.CLOSED;
        release();
        CloseReason reason = ending;
        listener.closed(reason == null ? new CloseReason(CloseReason.Cause.LOCAL, "") : reason);
    }

    private void release() {
        recovery.release();
        outbox.clear();
        inbox.release();
    }

    @Override
    public LinkMetrics metrics() {
        return new LinkMetrics(
                recovery.roundTrip().metrics(),
                tally.received.traffic(),
                tally.sent.traffic(),
                new LinkMetrics.Waiting(outbox.unsentBytes(), outbox.unconfirmed(), inbox.early()),
                tally.trouble());
    }
}
