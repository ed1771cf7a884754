package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.result.Ending;
import dev.pitot.model.unit.Bitrate;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program with little memory and a pipe that is not read, as separate processes.
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
@Tag("slow")
class UnreadOutputTest {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int MANY = 4;
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final int port = Integer.parseInt(Launch.freePort());

    @Test
    void testsOfAServerGoOnAndTheFirstSignalEndsIt() throws Exception {
        Process server = start("-Xmx32m", "-s", "-J", "-p", Integer.toString(port));
        try {
            awaitListening();
            for (int i = 0; i < 40; i++) { // documents of 30 KB each; half a megabyte fits
                assertThat(measure(32)).isEqualTo(new Ending.Completed());
            }

            assertThat(server.toHandle().destroy()).isTrue(); // SIGTERM; its pipes stay open

            assertThat(server.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(errors(server))
                    .containsPattern("iperf3: error - \\d+ lines or reports were dropped: nobody read");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void theFirstSignalEndsAClient() throws Exception {
        Process server = start("-Xmx32m", "-s", "-p", Integer.toString(port));
        Process client = null;
        try (BufferedReader serving = server.inputReader()) {
            awaitLine(serving, "Server listening");
            String line = "-c 127.0.0.1 -t 300 -b 8K -l 100 -P 32 -i 0.1 --json-stream -p " + port;
            client = start("-Xmx64m", line.split(" ", -1));
            awaitLine(serving, "[SUM]"); // data flows, and the client's output is not read
            for (int i = 0; i < 5; i++) {
                awaitLine(serving, "[SUM]");
            }

            assertThat(client.toHandle().destroy()).isTrue();

            assertThat(client.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(client.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
            if (client != null) {
                client.destroyForcibly();
            }
        }
    }

    @Test
    void manyTestsAtASmallHeapLeaveIntervalsOutAndTheServerServesOn(@TempDir Path folder) throws Exception {
        Path documents = folder.resolve("documents");
        List<String> command =
                SeparateJvm.commandWithHeap("-Xmx24m", "-s", "-J", "-i", "0.1", "-p", Integer.toString(port));
        Process server =
                new ProcessBuilder(command).redirectOutput(documents.toFile()).start();
        try {
            awaitListening();
            runManyTests();
            assertThat(measure(1)).isEqualTo(new Ending.Completed());
            awaitDocuments(documents, 2 + MANY); // those of awaitListening and of the last test too

            assertThat(server.toHandle().destroy()).isTrue();

            assertThat(server.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(errors(server)).contains("intervals are left out").doesNotContain("dropped");
            assertThat(count(documents, "}"::equals)).isEqualTo(3 + MANY); // one says why the server ended
            assertThat(count(documents, line -> line.startsWith("\t\"intervals_left_out\":\t")))
                    .isPositive();
        } finally {
            server.destroyForcibly();
        }
    }

    private void runManyTests() throws InterruptedException {
        List<ClientRun> runs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            runs.add(Iperf.client("127.0.0.1")
                    .port(port)
                    .parallel(64)
                    .direction(Direction.REVERSE)
                    .bitrate(new Bitrate(8_000))
                    .blockBytes(100)
                    .duration(Duration.ofSeconds(5))
                    .start());
        }
        for (ClientRun run : runs) {
            assertThat(run.await().ending()).isEqualTo(new Ending.Completed());
        }
    }

    private static long count(Path documents, Predicate<String> which) throws IOException {
        try (Stream<String> lines = Files.lines(documents)) {
            return lines.filter(which).count();
        }
    }

    private static void awaitDocuments(Path documents, int count) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (count(documents, "}"::equals) < count && System.nanoTime() < until) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Runs a short test against the server.
    private Ending measure(int streams) throws IOException, InterruptedException {
        return Iperf.client("127.0.0.1")
                .port(port)
                .parallel(streams)
                .limit(new Limit.ForBytes(streams))
                .run()
                .ending();
    }

    /// A server with `-J` prints nothing when it listens.
    private void awaitListening() throws IOException, InterruptedException {
        while (measure(1) instanceof Ending.Failed) {
            LockSupport.parkNanos(PAUSE_NANOS); // leaves the processors to the JVM that starts
        }
    }

    private static Process start(String heap, String... args) throws IOException {
        return new ProcessBuilder(SeparateJvm.commandWithHeap(heap, args)).start();
    }

    private static void awaitLine(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
