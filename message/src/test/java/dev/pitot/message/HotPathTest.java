package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What must not allocate, does not.
class HotPathTest {
    record Position(
            int id,
            double x,
            double y,
            boolean alive,
            @FixedLength(8) String name,
            String text) {}

    private static final MessageTypes TYPES =
            MessageTypes.builder().add(21, Position.class).build();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1400);
    private final Position record = new Position(1, 2, 3, true, "hey", "café");
    private final Message message = make();

    @Test
    void writingARecordAllocatesNothing() {
        isFree(() -> TYPES.write(record, buffer.clear()));
    }

    @Test
    void writingAMessageAllocatesNothing() {
        isFree(() -> TYPES.write(message, buffer.clear()));
    }

    @Test
    void measuringABodyAllocatesNothing() {
        TYPES.write(message, buffer.clear());
        buffer.flip().position(1);

        isFree(() -> TYPES.bodyLength(21, buffer));
    }

    private Message make() {
        TYPES.write(record, buffer.clear());
        return Objects.requireNonNull(TYPES.read(buffer.flip()));
    }

    private static void isFree(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        // the optimizing compiler removes the allocations; on a busy machine it takes its time
        for (int round = 0; round < 1000 && allocated >= 10_000; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            repeat(call, 10_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocated).isLessThan(10_000); // for 10 000 calls: at most the measurement itself
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
