package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What one direction of a connection keeps so that its calls need not allocate. One thread at a
/// time.
final class Lane {
    private final MemorySegment errno;
    private final MemorySegment offset;
    private @Nullable ByteBuffer buffer;
    private long bufferAddress;

    /// Its memory lives as long as this does.
    Lane() {
        Arena arena = Arena.ofAuto();
        errno = SystemCall.errno(arena);
        offset = arena.allocate(JAVA_LONG);
    }

    /// Room for a call's error number.
    MemorySegment errno() {
        return errno;
    }

    /// A number that the kernel can read.
    ///
    /// @return its address
    long offset(long value) {
        offset.set(JAVA_LONG, 0, value);
        return offset.address();
    }

    /// Where the next byte of a buffer is. Asks only when the buffer is another than last time,
    /// and keeps it alive.
    ///
    /// @param block direct; its memory must not be freed by hand (as an arena does) while it is
    ///     used here
    /// @throws IllegalArgumentException if `block` is not direct
    @SuppressWarnings("ReferenceEquality") // the very same memory, not the same bytes
    long addressOf(ByteBuffer block) {
        if (block != buffer) {
            remember(block);
        }
        return bufferAddress + block.position();
    }

    private void remember(ByteBuffer block) {
        if (!block.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + block);
        }
        bufferAddress = MemorySegment.ofBuffer(block.duplicate().clear()).address();
        buffer = block;
    }
}
