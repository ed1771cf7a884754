package dev.pitot.socket.linux;

import dev.pitot.socket.SocketException;
import dev.pitot.socket.ZeroCopyBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Payload in a file without a name, which is gone when it is closed. Any number of threads may send it.
///
/// A file of the temporary directory comes first, as in iperf3: file systems on disks keep it in larger pieces of
/// memory than memfd_create(2) does, and sendfile was 6 % faster with it. Where there is no such directory, no room in
/// it or no file without a name (O_TMPFILE), the file is in memory.
final class LinuxZeroCopyBlock implements ZeroCopyBlock {
    private static final String TEMPORARY = System.getProperty("java.io.tmpdir", "/tmp");
    private static final int AT_FDCWD = -100; // linux/fcntl.h
    private static final int O_RDWR = 2; // asm-generic/fcntl.h, as the next three
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_TMPFILE = 0x400000; // goes with O_DIRECTORY
    private static final int O_DIRECTORY = 0x10000; // others on aarch64
    private static final int O_DIRECTORY_ARM = 0x4000;
    private static final int OWNER_ONLY = 0600;
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
        return of(payload, TEMPORARY);
    }

    /// Does the same with another temporary directory.
    static LinuxZeroCopyBlock of(ByteBuffer payload, String folder) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errno(arena);
            MemorySegment content = arena.allocate(payload.remaining());
            content.copyFrom(MemorySegment.ofBuffer(payload));
            Descriptor file = onDisk(folder, content, errno, arena);
            if (file == null) {
                file = inMemory(content, errno, arena);
            }
            return new LinuxZeroCopyBlock(file, payload.remaining());
        }
    }

    private static @Nullable Descriptor onDisk(String folder, MemorySegment content, MemorySegment errno, Arena arena) {
        int directory = "aarch64".equals(System.getProperty("os.arch")) ? O_DIRECTORY_ARM : O_DIRECTORY;
        int flags = O_TMPFILE | directory | O_RDWR | O_CLOEXEC;
        long path = arena.allocateFrom(folder).address();
        long fd = SystemCall.OPENAT.call(errno, AT_FDCWD, path, flags, OWNER_ONLY, 0);
        if (fd < 0) {
            return null;
        }
        var file = new Descriptor(fd);
        try {
            write(file, content, errno);
            return file;
        } catch (SocketException _) { // no room, perhaps
            return null;
        }
    }

    private static Descriptor inMemory(MemorySegment content, MemorySegment errno, Arena arena) throws SocketException {
        MemorySegment label = arena.allocateFrom(LABEL);
        var file =
                new Descriptor(SystemError.check(SystemCall.MEMFD_CREATE.call(errno, label.address(), MFD_CLOEXEC, 0)));
        write(file, content, errno);
        return file;
    }

    /// Closes the file if that fails.
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
