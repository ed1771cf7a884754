package dev.pitot.message.extended;

import dev.pitot.message.accounting.BitWindow;
import java.nio.ByteBuffer;

/// The packet numbers that came: a window of the newest [#SPAN] of them. What is older counts as
/// come already. Knows when an acknowledgement is due, and writes it.
final class ReceivedPackets {
    static final int SPAN = 2048;

    /// No honest sender has more packets on their way. A number further ahead of the newest is not taken: it
    /// would make all that really come count as old.
    static final int MAX_JUMP = 1 << 17;

    /// docs/message-protocol.md, "Packets".
    static final long MAX_ACK_DELAY = 5_000_000;

    /// An ACK without further ranges.
    static final int ACK_SIZE = 10;

    static final int RANGE_SIZE = 4;
    static final int MAX_RANGES = 32;
    static final int DELAY_UNIT = 16_000;

    private static final int MAX_DELAY = 0xFFFF;

    private final BitWindow came = new BitWindow(SPAN);
    private long start;
    private long largestAt;
    private int unanswered;
    private long dueAt = Long.MAX_VALUE;

    /// For tests: as if that many packets had come before.
    void startAt(long number) {
        start = number;
        came.add(number - 1);
    }

    /// Returns the number whose lower 32 bits these are: RFC 9000, A.3.
    long expand(int lower) {
        return PacketNumbers.nearest(lower, came.newest() + 1);
    }

    boolean isNewest(long number) {
        return number > came.newest();
    }

    boolean isTooFarAhead(long number) {
        return number - came.newest() > MAX_JUMP;
    }

    boolean isNew(long number) {
        return number >= start && came.isNew(number);
    }

    /// An acknowledgement that is wanted shall not wait.
    void ackNow(long now) {
        dueAt = Math.min(dueAt, now);
    }

    /// Takes down a number for which [#isNew] holds.
    void add(long number, boolean wantsAck, long now) {
        boolean isInOrder = number == came.newest() + 1;
        if (isNewest(number)) {
            largestAt = now;
        }
        came.add(number);
        if (wantsAck) {
            unanswered++;
            boolean isUrgent = unanswered > 1 || !isInOrder;
            dueAt = Math.min(dueAt, isUrgent ? now : now + MAX_ACK_DELAY);
        }
    }

    /// True if an ACK should leave with the next packet.
    boolean isWanted() {
        return unanswered > 0;
    }

    /// True if an ACK should leave now, even alone.
    boolean isDue(long now) {
        return now >= dueAt;
    }

    /// Returns the time when [#isDue] begins to hold.
    long dueAt() {
        return dueAt;
    }

    /// Writes an ACK of at most `room` bytes, [#ACK_SIZE] at least. Gives the position behind.
    int write(ByteBuffer into, int at, int room, long now) {
        long largest = came.newest();
        long floor = Math.max(start, largest - SPAN + 1);
        long low = came.last(false, largest, floor) + 1;
        into.put(at, (byte) Frames.ACK);
        into.putInt(at + 1, (int) largest);
        into.putShort(at + 5, (short) Math.min((now - largestAt) / DELAY_UNIT, MAX_DELAY));
        into.putShort(at + 8, (short) (largest - low));
        int limit = Math.min(MAX_RANGES, (room - ACK_SIZE) / RANGE_SIZE);
        int end = at + ACK_SIZE;
        int ranges = 0;
        while (ranges < limit) {
            long high = came.last(true, low - 1, floor);
            if (high < floor) {
                break;
            }
            long next = came.last(false, high, floor) + 1;
            into.putShort(end, (short) (low - high - 2));
            into.putShort(end + 2, (short) (high - next));
            low = next;
            end += RANGE_SIZE;
            ranges++;
        }
        into.put(at + 7, (byte) ranges);
        unanswered = 0;
        dueAt = Long.MAX_VALUE;
        return end;
    }
}
