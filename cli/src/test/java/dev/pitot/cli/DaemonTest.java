package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `-D`, with real processes.
@EnabledOnOs(OS.LINUX)
@Timeout(180) // each test starts several JVMs
@Tag("slow")
class DaemonTest {
    private static final int TIMEOUT_SECONDS = 20;

    private final List<ProcessHandle> daemons = new ArrayList<>();
    private final String port = Launch.freePort();

    @TempDir
    Path folder;

    @AfterEach
    void killWhatIsLeft() {
        daemons.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void listensInASessionOfItsOwnWhenItsStarterEnds() throws Exception {
        Ended starter = run("-s", "-D", "-p", port, "-I", "pid");
        ProcessHandle daemon = daemon();

        assertThat(starter).isEqualTo(new Ended(0, "", "")); // its streams have ended too: nobody holds them
        assertThat(session(daemon)).isEqualTo(daemon.pid());
        assertThat(Launch.of("-c", "127.0.0.1", "-p", port, "-n", "1M").exitCode())
                .isZero();
        for (int stream = 0; stream <= 2; stream++) {
            assertThat(Path.of("/proc/" + daemon.pid() + "/fd/" + stream).toRealPath())
                    .isEqualTo(Path.of("/dev/null"));
        }

        assertThat(daemon.destroy()).isTrue(); // SIGTERM
        daemon.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(folder.resolve("pid")).doesNotExist();
    }

    @Test
    void ofOneTestEndsWithItAndLeavesItsLog() throws Exception {
        Files.writeString(folder.resolve("log"), "before\n");

        run("-s", "-D", "-1", "-p", port, "-I", "pid", "--logfile", "log");
        ProcessHandle daemon = daemon();
        Launch client = Launch.of("-c", "127.0.0.1", "-p", port, "-n", "1M");
        daemon.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertThat(client.exitCode()).isZero();
        assertThat(folder.resolve("pid")).doesNotExist();
        assertThat(folder.resolve("log"))
                .content()
                .startsWith("before\n-----")
                .contains("Accepted connection from 127.0.0.1, port ")
                .endsWith("receiver\n");
    }

    @Test
    void thatCannotListenTellsItsStarter() throws Exception {
        String sentence = "iperf3: error - unable to start listener for connections: Address already in use\n";
        try (var holder = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            String taken = Integer.toString(holder.getLocalPort());

            assertThat(run("-s", "-4", "-D", "-p", taken)).isEqualTo(new Ended(1, "", sentence + "iperf3: exiting\n"));
            assertThat(run("-s", "-4", "-D", "-p", taken, "-J")).isEqualTo(new Ended(1, "", sentence));
            assertThat(run("-s", "-4", "-D", "-p", taken, "--logfile", "log")).isEqualTo(new Ended(1, "", sentence));
        }
    }

    @Test
    void thatCannotBeginTellsItsStarter() throws Exception {
        assertThat(run("-s", "-D", "-p", port, "-I", "no/pid"))
                .isEqualTo(new Ended(1, "", "iperf3: error - unable to write PID file: No such file or directory\n"));
        assertThat(run("-s", "-D", "-p", port, "--socket", "portable", "--bind-dev", "lo")
                        .err())
                .startsWith("iperf3: parameter error - --bind-dev cannot be done with portable sockets");
    }

    /// Result of a process.
    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String... args) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(SeparateJvm.command(args))
                .directory(folder.toFile())
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private ProcessHandle daemon() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")));
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        daemons.add(daemon);
        return daemon;
    }

    /// Returns the session, the fourth field after the name in parentheses (proc(5)).
    private static long session(ProcessHandle process) throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Long.parseLong(status.substring(status.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }
}
