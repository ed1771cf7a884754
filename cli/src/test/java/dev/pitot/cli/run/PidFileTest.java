package dev.pitot.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path folder;

    @Test
    void holdsTheProcessNumberWhileItIsOpen() throws IOException {
        Path path = folder.resolve("pid");

        try (PidFile _ = PidFile.write(path.toString())) {
            assertThat(path).hasContent(Long.toString(ProcessHandle.current().pid()));
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void refusesToReplaceTheFileOfALivingProcess() throws IOException {
        Path path = folder.resolve("pid");
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(path, Long.toString(parent));

        assertThatThrownBy(() -> PidFile.write(path.toString()))
                .hasMessage("Another instance of iperf3 appears to be running");

        assertThat(path).hasContent(Long.toString(parent));
    }

    @Test
    void replacesTheFileOfADeadProcess() throws IOException {
        Path path = folder.resolve("pid");
        Files.writeString(path, "999999999");

        try (PidFile _ = PidFile.write(path.toString())) {
            assertThat(path).hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void saysWhyItCannotBeWritten() {
        String path = folder.resolve("no/pid").toString();

        assertThatThrownBy(() -> PidFile.write(path))
                .hasMessage("error - unable to write PID file: No such file or directory");
    }
}
