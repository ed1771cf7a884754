package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// File of a `-Z` sender.
@OnLinux
class LinuxZeroCopyBlockTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    @Test
    void hasNoNameInTheTemporaryDirectory() throws IOException {
        assumeThat(Files.getFileStore(folder).type())
                .as("file systems that need not have files without a name")
                .isNotIn("overlay", "nfs", "nfs4");
        try (var block = LinuxZeroCopyBlock.of(ByteBuffer.wrap(PAYLOAD), folder.toString())) {
            assertThat(block.bytes()).isEqualTo(PAYLOAD.length);
            assertThat(target(block)).startsWith(folder.toString()).endsWith(" (deleted)");
            assertThat(content(block)).isEqualTo(PAYLOAD);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void isInMemoryWhereThereIsNoTemporaryDirectory() throws IOException {
        try (var block = LinuxZeroCopyBlock.of(
                ByteBuffer.wrap(PAYLOAD), folder.resolve("none").toString())) {
            assertThat(target(block)).startsWith("/memfd:pitot-block");
            assertThat(content(block)).isEqualTo(PAYLOAD);
        }
    }

    @Test
    void isInMemoryWhereFilesNeedAName() throws IOException {
        try (var block = LinuxZeroCopyBlock.of(ByteBuffer.wrap(PAYLOAD), "/proc/self")) {
            assertThat(target(block)).startsWith("/memfd:pitot-block");
        }
    }

    private static String target(LinuxZeroCopyBlock block) throws IOException {
        return Files.readSymbolicLink(file(block)).toString();
    }

    private static byte[] content(LinuxZeroCopyBlock block) throws IOException {
        return Files.readAllBytes(file(block));
    }

    private static Path file(LinuxZeroCopyBlock block) {
        int fd = block.acquire();
        block.release(fd);
        return Path.of("/proc/self/fd/" + fd);
    }
}
