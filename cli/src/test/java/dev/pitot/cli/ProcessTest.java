package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The program as a process of its own: exit codes, streams and signals as a shell sees them.
class ProcessTest {
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aWrongOptionExitsWithOne() throws Exception {
        Process process = start("--no-such-option");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(text(process.errorReader())).startsWith("iperf3: unrecognized option '--no-such-option'\n\nUsage: ");
        assertThat(text(process.inputReader())).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anInterruptedServerEndsInOrder() throws Exception {
        Process server = start("-s", "-p", Launch.freePort());
        assertThat(server.inputReader().readLine()).startsWith("-----");

        send("INT", server);

        assertThat(server.waitFor()).isZero();
        assertThat(text(server.errorReader()))
                .isEqualTo("iperf3: interrupt - the server has terminated by signal Interrupt(2)\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aTerminatedClientPrintsWhatItMeasured() throws Exception {
        String port = Launch.freePort();
        Process server = start("-s", "-p", port);
        assertThat(server.inputReader().readLine()).startsWith("-----");
        Process client = start("-c", "127.0.0.1", "-p", port, "-t", "60", "-i", "0.1");
        BufferedReader out = client.inputReader();
        while (!out.readLine().contains("/sec")) {
            assertThat(client.isAlive()).isTrue();
        }

        send("TERM", client);

        assertThat(client.waitFor()).isZero();
        assertThat(text(out)).contains("- - - -").contains("sender");
        assertThat(text(client.errorReader()))
                .isEqualTo("iperf3: interrupt - the client has terminated by signal Terminated(15)\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReaderWhoGoesEndsTheProgramWithoutAWord() throws Exception {
        Process server = start("loopback", "-t", "60", "-i", "0.1");
        BufferedReader out = server.inputReader();
        assertThat(out.readLine()).startsWith("Loopback test up");

        out.close();

        assertThat(server.waitFor()).isEqualTo(1);
        assertThat(text(server.errorReader())).isEmpty();
    }

    private Process start(String... args) throws IOException {
        Process process = new ProcessBuilder(SeparateJvm.command(args)).start();
        processes.add(process);
        return process;
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String text(BufferedReader reader) throws IOException {
        return String.join("\n", reader.lines().toList()).concat("\n").replaceFirst("^\n$", "");
    }
}
