package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.testkit.ManualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Timing writes is part of the hot loop.
class WriteTimerAllocationTest {
    private static final int WRITES = 10_000;
    private static final long EPOCH = 1_700_000_000_000_000_000L; // the kernel's clock

    private final ManualClock clock = new ManualClock();
    private final WriteTimer timer = new WriteTimer(new PromptTimestamps(), 1, clock);
    private final ByteBuffer block = ByteBuffer.allocateDirect(1000);
    private long sent;

    /// Kernel that answers each write at once.
    private static final class PromptTimestamps implements TransmitTimestamps {
        private long sentBytes;
        private int left;

        @Override
        public boolean start() {
            return true;
        }

        @Override
        public int send(ByteBuffer block) {
            int bytes = block.remaining();
            sentBytes += bytes;
            left = 3;
            return bytes;
        }

        @Override
        public boolean next() {
            left--;
            return left >= 0;
        }

        @Override
        public Point point() {
            return left == 2 ? Point.QUEUED : left == 1 ? Point.SENT : Point.ACKNOWLEDGED;
        }

        @Override
        public int position() {
            return (int) sentBytes - 1;
        }

        @Override
        public long nanos() {
            return EPOCH - left;
        }
    }

    @Test
    void timingAllocatesNothing() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        timer.start();
        timeWrites(); // loads what it needs

        long before = threads.getCurrentThreadAllocatedBytes();
        timeWrites();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        WriteTimes times = Objects.requireNonNull(timer.times());
        assertThat(times.requests()).isEqualTo(2 * WRITES);
        assertThat(Objects.requireNonNull(times.acknowledged()).samples()).isGreaterThanOrEqualTo(2 * WRITES - 1);
        assertThat(allocated).isLessThan(WRITES); // less than a byte each: at most the measurement itself
    }

    private void timeWrites() throws IOException {
        for (int i = 0; i < WRITES; i++) {
            clock.advanceNanos(5_000_000);
            if (timer.isDue(1 << 20)) {
                sent += timer.send(block, sent);
            }
        }
    }
}
