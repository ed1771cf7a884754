package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskCheckTest {
    @TempDir
    private Path folder;

    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private OutputStream failing(String reason) throws IOException {
        return new DiskCheck(
                        _ -> new OutputStream() {
                            @Override
                            public void write(int value) throws IOException {
                                throw new IOException(reason);
                            }
                        },
                        failure)
                .open(folder.resolve("a"));
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
        OutputStream file = failing(reason);

        assertThatIOException().isThrownBy(() -> file.write(new byte[2])).withMessage(reason);

        assertThat(failure.getNow("")).isEqualTo(isDisk ? reason : "");
    }

    @Test
    void aFileThatCannotBeMadeIsCheckedToo() {
        var check = new DiskCheck(
                _ -> {
                    throw new IOException("No space left on device");
                },
                failure);

        assertThatIOException().isThrownBy(() -> check.open(folder.resolve("a")));

        assertThat(failure).isCompletedWithValue("No space left on device");
    }
}
