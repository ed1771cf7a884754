package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import java.nio.ByteBuffer;

/// Makes packets of all that may leave, as many frames in each as fit.
final class PacketWriter {
    /// Headers, and all frames that can stand beside messages.
    private static final int OVERHEAD =
            Frames.PACKET_HEADER + Frames.ACK_BESIDE_DATA + Frames.CREDIT_SIZE + Frames.PING_SIZE + Frames.PATH_SIZE;

    /// Pause after which a system is tried again that had no room.
    private static final long REFUSED_WAIT = 1_000_000;

    private final PacketReader reader;
    private final ReceivedPackets received;
    private final LossDetection lossDetection;
    private final SendBuffer sendBuffer;
    private final ReceiveBuffer receiveBuffer;
    private final BufferPool pool;
    private final LinkCounters counters;

    private int peerId;
    private int largest;
    private boolean isPingWanted;
    private long lastSentAt;
    private long pacedAt = Long.MAX_VALUE;

    PacketWriter(
            PacketReader reader,
            LossDetection lossDetection,
            SendBuffer sendBuffer,
            ReceiveBuffer receiveBuffer,
            BufferPool pool,
            LinkCounters counters) {
        this.reader = reader;
        this.received = reader.received();
        this.lossDetection = lossDetection;
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
        this.pool = pool;
        this.counters = counters;
    }

    void begin(int peerId, int largestDatagram) {
        this.peerId = peerId;
        largest = largestDatagram;
    }

    /// The next packet wants an acknowledgement, whatever else is in it.
    void ping() {
        isPingWanted = true;
    }

    long lastSentAt() {
        return lastSentAt;
    }

    /// Returns the time when more may leave, without anything coming; also what the recovery of losses wants.
    long dueAt() {
        return Math.min(Math.min(pacedAt, received.dueAt()), lossDetection.dueAt());
    }

    /// Sends all packets that may leave now.
    void transmit(DatagramSender sender, long now) {
        pacedAt = Long.MAX_VALUE;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = transmitOne(sender, now);
        }
    }

    private boolean transmitOne(DatagramSender sender, long now) {
        boolean isProbe = lossDetection.probes() > 0;
        if (isProbe && !sendBuffer.hasWork()) {
            lossDetection.repeatOldest();
        }
        if (lossDetection.wasCreditLost()) {
            receiveBuffer.onCreditLost();
        }
        boolean hasWork = sendBuffer.hasWork();
        boolean takesData = hasWork && (isProbe || mayLeave(now));
        boolean isPing = isPingWanted || (isProbe && !hasWork);
        boolean hasCredit = receiveBuffer.isCreditDue();
        if (!takesData && !isPing && !hasCredit && !reader.isPathChallenged() && !received.isDue(now)) {
            return false;
        }
        ByteBuffer packet = begin();
        int at = Frames.PACKET_HEADER;
        if (received.isWanted()) {
            at = received.write(packet, at, takesData ? Frames.ACK_BESIDE_DATA : largest / 2, now);
        }
        int behindAck = at;
        if (hasCredit) {
            packet.put(at, (byte) Frames.CREDIT).putLong(at + 1, receiveBuffer.grant());
            at += Frames.CREDIT_SIZE;
        }
        if (isPing) {
            packet.put(at, (byte) Frames.PING);
            at += Frames.PING_SIZE;
        }
        boolean wantsAck = at > behindAck;
        if (reader.isPathChallenged()) { // a peer may ask for any number of them: alone they are not on their way
            packet.put(at, (byte) Frames.PATH_RESPONSE).putLong(at + 1, reader.takePathChallenge());
            at += Frames.PATH_SIZE;
        }
        SentPacket sent = pool.sentPacket();
        sent.hasCredit = hasCredit;
        int beforeData = at;
        if (takesData) {
            at = sendBuffer.fill(packet, at, largest, sent.frameQueue);
        }
        return finish(sender, now, sent, at, wantsAck || at > beforeData);
    }

    private boolean finish(DatagramSender sender, long now, SentPacket sent, int end, boolean wantsAck) {
        if (end == Frames.PACKET_HEADER) {
            pool.recycle(sent); // what waits must wait for credit
            return false;
        }
        long number = lossDetection.nextNumber();
        if (wantsAck) {
            lossDetection.onSent(sent, end, now);
        } else {
            pool.recycle(sent);
            lossDetection.onSentNonEliciting(now);
        }
        if (wantsAck && isPingWanted) {
            isPingWanted = false;
            counters.onKeepAliveSent();
        }
        boolean isTaken = send(sender, end, now);
        if (!isTaken) {
            lossDetection.onRefused(number);
            pacedAt = now + REFUSED_WAIT;
        }
        return isTaken;
    }

    private boolean mayLeave(long now) {
        Congestion congestion = lossDetection.congestion();
        long room = congestion.room();
        if (room < largest && !sendBuffer.fits(room - OVERHEAD)) {
            return false;
        }
        long wait = congestion.untilPaced(now);
        if (wait > 0) {
            pacedAt = now + wait;
        }
        return wait == 0;
    }

    /// Sends a packet with nothing but a CLOSE.
    void transmitClose(CloseReason reason, DatagramSender sender, long now) {
        ByteBuffer packet = begin();
        byte[] text = HandshakePackets.text(reason.text());
        int at = Frames.PACKET_HEADER;
        packet.put(at, (byte) Frames.CLOSE);
        packet.put(at + 1, CloseCodes.wire(reason.cause()));
        packet.put(at + 2, (byte) text.length);
        packet.put(at + Frames.CLOSE_HEADER, text);
        lossDetection.onSentNonEliciting(now);
        send(sender, at + Frames.CLOSE_HEADER + text.length, now);
    }

    /// Sends a packet with nothing but a PATH_CHALLENGE, which is not sent again: less than three times as long
    /// as a packet with a PATH_RESPONSE or a PING.
    void transmitPathChallenge(long token, DatagramSender sender, long now) {
        ByteBuffer packet = begin();
        packet.put(Frames.PACKET_HEADER, (byte) Frames.PATH_CHALLENGE).putLong(Frames.PACKET_HEADER + 1, token);
        lossDetection.onSentNonEliciting(now);
        send(sender, Frames.PACKET_HEADER + Frames.PATH_SIZE, now);
    }

    /// True if a RESET is about a packet of this end that is on its way.
    boolean isAboutMine(ByteBuffer reset) {
        int at = reset.position() + PacketHeader.HEADER;
        return reset.remaining() == AddressValidation.RESET_SIZE
                && reset.getInt(reset.position()) == 0
                && reset.getInt(at) == peerId
                && lossDetection.isInFlight(reset.getInt(at + 4));
    }

    private ByteBuffer begin() {
        ByteBuffer packet = pool.packet.clear();
        PacketHeader.begin(packet, peerId, PacketHeader.PACKET);
        return packet.putInt((int) lossDetection.nextNumber());
    }

    private boolean send(DatagramSender sender, int end, long now) {
        ByteBuffer packet = pool.packet.limit(end).position(0);
        PacketHeader.seal(packet, pool.crc);
        counters.onDatagramSent(end);
        lastSentAt = now;
        return sender.send(packet);
    }
}
