package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Outlet;
import java.nio.ByteBuffer;

/// Makes packets of all that may leave, as many frames in each as fit.
final class PacketWriter {
    /// Headers, and all frames that can stand beside messages.
    private static final int OVERHEAD =
            Frames.PACKET_HEADER + Frames.ACK_BESIDE_DATA + Frames.CREDIT_SIZE + Frames.PING_SIZE;

    /// How long to leave a system alone that had no room.
    private static final long REFUSED_WAIT = 1_000_000;

    private final ReceivedPackets received;
    private final Recovery recovery;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Stock stock;
    private final Tally tally;

    private int peerId;
    private int largest;
    private boolean isPingWanted;
    private long lastSentAt;
    private long pacedAt = Long.MAX_VALUE;

    PacketWriter(PacketReader reader, Recovery recovery, Outbox outbox, Inbox inbox, Stock stock, Tally tally) {
        this.received = reader.received();
        this.recovery = recovery;
        this.outbox = outbox;
        this.inbox = inbox;
        this.stock = stock;
        this.tally = tally;
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

    /// When more may leave, without anything coming; also what the recovery of losses wants.
    long dueAt() {
        return Math.min(Math.min(pacedAt, received.dueAt()), recovery.dueAt());
    }

    /// Sends all packets that may leave now.
    void transmit(Outlet outlet, long now) {
        pacedAt = Long.MAX_VALUE;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = transmitOne(outlet, now);
        }
    }

    private boolean transmitOne(Outlet outlet, long now) {
        boolean isProbe = recovery.probes() > 0;
        if (isProbe && !outbox.hasWork()) {
            recovery.repeatOldest();
        }
        if (recovery.wasCreditLost()) {
            inbox.onCreditLost();
        }
        boolean hasWork = outbox.hasWork();
        boolean takesData = hasWork && (isProbe || mayLeave(now));
        boolean isPing = isPingWanted || (isProbe && !hasWork);
        boolean hasCredit = inbox.isCreditDue();
        if (!takesData && !isPing && !hasCredit && !received.isDue(now)) {
            return false;
        }
        ByteBuffer packet = begin();
        int at = Frames.PACKET_HEADER;
        if (received.isWanted()) {
            at = received.write(packet, at, takesData ? Frames.ACK_BESIDE_DATA : largest / 2, now);
        }
        int behindAck = at;
        if (hasCredit) {
            packet.put(at, (byte) Frames.CREDIT).putLong(at + 1, inbox.grant());
            at += Frames.CREDIT_SIZE;
        }
        if (isPing) {
            packet.put(at, (byte) Frames.PING);
            at += Frames.PING_SIZE;
        }
        SentPacket sent = stock.sentPacket();
        sent.hasCredit = hasCredit;
        if (takesData) {
            at = outbox.fill(packet, at, largest, sent.pieces);
        }
        return finish(outlet, now, sent, at, at > behindAck);
    }

    private boolean finish(Outlet outlet, long now, SentPacket sent, int end, boolean wantsAck) {
        if (end == Frames.PACKET_HEADER) {
            stock.giveBack(sent); // what waits must wait for credit
            return false;
        }
        long number = recovery.nextNumber();
        if (wantsAck) {
            recovery.onSent(sent, end, now);
        } else {
            stock.giveBack(sent);
            recovery.onSentUnnoticed(now);
        }
        if (wantsAck && isPingWanted) {
            isPingWanted = false;
            tally.sent.keepAlives++;
        }
        boolean isTaken = send(outlet, end, now);
        if (!isTaken) {
            recovery.onRefused(number);
            pacedAt = now + REFUSED_WAIT;
        }
        return isTaken;
    }

    private boolean mayLeave(long now) {
        Congestion congestion = recovery.congestion();
        long room = congestion.room();
        if (room < largest && !outbox.fits(room - OVERHEAD)) {
            return false;
        }
        long wait = congestion.untilPaced(now);
        if (wait > 0) {
            pacedAt = now + wait;
        }
        return wait == 0;
    }

    /// Sends a packet with nothing but a CLOSE.
    void transmitClose(CloseReason reason, Outlet outlet, long now) {
        ByteBuffer packet = begin();
        byte[] text = Greetings.text(reason.text());
        int at = Frames.PACKET_HEADER;
        packet.put(at, (byte) Frames.CLOSE);
        packet.put(at + 1, Causes.wire(reason.cause()));
        packet.put(at + 2, (byte) text.length);
        packet.put(at + Frames.CLOSE_HEADER, text);
        recovery.onSentUnnoticed(now);
        send(outlet, at + Frames.CLOSE_HEADER + text.length, now);
    }

    private ByteBuffer begin() {
        ByteBuffer packet = stock.packet.clear();
        Datagrams.begin(packet, peerId, Datagrams.PACKET);
        return packet.putInt((int) recovery.nextNumber());
    }

    private boolean send(Outlet outlet, int end, long now) {
        ByteBuffer packet = stock.packet.limit(end).position(0);
        Datagrams.seal(packet, stock.crc);
        tally.sent.bytes += end;
        tally.sent.datagrams++;
        lastSentAt = now;
        return outlet.send(packet);
    }
}
