package dev.pitot.socket.portable;

import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Payload in a temporary file that is deleted when it is closed. Any number of threads may send
/// it.
final class PortableZeroCopyBlock implements ZeroCopyBlock {
    private final FileChannel file;
    private final int bytes;

    private PortableZeroCopyBlock(FileChannel file, int bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// Copies the remaining bytes of `payload`, whose position does not change.
    static PortableZeroCopyBlock of(ByteBuffer payload) throws IOException {
        Path path = Files.createTempFile("pitot", ".block");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            ByteBuffer content = payload.duplicate();
            while (content.hasRemaining()) {
                file.write(content);
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new PortableZeroCopyBlock(file, payload.remaining());
    }

    /// Sends part of the payload.
    ///
    /// @return bytes that the channel accepted; 0 if it would block
    int transferTo(SocketChannel channel, int offset, int count) throws IOException {
        return (int) file.transferTo(offset, count, channel);
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException _) { // the system removes it with its other temporary files
        }
    }
}
