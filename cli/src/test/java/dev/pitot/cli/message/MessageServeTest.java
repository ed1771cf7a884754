package dev.pitot.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.DaemonLauncher;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.SignalSource;
import dev.pitot.cli.run.VersionInfo;
import dev.pitot.message.EndpointOptions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageServeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            for a test | out of memory (for a test)
                       | out of memory
            """)
    @Timeout(60)
    void aServerThatCannotGoOnIsOneSentenceAndExitCodeOne(@Nullable String text, String reason) throws Exception {
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, false, Clock.systemUTC());
        var context = new CommandContext(
                VersionInfo.program(),
                "pitot",
                terminal,
                SignalSource.NONE,
                new DaemonLauncher(err),
                new HeapGuard(OutputStream.nullOutputStream()));
        var looks = new AtomicInteger();
        EndpointOptions options = EndpointOptions.of(() -> {
            if (looks.incrementAndGet() > 10) {
                throw new OutOfMemoryError(text);
            }
            return 0;
        });

        int exitCode = new MessageCommand(context, options).run(List.of("serve", "--listen", "127.0.0.1:0"));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("pitot: the server failed and is closed: " + reason + "\n");
        assertThat(exitCode).isEqualTo(1);
    }
}
