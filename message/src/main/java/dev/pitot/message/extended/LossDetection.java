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

    private static final int MIN_CAPACITY = 8;

    /// Of a reference and of a [SentPacket] with its frames, as a 64-bit JVM lays them out, rounded up.
    private static final long REFERENCE_BYTES = 4;

    private static final long PACKET_BYTES = 128;

    /// Limit of how far apart the oldest packet on its way and the newest are. It bounds memory.
    private static final int MAX_SPAN = 1 << 16;

    /// One number of so many is left out, so that a peer that acknowledges what it cannot have
    /// got is found out: RFC 9000, 21.4.
    private static final int SKIP_EVERY = 1024;

    private static final int MAX_BACKOFF = 20;

    /// Probe timeouts double so often at least, and then up to a share of the connection's timeout: over a bad
    /// path, where most probes or their acknowledgements are lost, too few of them would end the connection.
    private static final int MIN_DOUBLINGS = 3;

    private static final int PROBES_OF_A_TIMEOUT = 40;

    /// Stands for a packet that was acknowledged, until all before it are settled.
    private static final SentPacket ACKNOWLEDGED = new SentPacket();

    private final SendBuffer sendBuffer;
    private final BufferPool pool;
    private final LinkCounters counters;
    private final LossTimeouts roundTrip = new LossTimeouts();
    private final Congestion congestion;
    private final long longestProbeTimeout;

    private @Nullable SentPacket[] ring = new @Nullable SentPacket[MIN_CAPACITY];
    private long start;
    private long oldest;
    private long next;
    private long skipAt;
    private long skipped = -1;
    private long largestAcknowledged = -1;
    private int flying;
    private @Nullable SentPacket oldestFlying;
    private @Nullable SentPacket newestFlying;
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
        oldest = number;
        next = number;
        largestAcknowledged = number - 1;
        skipAt += number;
    }

    LossTimeouts roundTrip() {
        return roundTrip;
    }

    Congestion congestion() {
        return congestion;
    }

    /// Returns the number of the packet that is sent next.
    long nextNumber() {
        return next;
    }

    /// A packet leaves that wants no acknowledgement.
    void onSentNonEliciting(long now) {
        reserve(now);
        ring[index(next)] = null;
        if (oldest == next) {
            oldest++;
        }
        advance();
    }

    /// A packet leaves. It is this class's from now on.
    void onSent(SentPacket packet, int size, long now) {
        reserve(now);
        packet.size = size;
        packet.sentAt = now;
        packet.number = next;
        ring[index(next)] = packet;
        flying++;
        packet.older = newestFlying;
        if (newestFlying == null) {
            oldestFlying = packet;
        } else {
            newestFlying.newer = packet;
        }
        newestFlying = packet;
        congestion.onSent(size);
        lastSentAt = now;
        if (probes > 0) {
            probes--;
        }
        advance();
    }

    /// Makes room for the next number and one that is left out.
    private void reserve(long now) {
        while (next + 2 - oldest > MAX_SPAN) {
            giveUpOldest(now);
        }
        if (next + 2 - oldest > ring.length) {
            grow();
        }
    }

    private void advance() {
        next++;
        if (next == skipAt) {
            skipped = next;
            ring[index(next)] = null;
            if (oldest == next) {
                oldest++;
            }
            next++;
            skipAt = next + untilSkip();
        }
    }

    private long untilSkip() {
        return (long) SKIP_EVERY / 2 + pool.random(SKIP_EVERY);
    }

    /// The system had no room for the packet that was sent last: it is sent again later, and
    /// says nothing about the network.
    void onRefused(long number) {
        SentPacket packet = take(number);
        if (packet != null) {
            congestion.onRefused(packet.size);
            putBack(packet);
        }
    }

    /// Takes an ACK, which is sound.
    ///
    /// @return what the peer did wrong, or null
    @Nullable String onAck(ByteBuffer packet, int at, long now) {
        long largest = PacketNumbers.lastBefore(packet.getInt(at + 1), next);
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
        boolean isNews = onLargest(largest, delay, now);
        isNews |= onRanges(packet, at, ranges, low);
        if (isNews) {
            backoff = 0;
            probes = 0;
            settle();
            findLost(now);
        }
        return null;
    }

    private boolean onLargest(long largest, long delay, long now) {
        largestAcknowledged = Math.max(largestAcknowledged, largest);
        SentPacket packet = take(largest);
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
        SentPacket packet = oldestFlying;
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
            if (packet.number >= low && take(packet.number) != null) {
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
        ring[index(number)] = ACKNOWLEDGED;
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
        for (long number = oldest; number < largestAcknowledged; number++) {
            SentPacket packet = ring[index(number)];
            if (packet == null || packet == ACKNOWLEDGED) {
                firstLostAt = packet == null ? firstLostAt : -1;
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
        settle();
    }

    private void onLost(long number, long now) {
        SentPacket packet = take(number);
        if (packet != null) {
            counters.onLost();
            congestion.onLost(packet.size, packet.sentAt, now);
            putBack(packet);
        }
    }

    private void giveUpOldest(long now) {
        onLost(oldest, now);
        settle();
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
        if (flying == 0 || lossAt != Long.MAX_VALUE) {
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
        probes = flying > 0 ? PROBES : 0;
    }

    /// Returns how many packets should leave only to be acknowledged, whatever congestion says.
    int probes() {
        return probes;
    }

    /// Takes the frames of the oldest packet that still has some to be sent again, though it may
    /// come yet: a probe is worth most with what is most awaited.
    void repeatOldest() {
        for (SentPacket packet = oldestFlying; packet != null; packet = packet.newer) {
            if (packet.frameQueue.count() > 0) {
                isCreditLost |= packet.hasCredit;
                sendBuffer.sendAgain(packet.frameQueue);
                return;
            }
        }
    }

    /// True if the packet with these lower bits of its number was sent, and neither confirmed nor lost.
    boolean isInFlight(int lower) {
        long number = PacketNumbers.lastBefore(lower, next);
        SentPacket packet = number < oldest ? null : ring[index(number)];
        return packet != null && packet != ACKNOWLEDGED;
    }

    /// Forgets all packets, and gives them and their memory back.
    void release() {
        while (oldestFlying != null) {
            SentPacket packet = oldestFlying;
            take(packet.number);
            sendBuffer.sendAgain(packet.frameQueue);
            pool.recycle(packet);
        }
        lossAt = Long.MAX_VALUE;
        backoff = 0; // what is still sent says that this end closes
        settle();
        trim();
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        if (flying == 0 && ring.length > MIN_CAPACITY) {
            ring = new @Nullable SentPacket[MIN_CAPACITY];
        }
    }

    private @Nullable SentPacket take(long number) {
        if (number < oldest || number >= next) {
            return null;
        }
        int index = index(number);
        SentPacket packet = ring[index];
        if (packet == null || packet == ACKNOWLEDGED) {
            return null;
        }
        ring[index] = null;
        flying--;
        unlink(packet);
        return packet;
    }

    private void unlink(SentPacket packet) {
        SentPacket older = packet.older;
        SentPacket newer = packet.newer;
        if (older == null) {
            oldestFlying = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newestFlying = older;
        } else {
            newer.older = older;
        }
        packet.older = null;
        packet.newer = null;
    }

    /// Returns the bytes of memory that are taken by what is known of packets.
    long heldBytes() {
        return (ring.length - MIN_CAPACITY) * REFERENCE_BYTES + flying * PACKET_BYTES;
    }

    private void settle() {
        if (flying == 0) {
            oldest = next;
        }
        while (oldest < next && (ring[index(oldest)] == null || ring[index(oldest)] == ACKNOWLEDGED)) {
            oldest++;
        }
    }

    private void grow() {
        @Nullable SentPacket[] wider = new @Nullable SentPacket[ring.length * 2];
        for (long number = oldest; number < next; number++) {
            wider[(int) number & wider.length - 1] = ring[index(number)];
        }
        ring = wider;
    }

    private int index(long number) {
        return (int) number & ring.length - 1;
    }
}
