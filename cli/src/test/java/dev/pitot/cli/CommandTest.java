package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CommandTest {
    /// The end of a line, where round trips were measured.
    private static final String LATENCY = "(, latency grade .*\\))?";

    private static final String USAGE = """

            Usage: iperf3 [-s|-c host] [options]
            Try `iperf3 --help' for more information.
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --no-such-option | unrecognized option '--no-such-option'
                    -p               | option requires an argument -- 'p'
                    -J               | parameter error - must either be a client (-c) or server (-s)
                    -c h -u -l 8     | parameter error - block size invalid (minimum = 16 bytes, maximum = 65507 bytes)
                    -c h -t abc -J   | parameter error - invalid value 'abc' for --time: a whole number of seconds is needed
                    """)
    void aWrongCommandLineGetsItsSentenceAndTheUsage(String line, String sentence) {
        Launch launch = Launch.of(line.split(" ", -1));

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).isEqualTo("iperf3: " + sentence + "\n" + USAGE);
        assertThat(launch.out()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutput() {
        Launch launch = Launch.of("-h");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out())
                .startsWith("Usage: iperf3 [-s|-c host] [options]\n")
                .contains("  loopback  ");
        assertThat(launch.err()).isEmpty();
    }

    @Test
    void versionNamesIperfThenPitotThenTheSystem() {
        Launch launch = Launch.of("-v");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out().lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("iperf 3\\.21 \\(Pitot [0-9]+\\.[0-9]+\\.[0-9]+.*\\)");
        assertThat(launch.out()).contains("\nOptional features available: ");
    }

    @Test
    void aRefusedConnectionIsTheClientsFailure() {
        Launch launch = Launch.of("-c", "127.0.0.1", "-p", Launch.freePort(), "-t", "1");

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err())
                .isEqualTo("iperf3: error - unable to connect to server - server may have stopped running or use a"
                        + " different port, firewall issue, etc.: Connection refused\n");
    }

    @Test
    void anUnwritablePidFileOrLogFileEndsTheRunBeforeItBegins() {
        String missing = folder.resolve("no/file").toString();

        Launch pid = Launch.of("-s", "-p", Launch.freePort(), "-I", missing);
        Launch log = Launch.of("-s", "-p", Launch.freePort(), "--logfile", missing);

        assertThat(pid.exitCode()).isEqualTo(1);
        assertThat(pid.err()).isEqualTo("iperf3: error - unable to write PID file: No such file or directory\n");
        assertThat(log.exitCode()).isEqualTo(1);
        assertThat(log.err()).isEqualTo("iperf3: error - unable to open log file: No such file or directory\n");
    }

    @Test
    void aServerThatCannotListenSaysWhyAndExits() {
        String port = Launch.freePort();
        try (Launch.Running holder = Launch.start("-s", "-p", port)) {
            holder.awaitOutput("Server listening on " + port);

            Launch text = Launch.of("-s", "-p", port);
            Launch json = Launch.of("-s", "-p", port, "-J");

            assertThat(text.exitCode()).isEqualTo(1);
            assertThat(text.err()).isEqualTo("""
                            iperf3: error - unable to start listener for connections: Address already in use
                            iperf3: exiting
                            """);
            assertThat(json.exitCode()).isEqualTo(1);
            assertThat(json.out())
                    .contains(
                            "\"error\":\t\"error - unable to start listener for connections: Address already in use\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set-mss 1400",
                "--congestion reno",
                "--flowlabel 5",
                "--fq-rate 1M",
                "--gsro -u",
                "--skip-rx-copy",
                "--mptcp",
                "--sctp",
                "--snd-timeout 5",
                "--bind-dev lo",
                "--affinity 0"
            })
    void whatPortableSocketsCannotDoIsRefusedByName(String options) {
        String line = "-c 127.0.0.1 --socket portable " + options;

        Launch launch = Launch.of(line.split(" ", -1));

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err())
                .isEqualTo("iperf3: parameter error - " + options.split(" ", -1)[0] + " cannot be done with portable"
                        + " sockets (--socket linux can, on Linux)\n");
        assertThat(launch.out()).isEmpty();
    }

    @Test
    void aDatagramTestCountsItsDatagrams() {
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-1", "-p", port)) {
            server.awaitOutput("Server listening on ");

            Launch client = Launch.of("-c", "127.0.0.1", "-p", port, "-u", "-k", "5", "-l", "1000", "-b", "10M");

            assertThat(client.exitCode()).isZero();
            assertThat(client.out())
                    .contains("  Jitter    Lost/Total Datagrams\n")
                    .contains("  0/5 (0%)  receiver\n");
        }
    }

    @Test
    void aFileArrivesWhole() throws Exception {
        Path sent = folder.resolve("sent");
        Path received = folder.resolve("received");
        Files.write(sent, new byte[300_000]);
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-1", "-p", port, "-F", received.toString())) {
            server.awaitOutput("Server listening on ");

            Launch client = Launch.of("-c", "127.0.0.1", "-p", port, "-F", sent.toString());
            server.join();

            assertThat(client.exitCode()).isZero();
            assertThat(received).hasSameBinaryContentAs(sent);
        }
    }

    @Test
    void aStreamCanEndWithItsDocument() {
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-1", "-p", port)) {
            server.awaitOutput("Server listening on ");

            Launch client =
                    Launch.of("-c", "127.0.0.1", "-p", port, "-n", "1M", "--json-stream", "--json-stream-full-output");

            assertThat(client.out())
                    .startsWith("{\"event\":\"start\",")
                    .containsPattern("\n\\{\"event\":\"end\",.*\n\\{\n\t\"start\":\t\\{\n")
                    .endsWith("\n}\n");
        }
    }

    @Test
    void warningsGoToStandardError() {
        Launch launch = Launch.of("-c", "127.0.0.1", "-p", Launch.freePort(), "--no-fq-socket-pacing", "-V", "-J");

        assertThat(launch.err()).isEqualTo("""
                        Warning:  --no-fq-socket-pacing is deprecated
                        warning: Verbose output (-v) may interfere with JSON output (-J)
                        """);
        assertThat(launch.out()).startsWith("{\n");
    }

    @Test
    void aClientAndAOneOffServerMeasureTogether() {
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-1", "-p", port)) {
            server.awaitOutput("Server listening on " + port + " (test #1)");

            Launch client = Launch.of("-c", "127.0.0.1", "-p", port, "-n", "1M", "-T", "mine");
            Launch served = server.join();

            assertThat(client.exitCode()).isZero();
            assertThat(client.err()).isEmpty();
            assertThat(client.out().lines()).allMatch(line -> line.startsWith("mine:  "));
            assertThat(client.out()).endsWith("mine:  \nmine:  iperf Done.\n");
            assertThat(served.exitCode()).isZero();
            assertThat(served.out())
                    .contains("Accepted connection from 127.0.0.1, port ")
                    .endsWith("receiver\n");
        }
    }

    @Test
    void aSignalEndsAClientWithItsSummaryAndSuccess() {
        String port = Launch.freePort();
        try (Launch.Running server = Launch.start("-s", "-p", port)) {
            server.awaitOutput("Server listening on ");
            Launch.Running client = Launch.start("-c", "127.0.0.1", "-p", port, "-t", "60", "-i", "0.1");
            client.awaitOutput("   0.00-");

            client.signal("Interrupt(2)");
            Launch interrupted = client.join();

            assertThat(interrupted.exitCode()).isZero();
            assertThat(interrupted.err())
                    .isEqualTo("iperf3: interrupt - the client has terminated by signal Interrupt(2)\n");
            assertThat(interrupted.out()).contains("- - - -").contains("sender\n");
        }
    }

    @Test
    void aSignalEndsAnIdleServerWithSuccess() throws Exception {
        Path pidFile = folder.resolve("pid");
        Launch.Running server = Launch.start("-s", "-p", Launch.freePort(), "-I", pidFile.toString());
        server.awaitOutput("Server listening on ");
        String pid = Files.readString(pidFile);

        server.signal("Terminated(15)");
        Launch launch = server.join();

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.err()).isEqualTo("iperf3: interrupt - the server has terminated by signal Terminated(15)\n");
        assertThat(pid).isEqualTo(Long.toString(ProcessHandle.current().pid()));
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void loopbackMeasuresUpAndDown() {
        Launch launch = Launch.of("loopback", "-t", "1", "-P", "2");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.err()).isEmpty();
        assertThat(launch.out().lines().toList())
                .anyMatch(line -> line.matches("Loopback up +[0-9.]+ [GM]bit/s" + LATENCY + "  \\(client to server\\)"))
                .anyMatch(line ->
                        line.matches("Loopback down +[0-9.]+ [GM]bit/s" + LATENCY + "  \\(server to client\\)"));
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere the kernel's round trips are unknown
    void loopbackGradesTheLatencyOfItsSender() {
        Launch launch = Launch.of("loopback", "-t", "1");

        assertThat(launch.out())
                .containsPattern(
                        "Loopback up .*bit/s, latency grade (A\\+|[ABCDF]) \\(\\+[0-9.]+ ms under load\\)  \\(");
    }

    @Test
    void loopbackTakesDatagramsToo() {
        Launch launch = Launch.of("loopback", "-t", "1", "-u", "-b", "10M");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out().lines().toList())
                .anyMatch(line -> line.matches("Loopback up +[0-9.]+ Mbit/s, [0-9]+ of [0-9]+ datagrams lost"
                        + " \\([0-9.]+ %\\)" + LATENCY + "  \\(client to server\\)"))
                .anyMatch(line -> line.matches("Loopback down +[0-9.]+ Mbit/s, [0-9]+ of [0-9]+ datagrams lost"
                        + " \\([0-9.]+ %\\)" + LATENCY + "  \\(server to client\\)"));
    }

    @Test
    void loopbackWritesRatesAsFSays() {
        Launch launch = Launch.of("loopback", "-t", "1", "-b", "8M", "-f", "K");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).contains(" KBytes/sec");
        assertThat(launch.out().lines().toList())
                .anyMatch(line -> line.matches("Loopback up +[0-9.]+ KByte/s" + LATENCY + "  \\(client to server\\)"))
                .anyMatch(
                        line -> line.matches("Loopback down +[0-9.]+ KByte/s" + LATENCY + "  \\(server to client\\)"));
    }

    @Test
    void loopbackPutsBothDocumentsIntoOne() {
        Launch launch = Launch.of("loopback", "-t", "1", "-J");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out())
                .startsWith("{\n\t\"up\":\t{\n")
                .contains("\n\t},\n\t\"down\":\t{\n")
                .endsWith("\n\t}\n}\n");
    }
}
