package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceivedPacketsTest {
    private final ReceivedPackets received = new ReceivedPackets();
    private final ByteBuffer frame = ByteBuffer.allocate(200);

    private void add(long... numbers) {
        for (long number : numbers) {
            assertThat(received.isNew(number)).isTrue();
            received.add(number, true, 0);
            assertThat(received.isNew(number)).isFalse();
        }
    }

    private int[] shorts(int from, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = PacketHeader.unsignedShort(frame, from + 2 * i);
        }
        return values;
    }

    @Test
    void anAckTellsTheLargestItsRangeAndItsAge() {
        add(0, 1, 2);

        int end = received.write(frame, 0, 100, 160_000);

        assertThat(end).isEqualTo(10);
        assertThat(frame.get(0)).isEqualTo((byte) 1);
        assertThat(frame.getInt(1)).isEqualTo(2);
        assertThat(shorts(5, 1)).containsExactly(10);
        assertThat(frame.get(7)).isZero();
        assertThat(shorts(8, 1)).containsExactly(2);
    }

    @Test
    void gapsAndRangesFollow() {
        add(0, 1, 5, 9, 8);

        int end = received.write(frame, 0, 100, 0);

        assertThat(end).isEqualTo(18);
        assertThat(frame.get(7)).isEqualTo((byte) 2);
        assertThat(shorts(8, 5)).containsExactly(1, 1, 0, 2, 1); // 9-8, not 7-6, 5, not 4-2, 1-0
    }

    @Test
    void rangesAreLimitedByTheRoom() {
        for (int i = 0; i < 50; i++) {
            add(2L * i);
        }

        assertThat(received.write(frame, 0, 38, 0)).isEqualTo(38);
        assertThat(received.write(frame, 0, 199, 0)).isEqualTo(10 + 32 * 4);
    }

    @Test
    void whatIsOlderThanTheWindowCountsAsCome() {
        add(0, 2, ReceivedPackets.SPAN + 1);

        assertThat(received.isNew(1)).isFalse();
        assertThat(received.isNew(3)).isTrue();
        add(10_000_000);
        assertThat(received.isNew(3)).isFalse();
        assertThat(received.isNew(9_999_999)).isTrue();
    }

    @Test
    void agreesWithASetWhateverCame() {
        Random random = new Random(5);
        Set<Long> came = new HashSet<>();
        long largest = -1;
        for (int i = 0; i < 100_000; i++) {
            long number = Math.max(0, largest + random.nextInt(40) - 25);
            assertThat(received.isNew(number)).isEqualTo(!came.contains(number));
            if (came.add(number)) {
                received.add(number, true, 0);
            }
            largest = Math.max(largest, number);
        }
    }

    @Test
    void oneInOrderMayWaitTwoOrAGapMayNot() {
        received.add(0, true, 100);
        assertThat(received.isDue(100)).isFalse();
        assertThat(received.dueAt()).isEqualTo(5_000_100);
        received.add(1, true, 200);
        assertThat(received.isDue(200)).isTrue();

        received.write(frame, 0, 100, 200);
        assertThat(received.isWanted()).isFalse();
        assertThat(received.dueAt()).isEqualTo(Long.MAX_VALUE);
        received.add(3, true, 300);
        assertThat(received.isDue(300)).isTrue();
        received.write(frame, 0, 100, 300);
        received.add(2, true, 400);
        assertThat(received.isDue(400)).isTrue();
    }

    @Test
    void whatWantsNoAckGetsNone() {
        received.add(0, false, 100);
        received.add(5, false, 100);

        assertThat(received.isWanted()).isFalse();
        assertThat(received.isDue(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void lowerBitsAreExpandedAsRfc9000A3Says() {
        assertThat(PacketNumbers.nearest(5, 3)).isEqualTo(5);
        assertThat(PacketNumbers.nearest(-1, 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(PacketNumbers.nearest(1, 0xFFFF_FFFEL)).isEqualTo(0x1_0000_0001L);
        assertThat(PacketNumbers.nearest(-2, 0x1_0000_0001L)).isEqualTo(0xFFFF_FFFEL);
        assertThat(PacketNumbers.lastBefore(4, 5)).isEqualTo(4);
        assertThat(PacketNumbers.lastBefore(5, 5)).isNegative();
        assertThat(PacketNumbers.lastBefore(-1, 0x1_0000_0005L)).isEqualTo(0xFFFF_FFFFL);
    }
}
