package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Knows which packets are on their way, which came and which are lost: RFC 9002.
final class LossDetection {
    /// RFC 9002, 6.1.1: kPacketThreshold.
    private static final int PACKET_THRESHOLD = 3;

    /// RFC 9002, 7.6.1: kPersistentCongestionThreshold.
    private static final int PERSISTENT = 3;

    /// RFC 9002, 6.2.4: at most two.
    private static final int PROBES = 2;

    /// One number of so many is left out, so that a peer that acknowledges what it cannot have
    /// got is found out: RFC 9000, 21.4.
    private static final int SKIP_EVERY = 1024;

    private static final int MAX_BACKOFF = 20;

    /// Probe timeouts double so often at least, and then up to a share of the connection's timeout: over a bad
    /// path, where most probes or their acknowledgements are lost, too few of them would end the connection.
    private static final int MIN_DOUBLINGS = 3;

    private static final int PROBES_OF_A_TIMEOUT = 40;

    private final SendBuffer sendBuffer;
    private final BufferPool pool;
    private final LinkCounters counters;
    private final LossTimeouts roundTrip = new LossTimeouts();
    private final Congestion congestion;
    private final long longestProbeTimeout;

    private final PacketsInFlight inFlight = new PacketsInFlight();
    private long start;
    private long skipAt;
    private long skipped = -1;
    private long largestAcknowledged = -1;
    private long firstSampleAt = Long.MAX_VALUE;

    private long lossAt = Long.MAX_VALUE;
    private long lastSentAt;
    private int backoff;
    private int probes;
    private boolean isCreditLost;
    private long ackFlightBefore;

    LossDetection(SendBuffer sendBuffer, BufferPool pool, LinkCounters counters, ExtendedSettings settings) {
        this.sendBuffer = sendBuffer;
        this.pool = pool;
        this.counters = counters;
        congestion = new Congestion(roundTrip, settings.largestDatagram());
        longestProbeTimeout = settings.timeout().toNanos() / PROBES_OF_A_TIMEOUT;
        skipAt = untilSkip();
    }

    /// For tests: as if that many packets had been sent before.
    void startAt(long number) {
        start = number;
        inFlight.startAt(number);
        largestAcknowledged = number - 1;
        skipAt += number;
    }

    PacketsInFlight inFlight() {
        return inFlight;
    }

    LossTimeouts roundTrip() {
        return roundTrip;
    }

    Congestion congestion() {
        return congestion;
    }

    /// Returns the number of the packet that is sent next.
    long nextNumber() {
        return inFlight.next();
    }

    /// A packet leaves that wants no acknowledgement.
    void onSentNonEliciting(long now) {
        reserve(now);
        inFlight.skip();
        leaveOut();
    }

    /// A packet leaves. It is this class's from now on.
    void onSent(SentPacket packet, int size, long now) {
        reserve(now);
        packet.size = size;
        packet.sentAt = now;
        inFlight.add(packet);
        congestion.onSent(size);
        lastSentAt = now;
        if (probes > 0) {
            probes--;
        }
        leaveOut();
    }

    /// Makes room for the next number and one that is left out.
    private void reserve(long now) {
        while (inFlight.isFull()) {
            giveUpOldest(now);
        }
        inFlight.reserve();
    }

    private void leaveOut() {
        if (inFlight.next() == skipAt) {
            skipped = skipAt;
            inFlight.skip();
            skipAt = inFlight.next() + untilSkip();
        }
    }

    private long untilSkip() {
        return (long) SKIP_EVERY / 2 + pool.random(SKIP_EVERY);
    }

    /// The system had no room for the packet that was sent last: it is sent again later, and
    /// says nothing about the network.
    void onRefused(long number) {
        SentPacket packet = inFlight.take(number);
        if (packet != null) {
            congestion.onRefused(packet.size);
            putBack(packet);
        }
    }

    /// Takes an ACK, which is sound.
    ///
    /// @return what the peer did wrong, or null
    @Nullable String onAck(ByteBuffer packet, int at, long now) {
        long largest = PacketNumbers.lastBefore(packet.getInt(at + 1), inFlight.next());
        if (largest < start) {
            return "an acknowledgement for a packet that was never sent";
        }
        long delay = (long) PacketHeader.unsignedShort(packet, at + 5) * ReceivedPackets.DELAY_UNIT;
        int ranges = PacketHeader.unsigned(packet, at + 7);
        long high = largest;
        long low = high - PacketHeader.unsignedShort(packet, at + 8);
        for (int i = 0; ; i++) {
            if (low < start || (low <= skipped && skipped <= high)) {
                return "an acknowledgement for packets that were never sent";
            }
            if (i == ranges) {
                break;
            }
            int range = range(at, i);
            high = low - 2 - PacketHeader.unsignedShort(packet, range);
            low = high - PacketHeader.unsignedShort(packet, range + 2);
        }
        ackFlightBefore = congestion.inFlight();
        boolean isNews = largest > largestAcknowledged; // else each ACK of one that wants none would walk the same list
        isNews |= onLargest(largest, delay, now);
        isNews |= onRanges(packet, at, ranges, low);
        if (isNews) {
            backoff = 0;
            probes = 0;
            inFlight.settle();
            findLost(now);
        }
        return null;
    }

    private boolean onLargest(long largest, long delay, long now) {
        largestAcknowledged = Math.max(largestAcknowledged, largest);
        SentPacket packet = inFlight.take(largest);
        if (packet == null) {
            return false;
        }
        roundTrip.onSample(now - packet.sentAt, delay);
        firstSampleAt = Math.min(firstSampleAt, now);
        onAcknowledged(packet, largest);
        return true;
    }

    private static int range(int at, int index) {
        return at + ReceivedPackets.ACK_SIZE + index * ReceivedPackets.RANGE_SIZE;
    }

    /// Goes through the packets that are on their way, from the oldest on, beside the ranges of an ACK, from the last
    /// and lowest on. So it costs what is on its way, however many numbers the ranges span.
    private boolean onRanges(ByteBuffer ack, int at, int ranges, long lowest) {
        boolean isNews = false;
        int left = ranges; // ranges above this one
        long low = lowest;
        long high = low + length(ack, at, left);
        SentPacket packet = inFlight.first();
        while (packet != null) {
            if (packet.number > high) {
                if (left == 0) {
                    break;
                }
                low = high + 2 + PacketHeader.unsignedShort(ack, range(at, left - 1));
                left--;
                high = low + length(ack, at, left);
                continue;
            }
            SentPacket newer = packet.newer;
            if (packet.number >= low && inFlight.take(packet.number) != null) {
                onAcknowledged(packet, packet.number);
                isNews = true;
            }
            packet = newer;
        }
        return isNews;
    }

    private static int length(ByteBuffer ack, int at, int range) {
        return PacketHeader.unsignedShort(ack, range == 0 ? at + 8 : range(at, range - 1) + 2);
    }

    private void onAcknowledged(SentPacket packet, long number) {
        inFlight.markAcknowledged(number);
        congestion.onAcknowledged(packet.size, packet.sentAt, ackFlightBefore);
        sendBuffer.onAcked(packet.frameQueue);
        pool.recycle(packet);
    }

    /// RFC 9002, 6.1: the oldest packets are looked at until one is not lost; those behind it
    /// were sent later. Congestion is persistent (7.6, B.8) if a run of lost packets, none between
    /// them acknowledged, took long enough; that is decided when all of them are known.
    private void findLost(long now) {
        lossAt = Long.MAX_VALUE;
        long sentBefore = now - roundTrip.lossDelay();
        long firstLostAt = -1;
        boolean isPersistent = false;
        for (long number = inFlight.oldest(); number < largestAcknowledged; number++) {
            SentPacket packet = inFlight.get(number);
            if (packet == null) {
                firstLostAt = inFlight.isAcknowledged(number) ? -1 : firstLostAt;
                continue;
            }
            boolean isLost = packet.sentAt <= sentBefore || number <= largestAcknowledged - PACKET_THRESHOLD;
            if (!isLost) {
                lossAt = packet.sentAt + roundTrip.lossDelay();
                break;
            }
            if (packet.sentAt > firstSampleAt) {
                firstLostAt = firstLostAt < 0 ? packet.sentAt : firstLostAt;
                isPersistent |= packet.sentAt - firstLostAt > PERSISTENT * roundTrip.probeTimeout();
            }
            onLost(number, now);
        }
        if (isPersistent) {
            congestion.onPersistent();
        }
        inFlight.settle();
    }

    private void onLost(long number, long now) {
        SentPacket packet = inFlight.take(number);
        if (packet != null) {
            counters.onLost();
            congestion.onLost(packet.size, packet.sentAt, now);
            putBack(packet);
        }
    }

    private void giveUpOldest(long now) {
        onLost(inFlight.oldest(), now);
        inFlight.settle();
    }

    private void putBack(SentPacket packet) {
        isCreditLost |= packet.hasCredit;
        sendBuffer.sendAgain(packet.frameQueue);
        pool.recycle(packet);
    }

    /// True if a packet was lost that granted the peer credit. Asked once.
    boolean wasCreditLost() {
        boolean was = isCreditLost;
        isCreditLost = false;
        return was;
    }

    /// Does what is due at a time, such as to find packets lost or to ask for probes.
    void onTime(long now) {
        if (now >= lossAt) {
            findLost(now);
        } else if (now >= probeAt()) {
            backoff = Math.min(backoff + 1, MAX_BACKOFF);
            probes = PROBES;
            lastSentAt = now;
        }
    }

    /// Returns the time when [#onTime] has something to do.
    long dueAt() {
        return Math.min(lossAt, probeAt());
    }

    private long probeAt() {
        if (inFlight.isEmpty() || lossAt != Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return lastSentAt + probeTimeout();
    }

    /// Returns the probe timeout with its doubling: RFC 9002, 6.2.1.
    long probeTimeout() {
        long once = roundTrip.probeTimeout();
        return Math.min(once << backoff, Math.max(once << MIN_DOUBLINGS, longestProbeTimeout));
    }

    /// The peer is at another address: how much may be on the way there is found out anew (RFC 9000, 9.4), and what
    /// went to the old one is probably lost.
    void onMoved(int largestDatagram) {
        congestion.begin(largestDatagram);
        backoff = 0;
        probes = inFlight.isEmpty() ? 0 : PROBES;
    }

    /// Returns how many packets should leave only to be acknowledged, whatever congestion says.
    int probes() {
        return probes;
    }

    /// Takes the frames of the oldest packet that still has some to be sent again, though it may
    /// come yet: a probe is worth most with what is most awaited.
    void repeatOldest() {
        for (SentPacket packet = inFlight.first(); packet != null; packet = packet.newer) {
            if (packet.frameQueue.count() > 0) {
                isCreditLost |= packet.hasCredit;
                sendBuffer.sendAgain(packet.frameQueue);
                return;
            }
        }
    }

    /// True if the packet with these lower bits of its number was sent, and neither confirmed nor lost.
    boolean isInFlight(int lower) {
        return inFlight.get(PacketNumbers.lastBefore(lower, inFlight.next())) != null;
    }

    /// Forgets all packets, and gives them and their memory back.
    void release() {
        for (SentPacket packet = inFlight.first(); packet != null; packet = inFlight.first()) {
            inFlight.take(packet.number);
            sendBuffer.sendAgain(packet.frameQueue);
            pool.recycle(packet);
        }
        lossAt = Long.MAX_VALUE;
        backoff = 0; // what is still sent says that this end closes
        inFlight.settle();
        trim();
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        inFlight.trim();
    }

    /// Returns the bytes of memory that are taken by what is known of packets.
    long heldBytes() {
        return inFlight.heldBytes();
    }
}
