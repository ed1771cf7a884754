package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads packets: to the end first, then each frame acts.
final class PacketReader {
    private static final int NUMBER_AT = PacketHeader.HEADER;

    private final ReceivedPackets received;
    private final LossDetection lossDetection;
    private final SendBuffer sendBuffer;
    private final ReceiveBuffer receiveBuffer;
    private final LinkCounters counters;
    private final PacketValidator validator = new PacketValidator();

    private int localId;
    private int largest;
    private int fragmentBytes;
    private @Nullable String violation;
    private @Nullable CloseReason peerReason;
    private @Nullable Long pathChallenge;

    PacketReader(
            ReceivedPackets received,
            LossDetection lossDetection,
            SendBuffer sendBuffer,
            ReceiveBuffer receiveBuffer,
            LinkCounters counters) {
        this.received = received;
        this.lossDetection = lossDetection;
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
        this.counters = counters;
    }

    /// Outcomes of a packet.
    enum Outcome {
        /// It is not this connection's, or malformed.
        MALFORMED,
        /// It came before.
        DUPLICATE,
        /// It may act.
        VALID
    }

    int largestDatagram() {
        return largest;
    }

    ReceivedPackets received() {
        return received;
    }

    void begin(int localId, int largestDatagram) {
        this.localId = localId;
        largest = largestDatagram;
        fragmentBytes = Frames.fragmentBytes(largestDatagram);
    }

    /// Reads an intact packet without any effect but to count it.
    Outcome inspect(ByteBuffer packet) {
        int at = packet.position();
        int size = packet.remaining();
        boolean isMine = size > Frames.PACKET_HEADER && size <= largest && packet.getInt(at) == localId;
        if (!isMine
                || received.isTooFarAhead(number(packet))
                || !validator.isValid(packet, at + Frames.PACKET_HEADER, fragmentBytes)) {
            counters.onMalformed();
            return Outcome.MALFORMED;
        }
        if (!received.isNew(number(packet))) {
            counters.onDuplicate();
            return Outcome.DUPLICATE;
        }
        return Outcome.VALID;
    }

    /// Lets the packet act that was inspected last and is sound.
    void act(ByteBuffer packet, long now) {
        received.add(number(packet), validator.wantsAck(), now);
        int at = packet.position() + Frames.PACKET_HEADER;
        int end = packet.limit();
        while (at < end && violation == null) {
            at = act(packet, at, now);
        }
    }

    /// The cause of a CLOSE in the packet that was inspected last and is sound, or null.
    @Nullable CloseReason findClose(ByteBuffer packet) {
        int at = find(Frames.CLOSE, packet);
        return at < packet.limit() ? closeReason(packet, at) : null;
    }

    /// The token of a PATH_RESPONSE in the packet that was inspected last and is sound, or null.
    @Nullable Long findPathResponse(ByteBuffer packet) {
        int at = find(Frames.PATH_RESPONSE, packet);
        return at < packet.limit() ? Long.valueOf(packet.getLong(at + 1)) : null;
    }

    /// Returns where the first such frame begins; the limit if there is none.
    private int find(int frame, ByteBuffer packet) {
        int at = packet.position() + Frames.PACKET_HEADER;
        while (at < packet.limit() && PacketHeader.unsigned(packet, at) != frame) {
            at += validator.size(packet, at, fragmentBytes);
        }
        return at;
    }

    /// True if the packet that was inspected last is newer than all that came.
    boolean isNewest(ByteBuffer packet) {
        return received.isNewest(number(packet));
    }

    /// True if the peer wants a token back.
    boolean isPathChallenged() {
        return pathChallenge != null;
    }

    /// Returns the token that the peer wants back. Asked once, while it is wanted.
    long takePathChallenge() {
        long token = Objects.requireNonNull(pathChallenge);
        pathChallenge = null;
        return token;
    }

    private long number(ByteBuffer packet) {
        return received.expand(packet.getInt(packet.position() + NUMBER_AT));
    }

    private int act(ByteBuffer packet, int at, long now) {
        int size = validator.size(packet, at, fragmentBytes);
        switch (PacketHeader.unsigned(packet, at)) {
            case Frames.MESSAGE -> violation = receiveBuffer.onMessage(packet, at);
            case Frames.FRAGMENT -> violation = receiveBuffer.onFragment(packet, at);
            case Frames.ACK -> violation = lossDetection.onAck(packet, at, now);
            case Frames.CREDIT -> sendBuffer.onCredit(packet.getLong(at + 1));
            case Frames.PING -> {
                counters.onKeepAliveReceived();
                received.ackNow(now); // nothing follows it that would be worth waiting for
            }
            case Frames.PATH_CHALLENGE -> pathChallenge = packet.getLong(at + 1);
            case Frames.PATH_RESPONSE -> {} // only worth something from another address
            default -> peerReason = closeReason(packet, at); // CLOSE: the check leaves nothing else
        }
        return at + size;
    }

    private static @Nullable CloseReason closeReason(ByteBuffer packet, int at) {
        int length = PacketHeader.unsigned(packet, at + 2);
        CloseReason.Cause cause = CloseCodes.of(PacketHeader.unsigned(packet, at + 1));
        return cause == null ? null : HandshakePackets.reason(cause, packet, at + Frames.CLOSE_HEADER, length);
    }

    /// Returns what the peer did that cannot be ignored, or null.
    @Nullable String violation() {
        return violation;
    }

    /// Returns why the peer closes, or null if it does not.
    @Nullable CloseReason peerReason() {
        return peerReason;
    }
}
