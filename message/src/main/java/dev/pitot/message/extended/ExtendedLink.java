package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.LinkMetrics;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection in the extended mode: `docs/messages.md` is what it speaks.
///
/// Its owner calls `flush` after receiving and sending, and when `wakeAt` says; what came until
/// then is acknowledged together. One thread calls all links of a [BufferPool].
public final class ExtendedLink implements ProtocolConnection {
    private static final int MAX_CLOSES = 4;
    private static final double CLIENTS_SILENCE = 1.0 / 3; // of the timeout, then it pings
    private static final double SERVERS_SILENCE = 0.4; // later, so that acknowledging a client's ping spares its own

    private final ExtendedHandshake handshake;
    private final LinkListener listener;
    private final ExtendedSettings settings;
    private final BufferPool pool;
    private final long origin;
    private final long timeout;
    private final long keepAlive;

    private final ExtendedCounters counters = new ExtendedCounters();
    private final ReceivedPackets received = new ReceivedPackets();
    private final SendBuffer sendBuffer;
    private final ReceiveBuffer receiveBuffer;
    private final LossDetection lossDetection;
    private final PacketReader reader;
    private final PacketWriter writer;
    private final StallDetector stallDetector;

    private State state = State.HANDSHAKE;
    private int maxPayload;
    private long lastReceivedAt;
    private @Nullable CloseReason ending;
    private long endsAt = Long.MAX_VALUE;
    private int closes;

    private enum State {
        /// The ends have not agreed, or the client has not been heard of since.
        HANDSHAKE,
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
            ExtendedHandshake handshake, ExtendedSettings settings, BufferPool pool, LinkListener listener, long now) {
        this.handshake = handshake;
        this.settings = settings;
        this.pool = pool;
        this.listener = listener;
        origin = now;
        timeout = settings.timeout().toNanos();
        keepAlive =
                (long) (timeout * (handshake instanceof ExtendedClientHandshake ? CLIENTS_SILENCE : SERVERS_SILENCE));
        maxPayload = settings.largestMessage();
        sendBuffer = new SendBuffer(pool, counters, settings.sendQueue());
        receiveBuffer = new ReceiveBuffer(pool, counters, listener, settings);
        lossDetection = new LossDetection(sendBuffer, pool, counters, settings);
        reader = new PacketReader(received, lossDetection, sendBuffer, receiveBuffer, counters);
        writer = new PacketWriter(reader, lossDetection, sendBuffer, receiveBuffer, pool, counters);
        stallDetector = new StallDetector(sendBuffer, timeout);
    }

    /// A client's end, which does nothing until it receives a challenge for its nonce.
    ///
    /// @param nonce of the ConnectRequest, 1..65535
    /// @param nowNanos of the clock that all calls bring the time of
    public static ExtendedLink client(
            int nonce, ExtendedSettings settings, BufferPool pool, LinkListener listener, long nowNanos) {
        if (nonce < 1 || nonce > 0xFFFF) {
            throw new IllegalArgumentException("nonce not in 1..65535: " + nonce);
        }
        return new ExtendedLink(new ExtendedClientHandshake(nonce, settings, pool), settings, pool, listener, nowNanos);
    }

    /// A server's end, which answers a hello with its first `flush`.
    ///
    /// @param hello verified by an [AddressValidation]
    /// @param admission asked once, in the first `flush`: null if the client may come in,
    ///     else why not. A client of another version is refused without it
    /// @param nowNanos of the clock that all calls bring the time of
    public static ExtendedLink server(
            Hello hello,
            Supplier<@Nullable CloseReason> admission,
            ExtendedSettings settings,
            BufferPool pool,
            LinkListener listener,
            long nowNanos) {
        return new ExtendedLink(
                new ExtendedServerHandshake(hello, admission, settings, pool), settings, pool, listener, nowNanos);
    }

    /// Whether a client's end has received the challenge, so that the server is known to speak
    /// the extended mode. A server's end always has begun.
    public boolean hasBegun() {
        return !(handshake instanceof ExtendedClientHandshake client) || client.hasBegun();
    }

    /// Whether a hello is of the attempt to connect that a server's end comes from. If not, the
    /// client has begun anew, and its hello deserves a new link.
    public boolean isSameAttempt(Hello hello) {
        return handshake instanceof ExtendedServerHandshake server && server.isSameAttempt(hello);
    }

    /// For tests: as if each end had sent that many packets before.
    void startAt(long number) {
        received.startAt(number);
        lossDetection.startAt(number);
    }

    /// For tests: as if each channel had carried that many messages before, and all together so many bytes.
    void startMessagesAt(long sequence, long bytes) {
        sendBuffer.startAt(sequence, bytes);
        receiveBuffer.startAt(sequence, bytes);
    }

    LossDetection lossDetection() {
        return lossDetection;
    }

    @Override
    public void receive(ByteBuffer datagram, long nowNanos) {
        long now = nowNanos - origin;
        if (state == State.CLOSED) {
            return;
        }
        counters.received.bytes += datagram.remaining();
        counters.received.datagrams++;
        datagram.order(ByteOrder.BIG_ENDIAN);
        if (!PacketHeader.isMarked(datagram) || !PacketHeader.isIntact(datagram, pool.crc)) {
            counters.malformed++;
        } else if (PacketHeader.kind(datagram) == PacketHeader.PACKET) {
            onPacket(datagram, now);
        } else if (state == State.HANDSHAKE) {
            onHandshake(datagram, now);
        }
    }

    private void onHandshake(ByteBuffer datagram, long now) {
        boolean hadBegun = hasBegun();
        if (!handshake.receive(datagram, now)) {
            counters.malformed++;
        }
        if (!hadBegun && hasBegun()) {
            lastReceivedAt = now;
        }
        if (handshake instanceof ExtendedClientHandshake client) {
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
        if (state == State.HANDSHAKE && !agree()) {
            counters.malformed++;
            return;
        }
        if (reader.inspect(packet) != PacketReader.Outcome.VALID) {
            return;
        }
        if (state == State.HANDSHAKE) {
            open(now);
        }
        lastReceivedAt = now;
        switch (state) {
            case OPEN, DRAINING -> onValid(packet, now);
            case CLOSING -> onAnswer(packet, now);
            case HANDSHAKE, ANSWERING, CLOSED -> {}
        }
    }

    private void onValid(ByteBuffer packet, long now) {
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
        } else if (closes > 0 && closes < MAX_CLOSES && now >= endsAt - lossDetection.probeTimeout() / 2) {
            endsAt = now;
        }
    }

    /// Takes over what the handshake has agreed on, if it has.
    private boolean agree() {
        ExtendedHandshake.Agreement agreement = handshake.agreement();
        if (agreement == null) {
            return false;
        }
        Hello.TransportParameters parameters = agreement.parameters();
        int size = parameters.largestDatagram();
        int fragmentBytes = Frames.fragmentBytes(size);
        reader.begin(agreement.localId(), size);
        receiveBuffer.begin(fragmentBytes);
        sendBuffer.begin(fragmentBytes, parameters.credit());
        writer.begin(agreement.peerId(), size);
        lossDetection.congestion().begin(size);
        maxPayload = (int) Math.min(
                Math.min(parameters.largestMessage(), ExtendedSettings.MAX_MESSAGE),
                settings.sendQueue() - ExtendedSettings.MESSAGE_COST);
        return true;
    }

    private void open(long now) {
        agree();
        state = State.OPEN;
        lastReceivedAt = now;
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
        return sendBuffer.offer(payload, channel);
    }

    @Override
    public int maxPayload() {
        return maxPayload;
    }

    @Override
    public void flush(DatagramSender sender, long nowNanos) {
        long now = nowNanos - origin;
        if (state != State.CLOSED && hasBegun() && now - lastReceivedAt >= timeout) {
            end(new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the peer for " + settings.timeout()));
        }
        boolean isStalled = stallDetector.isStalled(now);
        if (state == State.OPEN && isStalled) {
            String text = "the peer took nothing of what waits for it for " + settings.timeout();
            beginToClose(new CloseReason(CloseReason.Cause.TIMEOUT, text), now);
        } else if (state == State.DRAINING && (sendBuffer.isEmpty() || isStalled)) {
            beginToClose(ending == null ? new CloseReason(CloseReason.Cause.LOCAL, "") : ending, now);
        }
        switch (state) {
            case HANDSHAKE -> flushHandshake(sender, now);
            case OPEN, DRAINING -> flushOpen(sender, now);
            case CLOSING -> flushClosing(sender, now);
            case ANSWERING -> {
                writer.transmitClose(new CloseReason(CloseReason.Cause.LOCAL, ""), sender, now);
                finish();
            }
            case CLOSED -> {}
        }
    }

    private void flushHandshake(DatagramSender sender, long now) {
        ByteBuffer datagram = pool.packet;
        if (handshake.write(datagram, now)) {
            counters.sent.bytes += datagram.remaining();
            counters.sent.datagrams++;
            sender.send(datagram);
        }
        CloseReason refusal = handshake.refusal();
        if (refusal != null) {
            end(refusal);
        }
    }

    private void flushOpen(DatagramSender sender, long now) {
        lossDetection.onTime(now);
        if (now - writer.lastSentAt() >= keepAlive) {
            writer.ping();
            trim();
        }
        writer.transmit(sender, now);
    }

    /// Nothing was sent for long: gives back what busy times needed.
    private void trim() {
        lossDetection.trim();
        sendBuffer.trim();
        receiveBuffer.trim();
    }

    private void flushClosing(DatagramSender sender, long now) {
        CloseReason reason = ending;
        if (now < endsAt || reason == null) {
            return;
        }
        if (closes == MAX_CLOSES) {
            finish();
            return;
        }
        writer.transmitClose(reason, sender, now);
        endsAt = now + lossDetection.probeTimeout();
        closes++;
    }

    @Override
    public long wakeAt() {
        long at = switch (state) {
            case HANDSHAKE -> hasBegun() ? Math.min(handshake.dueAt(), timeout + lastReceivedAt) : Long.MAX_VALUE;
            case OPEN, DRAINING -> openWakeAt();
            case CLOSING -> endsAt;
            case ANSWERING -> 0;
            case CLOSED -> Long.MAX_VALUE;
        };
        return at == Long.MAX_VALUE ? at : origin + Math.max(at, 0);
    }

    private long openWakeAt() {
        long closing = state == State.DRAINING && sendBuffer.isEmpty() ? 0 : stallDetector.dueAt();
        long silence = Math.min(lastReceivedAt + timeout, writer.lastSentAt() + keepAlive);
        return Math.min(Math.min(writer.dueAt(), closing), silence);
    }

    @Override
    public void close(CloseReason reason, long nowNanos) {
        long now = nowNanos - origin;
        switch (state) {
            case HANDSHAKE -> {
                if (agree()) {
                    beginToClose(reason, now);
                } else {
                    end(reason);
                }
            }
            case OPEN -> {
                ending = reason;
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
        lossDetection.release();
        sendBuffer.clear();
        receiveBuffer.release();
    }

    @Override
    public LinkMetrics metrics() {
        return new LinkMetrics(
                lossDetection.roundTrip().metrics(),
                counters.received.traffic(),
                counters.sent.traffic(),
                new LinkMetrics.Waiting(sendBuffer.unsentBytes(), sendBuffer.unacked(), receiveBuffer.early()),
                counters.errors());
    }
}
