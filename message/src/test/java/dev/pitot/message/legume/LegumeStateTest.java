package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The small parts: ids, queues, times, windows.
final class LegumeStateTest {
    private static final long MS = 1_000_000;

    @Test
    void idsAreNewAgainAfterHalfOfThemWentBy() {
        var duplicateFilter = new DuplicateFilter();
        for (int i = 0; i < 200_000; i++) {
            int id = i + 50_000 & 0xFFFF;
            assertThat(duplicateFilter.contains(id)).isFalse();
            duplicateFilter.add(id);
            assertThat(duplicateFilter.contains(id)).isTrue();
            if (i >= 32_767) {
                assertThat(duplicateFilter.contains(id - 32_767 & 0xFFFF)).isTrue();
                assertThat(duplicateFilter.contains(id - 32_769 & 0xFFFF)).isFalse();
            }
        }
        assertThat(duplicateFilter.usedByLegume()).isZero();
    }

    @Test
    void jumpsAndLateOnesAreTakenOnce() {
        var random = new Random(3);
        var duplicateFilter = new DuplicateFilter();
        var taken = new HashSet<Long>();
        long newest = 70_000;
        for (int i = 0; i < 100_000; i++) {
            long serial = Math.max(0, newest - random.nextInt(1_000) + random.nextInt(1_100));
            int id = (int) serial & 0xFFFF;
            assertThat(duplicateFilter.contains(id)).isEqualTo(!taken.add(serial));
            duplicateFilter.add(id);
            newest = Math.max(newest, serial);
        }
    }

    @Test
    void aPeerThatBeginsLowAndNeverWrapsMayBeAnOriginal() {
        var duplicateFilter = new DuplicateFilter();
        duplicateFilter.add(2);
        duplicateFilter.add(64_999);
        assertThat(duplicateFilter.usedByLegume()).isEqualTo(2); // too far ahead to be believed
        for (int id = 3; id < 65_000; id++) {
            duplicateFilter.add(id);
        }
        assertThat(duplicateFilter.usedByLegume()).isEqualTo(64_999);
        duplicateFilter.add(5);
        assertThat(duplicateFilter.usedByLegume()).isZero();
    }

    @Test
    void aQueueGrowsWrapsAndLetsGoInAnyOrder() {
        var random = new Random(5);
        var queue = new MessageQueue();
        var sent = new ArrayDeque<Long>();
        int added = 0;
        int left = 0;
        for (int round = 0; round < 20_000; round++) {
            if (random.nextInt(100) < (round / 2_000 % 2 == 0 ? 60 : 40)) {
                byte[] payload = new byte[4 + random.nextInt(60)];
                queue.add(ByteBuffer.wrap(payload).putInt(0, added), added & 0xFF, added & 0xFFFF);
                added++;
            }
            if (queue.hasUnsent() && random.nextBoolean()) {
                long position = queue.unsent();
                var copy = ByteBuffer.allocate(100);
                queue.copyTo(copy, position);
                assertThat(copy.getInt(0)).isEqualTo(left);
                assertThat(copy.position()).isEqualTo(queue.length(position));
                assertThat(queue.flags(position)).isEqualTo(left & 0xFF);
                assertThat(queue.sequence(position)).isEqualTo(left & 0xFFFF);
                queue.onSent();
                left++;
                sent.add(position);
            }
            if (sent.size() > 10) {
                queue.release(random.nextBoolean() ? sent.removeLast() : sent.removeFirst());
            }
        }
        while (queue.hasUnsent()) {
            sent.add(queue.unsent());
            queue.onSent();
        }
        sent.forEach(queue::release);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.usedBytes()).isZero();
    }

    @Test
    void timeoutsBeginAtASecondFollowTheRoundTripTimeAndDouble() {
        var time = new RetransmissionTimeout();
        assertThat(time.timeout(0)).isEqualTo(1_000 * MS);
        assertThat(time.timeout(2)).isEqualTo(4_000 * MS);
        assertThat(time.timeout(99)).isEqualTo(60_000 * MS);

        time.sample(0, 40 * MS);
        assertThat(time.timeout(0)).isEqualTo(120 * MS); // 40 + 4 * 20
        assertThat(time.timeout(1)).isEqualTo(240 * MS);
        assertThat(time.timeout(6)).isEqualTo(7_680 * MS);
        assertThat(time.timeout(13)).isEqualTo(60_000 * MS);

        for (int i = 0; i < 100; i++) {
            time.sample(MS, MS + 100_000);
        }
        assertThat(time.timeout(0)).isEqualTo(10 * MS);
        assertThat(time.metrics()).isNotNull();

        var slow = new RetransmissionTimeout();
        slow.sample(0, 900 * MS);
        assertThat(slow.timeout(0)).isEqualTo(2_700 * MS);
        assertThat(slow.timeout(2)).isEqualTo(10_800 * MS);
    }

    @Test
    void anAnswerToWhatWasSentLaterEndsTheBackoff() {
        var time = new RetransmissionTimeout();
        time.sample(0, 40 * MS);
        assertThat(time.expiry(1_000 * MS, 3)).isEqualTo(1_960 * MS);

        time.sample(1_001 * MS, 1_041 * MS);
        long timeout = time.timeout(0);
        assertThat(time.expiry(1_000 * MS, 3)).isEqualTo(1_000 * MS + timeout);
        assertThat(time.expiry(1_002 * MS, 3)).isEqualTo(1_002 * MS + 8 * timeout);
    }

    private static int opened(CongestionWindow window) {
        window.begin();
        assertThat(window.open(64)).isTrue();
        return window.onMessage();
    }

    @Test
    void theWindowHalvesOnceARoundTripAndGrowsWithWhatArrives() {
        var time = new RetransmissionTimeout();
        time.sample(0, 40 * MS);
        var window = new CongestionWindow(time);
        for (int i = 0; i < 32; i++) {
            assertThat(window.hasRoom(64)).isTrue();
            int _ = opened(window);
        }
        assertThat(window.hasRoom(64)).isFalse();

        window.onLoss(1_000 * MS);
        window.onLoss(1_001 * MS);
        for (int datagramSlot = 0; datagramSlot < 17; datagramSlot++) {
            window.leave(datagramSlot);
        }
        assertThat(window.hasRoom(64)).isTrue(); // 15 of 16
        assertThat(window.hasRoom(15)).isFalse();

        for (int i = 0; i < 5_000; i++) {
            window.onAcked(opened(window));
        }
        for (int i = 15; i < 64; i++) {
            assertThat(window.hasRoom(64)).isTrue();
            int _ = opened(window);
        }
        assertThat(window.hasRoom(64)).isFalse();
    }

    @Test
    void newDatagramsArePacedAfterABurstOfSixteen() {
        var time = new RetransmissionTimeout();
        time.sample(0, 40 * MS);
        var window = new CongestionWindow(time);
        int burst = 0;
        while (window.mayStart(0)) {
            window.onNewDatagram(0);
            burst++;
        }

        assertThat(burst).isEqualTo(16);
        assertThat(window.paceAt(0)).isEqualTo(MS + 1); // 40 ms / (5/4 * 32)
        assertThat(window.mayStart(MS - 1_000)).isFalse();
        assertThat(window.mayStart(MS + 1)).isTrue();
    }
}
