package dev.pitot.socket.linux;

import dev.pitot.socket.SocketException;
import dev.pitot.socket.ZeroCopyBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Payload in an anonymous in-memory file (memfd_create(2)). Any number of threads may send it.
final class LinuxZeroCopyBlock implements ZeroCopyBlock {
    private static final String LABEL = "pitot-block"; // shown in /proc
    private static final int MFD_CLOEXEC = 1; // linux/memfd.h

    private final Descriptor file;
    private final int bytes;

    private LinuxZeroCopyBlock(Descriptor file, int bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// Copies the remaining bytes of `payload`, whose position does not change.
    static LinuxZeroCopyBlock of(ByteBuffer payload) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errno(arena);
            MemorySegment label = arena.allocateFrom(LABEL);
            var file = new Descriptor(
                    SystemError.check(SystemCall.MEMFD_CREATE.call(errno, label.address(), MFD_CLOEXEC, 0)));
            MemorySegment content = arena.allocate(payload.remaining());
            content.copyFrom(MemorySegment.ofBuffer(payload));
            write(file, content, errno);
            return new LinuxZeroCopyBlock(file, payload.remaining());
        }
    }

    private static void write(Descriptor file, MemorySegment content, MemorySegment errno) throws SocketException {
        int fd = file.acquire();
        try {
            long written = 0;
            while (written < content.byteSize()) {
                written += SystemError.check(
                        SystemCall.WRITE.call(errno, fd, content.address() + written, content.byteSize() - written));
            }
        } catch (SocketException e) {
            file.close();
            throw e;
        } finally {
            file.release(fd);
        }
    }

    @Override
    public int bytes() {
        return bytes;
    }

    /// See [Descriptor#acquire()].
    int acquire() {
        return file.acquire();
    }

    /// See [Descriptor#release(int)].
    void release(int entered) {
        file.release(entered);
    }

    @Override
    public void close() {
        file.close();
    }
}
