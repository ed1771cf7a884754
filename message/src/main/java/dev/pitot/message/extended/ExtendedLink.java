package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection in the extended mode: `docs/message-protocol.md` is what it speaks.
/// Packets that came until `flush` are acknowledged together. One thread calls all links of a [BufferPool].
public final class ExtendedLink implements ProtocolConnection {
    private static final CloseReason CLOSED_HERE = new CloseReason(CloseReason.Cause.LOCAL, "");

    private final ExtendedHandshake handshake;
    private final LinkListener listener;
    private final ExtendedSettings settings;
    private final BufferPool pool;
    private final long origin;
    private final long timeout;
    private final long keepAlive;
    private final LinkCounters counters = new LinkCounters();
    private final ReceivedPackets received = new ReceivedPackets();
    private final SendBuffer sendBuffer;
    private final ReceiveBuffer receiveBuffer;
    private final LossDetection lossDetection;
    private final PacketReader reader;
    private final PacketWriter writer;
    private final StallDetector stallDetector;
    private final CloseSender closeSender;
    private final PathMigration pathMigration;
    private ExtendedState state = ExtendedState.HANDSHAKE;
    private int maxPayload;
    private long lastReceivedAt;
    private @Nullable CloseReason ending;
    private long undelivered;

    private ExtendedLink(
            ExtendedHandshake handshake, ExtendedSettings settings, BufferPool pool, LinkListener listener, long now) {
        this.handshake = handshake;
        this.settings = settings;
        this.pool = pool;
        this.listener = listener;
        origin = now;
        timeout = settings.timeout().toNanos();
        keepAlive = (long) (timeout * handshake.keepAliveShare());
        maxPayload = settings.largestMessage();
        sendBuffer = new SendBuffer(pool, counters, settings.sendQueue());
        receiveBuffer = new ReceiveBuffer(pool, counters, listener, settings);
        lossDetection = new LossDetection(sendBuffer, pool, counters, settings);
        reader = new PacketReader(received, lossDetection, sendBuffer, receiveBuffer, counters);
        writer = new PacketWriter(reader, lossDetection, sendBuffer, receiveBuffer, pool, counters);
        stallDetector = new StallDetector(sendBuffer, timeout);
        closeSender = new CloseSender(writer, lossDetection);
        pathMigration = new PathMigration(reader, writer, lossDetection, pool.crc);
    }

    /// Returns a client's end, which does nothing until it receives a challenge for its nonce.
    ///
    /// @param nonce of the ConnectRequest, 1..65535
    public static ExtendedLink client(
            int nonce, ExtendedSettings settings, BufferPool pool, LinkListener listener, long nowNanos) {
        return new ExtendedLink(new ExtendedClientHandshake(nonce, settings, pool), settings, pool, listener, nowNanos);
    }

    /// Returns a server's end, which answers a hello with its first `flush`.
    ///
    /// @param hello verified by an [AddressValidation]
    /// @param admission asked once, in the first `flush`: null if the client may come in,
    ///     else why not. A client of another version is refused without it
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

    /// True if a client's end has received the challenge. A server's end always has begun.
    public boolean hasBegun() {
        return !(handshake instanceof ExtendedClientHandshake client) || client.hasBegun();
    }

    /// True if a hello is of the attempt that a server's end comes from; if not, the client began anew.
    public boolean isSameAttempt(Hello hello) {
        return handshake instanceof ExtendedServerHandshake server && server.isSameAttempt(hello);
    }

    @Override
    public int connectionId() {
        return handshake instanceof ExtendedServerHandshake server ? server.connectionId() : 0;
    }

    /// True if a datagram from another address than its peer's proves that the peer is there now ([PathMigration]).
    ///
    /// @param token of this connection and the other address
    /// @param there sends to the other address
    public boolean hasMoved(
            ByteBuffer datagram, AddressValidation.PathToken token, DatagramSender there, long nowNanos) {
        boolean isOpen = state == ExtendedState.OPEN || state == ExtendedState.DRAINING;
        return isOpen && pathMigration.hasMoved(datagram, token, there, nowNanos - origin, lastReceivedAt);
    }

    /// For tests: as if each end had sent so many packets, and on each channel so many messages of so many bytes.
    void startAt(long packets, long messages, long bytes) {
        received.startAt(packets);
        lossDetection.startAt(packets);
        sendBuffer.startAt(messages, bytes);
        receiveBuffer.startAt(messages, bytes);
    }

    LossDetection lossDetection() {
        return lossDetection;
    }

    @Override
    public void receive(ByteBuffer datagram, long nowNanos) {
        long now = nowNanos - origin;
        if (state == ExtendedState.CLOSED) {
            return;
        }
        counters.onDatagramReceived(datagram.remaining());
        datagram.order(ByteOrder.BIG_ENDIAN);
        if (!PacketHeader.isMarked(datagram) || !PacketHeader.isIntact(datagram, pool.crc)) {
            counters.onMalformed();
        } else if (PacketHeader.kind(datagram) == PacketHeader.PACKET) {
            onPacket(datagram, now);
        } else if (PacketHeader.kind(datagram) == PacketHeader.RESET) {
            onReset(datagram);
        } else if (state == ExtendedState.HANDSHAKE) {
            onHandshake(datagram, now);
        }
    }

    private void onHandshake(ByteBuffer datagram, long now) {
        if (!hasBegun()) { // silence counts from the challenge on
            lastReceivedAt = now;
        }
        if (!handshake.receive(datagram, now)) {
            counters.onMalformed();
        }
        CloseReason refusal = handshake.refusal();
        if (refusal != null) {
            end(refusal);
        } else if (handshake instanceof ExtendedClientHandshake && handshake.agreement() != null) {
            open(now);
            writer.ping(); // the server waits for a packet
        }
    }

    private void onReset(ByteBuffer datagram) {
        if (handshake instanceof ExtendedClientHandshake && writer.isAboutMine(datagram)) {
            end(new CloseReason(CloseReason.Cause.RESET, "the server has restarted, or ended the connection"));
        } else {
            counters.onMalformed();
        }
    }

    private void onPacket(ByteBuffer packet, long now) {
        if (state == ExtendedState.HANDSHAKE && !agree()) {
            counters.onMalformed();
            return;
        }
        if (reader.inspect(packet) != PacketReader.Outcome.VALID) {
            return;
        }
        if (state == ExtendedState.HANDSHAKE) {
            open(now);
        }
        lastReceivedAt = now;
        switch (state) {
            case OPEN, DRAINING -> onValid(packet, now);
            case CLOSING -> {
                if (reader.findClose(packet) != null) {
                    finish();
                } else {
                    closeSender.onOtherPacket(now);
                }
            }
            case HANDSHAKE, ANSWERING, CLOSED -> {}
        }
    }

    private void onValid(ByteBuffer packet, long now) {
        reader.act(packet, now);
        CloseReason peerReason = reader.peerReason();
        String violation = reader.violation();
        if (peerReason != null) {
            ending = ending == null ? peerReason : ending;
            state = ExtendedState.ANSWERING;
        } else if (violation != null) {
            beginToClose(new CloseReason(CloseReason.Cause.PROTOCOL, "the peer sent " + violation), now);
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
        state = ExtendedState.OPEN;
        lastReceivedAt = now;
        listener.opened();
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long nowNanos) {
        check(payload, channel);
        return state == ExtendedState.OPEN && sendBuffer.offer(payload, channel);
    }

    @Override
    public void whenConfirmed(CompletableFuture<Void> confirmed) {
        sendBuffer.whenConfirmed(confirmed);
    }

    @Override
    public boolean isWritable() {
        return state == ExtendedState.OPEN && sendBuffer.isWritable();
    }

    @Override
    public int maxPayload() {
        return maxPayload;
    }

    @Override
    public void flush(DatagramSender sender, long nowNanos) {
        long now = nowNanos - origin;
        if (state != ExtendedState.CLOSED && hasBegun() && now - lastReceivedAt >= timeout) {
            end(StallDetector.silence(settings.timeout()));
        }
        boolean isStalled = stallDetector.isStalled(now);
        if (state == ExtendedState.OPEN && isStalled) {
            beginToClose(stallDetector.reason(), now);
        } else if (state == ExtendedState.DRAINING && (sendBuffer.isEmpty() || isStalled)) {
            beginToClose(ending == null ? CLOSED_HERE : ending, now);
        }
        switch (state) {
            case HANDSHAKE -> flushHandshake(sender, now);
            case OPEN, DRAINING -> flushOpen(sender, now);
            case CLOSING -> {
                if (closeSender.flush(sender, now)) {
                    finish();
                }
            }
            case ANSWERING -> {
                writer.transmitClose(CLOSED_HERE, sender, now);
                finish();
            }
            case CLOSED -> {}
        }
    }

    private void flushHandshake(DatagramSender sender, long now) {
        ByteBuffer datagram = pool.packet;
        if (handshake.write(datagram, now)) {
            counters.onDatagramSent(datagram.remaining());
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
            lossDetection.trim(); // gives back what busy times needed, as do these
            sendBuffer.trim();
            receiveBuffer.trim();
        }
        writer.transmit(sender, now);
    }

    @Override
    public long wakeAt() {
        long at = switch (state) {
            case HANDSHAKE -> hasBegun() ? Math.min(handshake.dueAt(), timeout + lastReceivedAt) : Long.MAX_VALUE;
            case OPEN, DRAINING -> openWakeAt();
            case CLOSING -> closeSender.dueAt();
            case ANSWERING -> 0;
            case CLOSED -> Long.MAX_VALUE;
        };
        return at == Long.MAX_VALUE ? at : origin + Math.max(at, 0);
    }

    @Override
    public void extendTimeouts(long unreadNanos, long nowNanos) {
        lastReceivedAt += Math.min(unreadNanos, nowNanos - origin - lastReceivedAt);
        stallDetector.extend(unreadNanos, nowNanos - origin);
    }

    private long openWakeAt() {
        long closing = state == ExtendedState.DRAINING && sendBuffer.isEmpty() ? 0 : stallDetector.dueAt();
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
                state = ExtendedState.DRAINING;
            }
            case DRAINING, CLOSING, ANSWERING, CLOSED -> {}
        }
    }

    @Override
    public void abort(CloseReason reason, long nowNanos) {
        close(reason, nowNanos);
        if (state == ExtendedState.DRAINING) {
            beginToClose(reason, nowNanos - origin);
        }
    }

    @Override
    public void ping() {
        writer.ping();
    }

    @Override
    public long heldBytes() {
        return sendBuffer.heldBytes() + receiveBuffer.heldBytes() + lossDetection.heldBytes();
    }

    private void beginToClose(CloseReason reason, long now) {
        state = ExtendedState.CLOSING;
        ending = reason;
        closeSender.begin(reason, now);
        release();
    }

    private void end(CloseReason reason) {
        ending = ending == null ? reason : ending;
        finish();
    }

    private void finish() {
        state = ExtendedState.CLOSED;
        release();
        listener.closed((ending == null ? CLOSED_HERE : ending).withUndelivered(undelivered));
    }

    private void release() {
        undelivered += sendBuffer.undelivered();
        lossDetection.release();
        sendBuffer.clear();
        receiveBuffer.release();
    }

    @Override
    public long undelivered() {
        return undelivered + sendBuffer.undelivered();
    }

    @Override
    public Metrics metrics() {
        var waiting = new Metrics.Waiting(sendBuffer.unsentBytes(), sendBuffer.unacked(), receiveBuffer.early());
        return counters.metrics(lossDetection.roundTrip().metrics(), waiting);
    }
}
