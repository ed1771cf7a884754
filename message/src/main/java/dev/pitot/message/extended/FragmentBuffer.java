package dev.pitot.message.extended;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A message that comes in fragments. It takes memory for what came, not for what was announced.
final class FragmentBuffer {
    private static final int PAGE_SHIFT = 6;
    private static final int PAGE = 1 << PAGE_SHIFT;

    /// Of the whole message, in bytes.
    final int length;

    final long sequence;

    private final BufferPool pool;
    private final int fragmentBytes;
    private final byte[] @Nullable [] @Nullable [] pages;
    private int missing;
    private int held;

    FragmentBuffer(BufferPool pool, long sequence, int length, int fragmentBytes) {
        this.pool = pool;
        this.sequence = sequence;
        this.length = length;
        this.fragmentBytes = fragmentBytes;
        missing = (length + fragmentBytes - 1) / fragmentBytes;
        pages = new byte[(missing + PAGE - 1) / PAGE] @Nullable [] @Nullable [];
    }

    /// Takes a fragment, unless it came before.
    ///
    /// @return whether it is new
    boolean add(ByteBuffer from, int at, int offset, int size) {
        int index = offset / fragmentBytes;
        byte @Nullable [] @Nullable [] page = pages[index >> PAGE_SHIFT];
        if (page == null) {
            page = new byte[PAGE] @Nullable [];
            pages[index >> PAGE_SHIFT] = page;
        }
        if (page[index & PAGE - 1] != null) {
            return false;
        }
        byte[] chunk = pool.chunk();
        from.get(at, chunk, 0, size);
        page[index & PAGE - 1] = chunk;
        missing--;
        held += chunk.length;
        return true;
    }

    boolean isWhole() {
        return missing == 0;
    }

    /// Returns the bytes of memory that it takes, about.
    int held() {
        return held;
    }

    /// Returns the whole message, and gives the memory back. The buffer is good until the pool's next one.
    ByteBuffer assemble() {
        ByteBuffer whole = pool.assembly(length);
        for (byte @Nullable [] @Nullable [] page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                byte[] chunk = page[i];
                if (chunk != null) {
                    whole.put(chunk, 0, Math.min(fragmentBytes, length - whole.position()));
                }
            }
        }
        release();
        return whole.flip();
    }

    /// Gives the memory back.
    void release() {
        for (byte @Nullable [] @Nullable [] page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                byte[] chunk = page[i];
                if (chunk != null) {
                    pool.recycle(chunk);
                    page[i] = null;
                }
            }
        }
        held = 0;
    }
}
