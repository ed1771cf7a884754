package dev.pitot.message.extended;

import org.jspecify.annotations.Nullable;

/// The packets that are on their way and want an acknowledgement: by their numbers, and in the order of these. Its
/// cost follows how many they are, however far apart their numbers.
final class PacketsInFlight {
    private static final int MIN_CAPACITY = 8;

    /// Limit of how far apart the oldest packet on its way and the newest are. It bounds memory.
    private static final int MAX_SPAN = 1 << 16;

    /// Of a reference and of a [SentPacket] with its frames, as a 64-bit JVM lays them out, rounded up.
    private static final long REFERENCE_BYTES = 4;

    private static final long PACKET_BYTES = 128;

    /// Stands for a packet that was acknowledged, until all before it are settled.
    private static final SentPacket ACKNOWLEDGED = new SentPacket();

    private @Nullable SentPacket[] ring = new @Nullable SentPacket[MIN_CAPACITY];
    private long oldest;
    private long next;
    private int count;
    private long lookups;
    private @Nullable SentPacket first;
    private @Nullable SentPacket last;

    /// For tests: as if that many packets had been sent before.
    void startAt(long number) {
        oldest = number;
        next = number;
    }

    /// Returns the number of the packet that is sent next.
    long next() {
        return next;
    }

    /// Returns the number of the oldest packet, or of one before it for which there is no packet.
    long oldest() {
        return oldest;
    }

    /// Returns the oldest packet, or null if there is none.
    @Nullable SentPacket first() {
        return first;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// True if the oldest must go before another comes.
    boolean isFull() {
        return next + 2 - oldest > MAX_SPAN;
    }

    /// Makes room for the next number and one that is left out.
    void reserve() {
        if (next + 2 - oldest > ring.length) {
            grow();
        }
    }

    /// Adds the packet with the next number.
    void add(SentPacket packet) {
        packet.number = next;
        ring[index(next)] = packet;
        packet.older = last;
        if (last == null) {
            first = packet;
        } else {
            last.newer = packet;
        }
        last = packet;
        count++;
        next++;
    }

    /// Uses the next number for no packet, or for one that wants no acknowledgement.
    void skip() {
        ring[index(next)] = null;
        if (oldest == next) {
            oldest++;
        }
        next++;
    }

    /// Returns the packet with a number, or null if it is not on its way.
    @Nullable SentPacket get(long number) {
        lookups++;
        SentPacket packet = number < oldest || number >= next ? null : ring[index(number)];
        return packet == ACKNOWLEDGED ? null : packet;
    }

    /// For tests: how often a packet was looked up by its number.
    long lookups() {
        return lookups;
    }

    /// Removes the packet with a number and returns it; null if it is not on its way.
    @Nullable SentPacket take(long number) {
        SentPacket packet = get(number);
        if (packet == null) {
            return null;
        }
        ring[index(number)] = null;
        count--;
        unlink(packet);
        return packet;
    }

    private void unlink(SentPacket packet) {
        SentPacket older = packet.older;
        SentPacket newer = packet.newer;
        if (older == null) {
            first = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            last = older;
        } else {
            newer.older = older;
        }
        packet.older = null;
        packet.newer = null;
    }

    /// Notes that a packet that was taken has been acknowledged.
    void markAcknowledged(long number) {
        ring[index(number)] = ACKNOWLEDGED;
    }

    /// True if a packet was acknowledged, since one before it is not settled.
    boolean isAcknowledged(long number) {
        return number >= oldest && number < next && ring[index(number)] == ACKNOWLEDGED;
    }

    /// Forgets the numbers before the oldest packet.
    void settle() {
        if (count == 0) {
            oldest = next;
        }
        while (oldest < next && get(oldest) == null) {
            oldest++;
        }
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        if (count == 0 && ring.length > MIN_CAPACITY) {
            ring = new @Nullable SentPacket[MIN_CAPACITY];
        }
    }

    /// Returns the bytes of memory that it takes.
    long heldBytes() {
        return (ring.length - MIN_CAPACITY) * REFERENCE_BYTES + count * PACKET_BYTES;
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
