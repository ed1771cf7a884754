package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAllocatorTest {
    @TempDir
    private Path folder;

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, true",
        "Read-only file system, true",
        "Input/output error, true",
        "Disk quota exceeded, true",
        "File too large, false",
        "Too many open files, false"
    })
    void aDiskThatTakesNoMoreIsToldFromAFileThatFails(String reason, boolean isDisk) throws Exception {
        var files = new FileAllocator(folder, (_, _) -> failing(reason));
        try (ResultFile file = files.make("a")) {
            file.line("1");

            assertThat(file.fault()).hasMessageContaining(reason);
        }

        assertThat(files.diskFailure().getNow("")).isEqualTo(isDisk ? reason : "");
    }

    @Test
    void aFileThatCannotBeMadeIsCheckedToo() {
        var files = new FileAllocator(folder, (_, _) -> {
            throw new IOException("No space left on device");
        });
        files.make("a").close();

        assertThat(files.diskFailure()).isCompletedWithValue("No space left on device");
    }

    @Test
    void halfASummaryIsRemoved() throws IOException {
        Files.writeString(folder.resolve("summary.csv"), "old\n");
        var files = new FileAllocator(folder, (path, _) -> {
            Files.writeString(path, "ha");
            return failing("No space left on device");
        });

        assertThat(files.replace("summary.csv", "half")).hasMessageContaining("No space left on device");
        assertThat(folder.resolve("summary.csv")).hasContent("old\n");
        assertThat(folder.resolve("summary.csv.part")).doesNotExist();
    }

    /// As in a session that is resumed.
    @Test
    void aFileThatGoesOnIsCheckedToo() throws IOException {
        Files.writeString(folder.resolve("a"), "1\n");
        var files = new FileAllocator(folder, (_, _) -> failing("No space left on device"));
        try (ResultFile file = files.append("a", null)) {
            file.line("2");
        }

        assertThat(files.diskFailure()).isCompletedWithValue("No space left on device");
    }

    @Test
    void aFolderIsLockedUntilTheLockIsClosed() throws ResultsException {
        try (ResultFile _ = FileAllocator.lock(folder)) {
            assertThatThrownBy(() -> FileAllocator.lock(folder))
                    .isInstanceOf(ResultsException.class)
                    .hasMessage("The session in " + folder
                            + " is still running: wait for its end or stop it, then try again.");
        }

        assertThatCode(() -> FileAllocator.lock(folder).close()).doesNotThrowAnyException();
    }
}
