package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as a separate process: exit codes, streams and signals as a shell sees them.
@Tag("slow")
class ProcessTest {
    @Test
    void aWrongOptionExitsWithOne() throws Exception {
        try (ChildProcess program = start("--no-such-option")) {
            Exit exit = program.awaitExit();

            assertThat(exit.code()).isEqualTo(1);
            assertThat(exit.stderr()).startsWith("iperf3: unrecognized option '--no-such-option'\n\nUsage: ");
            assertThat(exit.stdout()).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anInterruptedServerEndsInOrder() throws Exception {
        try (ChildProcess server = start("-s", "-p", Launch.freePort())) {
            server.awaitStdout("Server listening on");

            server.send(Signal.INT);

            Exit exit = server.awaitExit();
            assertThat(exit.code()).isZero();
            assertThat(exit.stderr())
                    .isEqualTo("iperf3: interrupt - the server has terminated by signal Interrupt(2)\n");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aTerminatedClientPrintsWhatItMeasured() throws Exception {
        String port = Launch.freePort();
        try (ChildProcess server = start("-s", "-p", port)) {
            server.awaitStdout("Server listening on");
            try (ChildProcess client = start("-c", "127.0.0.1", "-p", port, "-t", "60", "-i", "0.1")) {
                client.awaitStdout("/sec");

                client.send(Signal.TERM);

                Exit exit = client.awaitExit();
                assertThat(exit.code()).isZero();
                assertThat(exit.stdout()).contains("- - - -").contains("sender");
                assertThat(exit.stderr())
                        .isEqualTo("iperf3: interrupt - the client has terminated by signal Terminated(15)\n");
            }
        }
    }

    /// As from a wrapper that forwards a signal that the process group has received already.
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.001", "0.02"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalThatComesTwiceAtOnceIsOne(String gapSeconds) throws Exception {
        String port = Launch.freePort();
        try (ChildProcess server = start("-s", "-p", port)) {
            server.awaitStdout("Server listening on");
            try (ChildProcess client = start("-c", "127.0.0.1", "-p", port, "-t", "60", "-J")) {
                server.awaitStdout("connected to");

                String twice = "kill -INT $1; sleep $2; kill -INT $1 2>&- || :"; // it may have ended by then
                new ProcessBuilder("sh", "-c", twice, "sh", Long.toString(client.pid()), gapSeconds)
                        .start()
                        .waitFor();

                Exit exit = client.awaitExit();
                assertThat(exit.code()).isZero();
                assertThat(exit.stdout()).contains("\"error\":\t\"interrupt - ").endsWith("}\n");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReaderWhoGoesEndsTheProgramWithoutAWord() throws Exception {
        Process program = new ProcessBuilder(SeparateJvm.command("loopback", "-t", "60", "-i", "0.1")).start();
        try (BufferedReader errors = program.errorReader()) {
            BufferedReader out = program.inputReader();
            assertThat(out.readLine()).startsWith("Loopback test up");

            out.close();

            assertThat(program.waitFor()).isEqualTo(1);
            assertThat(errors.readLine()).isNull();
        } finally {
            program.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-i 0.1", "-i 0.1 --json-stream"})
    @DisabledOnOs(OS.WINDOWS)
    void aClientWhoseReaderGoesMeasuresToItsEndLikeIperf3(String options, @TempDir Path folder) throws Exception {
        Path figures = folder.resolve("figures");
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-1", "-p", port)) {
            server.awaitOutput("Server listening on ");
            String line = "-c 127.0.0.1 -p " + port + " -t 2 -b 1M --metrics.file " + figures + " " + options;
            Process client = new ProcessBuilder(SeparateJvm.command(line.split(" ", -1))).start();
            try (BufferedReader errors = client.errorReader()) {
                BufferedReader out = client.inputReader();
                assertThat(out.readLine()).isNotNull();

                out.close();

                assertThat(client.waitFor()).isZero();
                assertThat(errors.readLine()).isNull();
            } finally {
                client.destroyForcibly();
            }
            assertThat(server.join().out()).containsPattern(" 0\\.00-[2-9]\\.").doesNotContain("terminated");
            assertThat(Files.readAllLines(figures)).hasSizeGreaterThan(2); // up to 20, and fewer on a busy host
        }
    }

    private static ChildProcess start(String... args) throws IOException {
        return ChildProcess.start(List.copyOf(SeparateJvm.command(args)));
    }
}
