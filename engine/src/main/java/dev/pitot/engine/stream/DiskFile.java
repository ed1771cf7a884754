package dev.pitot.engine.stream;

import dev.pitot.model.result.FileCopy;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// File that is sent or received instead of generated data (`-F`). One thread reads or writes it; any
/// thread may query or close it. iperf 3.21 drops the last, shorter block of a file; here it is sent.
public final class DiskFile implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final long startBytes;
    private final StreamCounters written = new StreamCounters();

    private DiskFile(String name, FileChannel channel, long startBytes) {
        this.name = name;
        this.channel = channel;
        this.startBytes = startBytes;
    }

    /// Opens a file to send.
    public static DiskFile toRead(String name) throws IOException {
        FileChannel channel = FileChannel.open(SystemPath.of(name), StandardOpenOption.READ);
        return new DiskFile(name, channel, channel.size());
    }

    /// Opens a file for the received data; an existing file is truncated.
    public static DiskFile toWrite(String name) throws IOException {
        FileChannel channel = FileChannel.open(
                SystemPath.of(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        return new DiskFile(name, channel, 0);
    }

    /// Reads until the block is full or the file ends.
    ///
    /// @return bytes read; 0 at the end of the file
    int read(ByteBuffer block) throws DiskFileException {
        int before = block.position();
        int n = 0;
        try {
            while (block.hasRemaining() && n >= 0) {
                n = channel.read(block);
            }
        } catch (IOException e) {
            throw new DiskFileException(e);
        }
        return block.position() - before;
    }

    /// Appends the whole block.
    void write(ByteBuffer block) throws DiskFileException {
        int count = block.remaining();
        try {
            while (block.hasRemaining()) {
                channel.write(block);
            }
        } catch (IOException e) {
            throw new DiskFileException(e);
        } finally {
            written.onBytes(count - block.remaining());
        }
    }

    FileCopy copy() {
        return new FileCopy(name, startBytes + written.bytes());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) { // the data was already handed to the kernel
        }
    }
}
