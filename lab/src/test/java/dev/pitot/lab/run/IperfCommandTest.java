package dev.pitot.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.run.CommandReport.Ending;
import dev.pitot.lab.run.IperfCommand.Role;
import dev.pitot.lab.store.SeriesForm;
import dev.pitot.model.config.Protocol;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One end of a test on one node: end of file, deadline, stop, kill, interrupt, detached.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class IperfCommandTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String STUBBORN = "trap '' TERM; echo up; exec sleep 60"; // what is ignored stays so
    private static final Duration GRACE = Duration.ofSeconds(2); // of a program that is stopped
    private static final int MAX_TRIES = 5;

    private final String nodeName = Local.name("tate");
    private final String pcName = Local.name("tpc");
    private final Device node = Local.device(nodeName);
    private final Device trafficPc = Local.device(pcName);

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws IOException {
        node.close();
        trafficPc.close();
        assertThat(Local.notes(nodeName)).isEmpty();
        assertThat(Local.notes(pcName)).isEmpty();
        assertThat(Local.processes(folder.toString())).isEmpty();
    }

    private FolderOutput output() {
        return new FolderOutput(folder, Set.of(pcName), SeriesForm.APETOOLS, InstantSource.system(), ZoneOffset.UTC);
    }

    /// A command that is found among the processes by the test's folder.
    private IperfCommand command(@Nullable Duration deadline, String script) {
        var call = CommandCall.of(List.of("sh", "-c", script, folder.toString()), deadline);
        return new IperfCommand(call, output(), Role.CLIENT);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> line.substring(line.indexOf(',') + 1))
                .toList();
    }

    private void awaitText(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Local.await(name, () -> Files.exists(file) && Files.readString(file).contains(text));
    }

    /// Seed 2: the last lines of its page.
    @Test
    @Needs(Tool.IPERF2)
    void theSeedsExampleWorks() throws Exception {
        String port = Integer.toString(FreePort.find());
        var clientParameters =
                CommandCall.of(List.of("iperf", "-c", Local.LOOPBACK, "-p", port, "-t", "1", "-i", "0.5"), LONG);
        var serverParameters = CommandCall.of(List.of("iperf", "-s", "-p", port, "-i", "0.5"), null);
        FolderOutput output = output();

        var iperfClient = new IperfCommand(clientParameters, output, Role.CLIENT);
        var iperfServer = new IperfCommand(serverParameters, output, Role.SERVER);
        IperfRun serving = iperfServer.start(trafficPc, "test_file");
        serving.awaitReady(Protocol.TCP, Integer.parseInt(port), LONG);
        CommandReport client = iperfClient.run(node, "test_file");
        Local.await("the server's report", serving::hasTold);
        serving.stop();
        CommandReport server = Objects.requireNonNull(serving.await(LONG));

        assertThat(client.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(client.totals()).isNotEmpty().allMatch(row -> row.kind() == Row.Kind.TOTAL);
        assertThat(server.ending()).isEqualTo(new Ending.Stopped());
        assertThat(server.totals()).isNotEmpty();
        assertThat(client.totals().getFirst().amounts().bytes().value()).isPositive();
        assertThat(client.rawFile()).isEqualTo(folder + "/raw_iperf/upstream_tx_tcp_test_file.iperf");
        assertThat(lines("raw_iperf/upstream_tx_tcp_test_file.iperf"))
                .anyMatch(line -> line.startsWith("Client connecting to 127.0.0.1"))
                .anyMatch(line -> line.matches("\\[ +\\d+] 0\\.0000-\\d\\.\\d+ sec .*"));
        assertThat(Files.readAllLines(folder.resolve("raw_iperf/upstream_rx_tcp_test_file.iperf")))
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00,.*"));
        for (String end : List.of("tx", "rx")) {
            assertThat(Files.readAllLines(folder.resolve("parsed/upstream_" + end + "_tcp_test_file.csv")))
                    .startsWith("timestamp,Mbits")
                    .hasSizeBetween(2, 4);
        }
    }

    @Test
    void aSilentProgramIsEndedAtItsDeadline() throws Exception {
        CommandReport report = command(Duration.ofMillis(500), "sleep 60; :").run(node, "silent");

        assertThat(report.ending()).isEqualTo(new Ending.Late(Duration.ofMillis(500)));
        assertThat(report.took()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    @Test
    void whatCameBeforeTheDeadlineIsKeptStandardErrorToo() throws Exception {
        CommandReport report = command(Duration.ofMillis(700), "echo one; echo two >&2; exec sleep 60")
                .run(node, "late");

        assertThat(report.ending()).isInstanceOf(Ending.Late.class);
        assertThat(lines("raw_iperf/upstream_tx_tcp_late.iperf")).containsExactly("one");
        assertThat(lines("raw_iperf/upstream_tx_tcp_late.err")).containsExactly("two");
    }

    @Test
    void theEndOfFileIsTheEnd() throws Exception {
        CommandReport report = command(
                        LONG, "echo 'iperf3: error - unable to connect to server: Connection refused' >&2; exit 1")
                .run(node, "end");

        assertThat(report.ending()).isEqualTo(new Ending.Exited(1));
        assertThat(Objects.requireNonNull(report.error()).trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(report.took()).isLessThan(LONG);
    }

    @Test
    void theRecognizedFailuresOfApetools() throws Exception {
        CommandReport report = command(
                        LONG,
                        "echo 'connect failed: No route to host'; echo 'connect failed: Connection refused';"
                                + " echo 'connect failed: Operation timed out'; echo 'bind failed: Address already in use'")
                .run(node, "troubles");

        assertThat(report.complaints())
                .extracting(Complaint::trouble)
                .containsExactly(Trouble.NO_ROUTE, Trouble.REFUSED, Trouble.CONNECT_FAILED, Trouble.ADDRESS_IN_USE);
    }

    @Test
    @Needs(Tool.IPERF2)
    void aSilentServerIsStoppedAtOnce() throws Exception {
        int port = FreePort.find();
        var call = CommandCall.of(List.of("iperf", "-s", "-p", Integer.toString(port)), null);
        IperfRun serving = new IperfCommand(call, output(), Role.SERVER).start(node, "stopped");
        serving.awaitReady(Protocol.TCP, port, LONG);

        long before = System.nanoTime();
        serving.stop();
        CommandReport report = Objects.requireNonNull(serving.await(LONG));
        long tookMillis = (System.nanoTime() - before) / 1_000_000;

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(tookMillis).isLessThan(10_000); // 1 s, the grace of 2 s at most, and a busy machine
        assertThat(Local.processes("-p " + port)).isEmpty();
    }

    @Test
    void standardErrorIsKeptAfterAStop() throws Exception {
        IperfRun run = command(null, "trap 'echo last words >&2; exit 0' TERM; echo up; while :; do sleep 0.1; done")
                .start(node, "words");
        awaitText("raw_iperf/upstream_tx_tcp_words.iperf", "up");
        run.stop();

        CommandReport report = Objects.requireNonNull(run.await(LONG));

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(lines("raw_iperf/upstream_tx_tcp_words.err")).containsExactly("last words");
    }

    @Test
    void aProgramThatIgnoresSigtermIsKilled() throws Exception {
        IperfRun run = command(null, STUBBORN).start(node, "stubborn");
        awaitText("raw_iperf/upstream_tx_tcp_stubborn.iperf", "up");
        run.stop();

        CommandReport report = Objects.requireNonNull(run.await(LONG));

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(report.took()).isGreaterThan(GRACE); // it was given its time
    }

    @Test
    void killGivesNoTime() throws Exception {
        Duration took = GRACE;
        for (int i = 0; i < MAX_TRIES && took.compareTo(GRACE) >= 0; i++) { // a machine may stand still as long
            IperfRun run = command(null, STUBBORN).start(node, "killed" + i);
            awaitText("raw_iperf/upstream_tx_tcp_killed" + i + ".iperf", "up");
            long before = System.nanoTime();
            run.kill();

            CommandReport report = Objects.requireNonNull(run.await(LONG));

            took = Duration.ofNanos(System.nanoTime() - before);
            assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        }
        assertThat(took).isLessThan(GRACE);
    }

    @Test
    void anInterruptEndsTheProgram() throws Exception {
        var told = new CompletableFuture<Throwable>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                command(null, "echo up; exec sleep 60").run(node, "interrupted");
            } catch (InterruptedException e) {
                told.complete(e);
            }
        });
        awaitText("raw_iperf/upstream_tx_tcp_interrupted.iperf", "up");
        thread.interrupt();

        assertThat(told.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    private IperfCommand detached(@Nullable Duration deadline, String script) {
        var call = CommandCall.of(List.of("sh", "-c", script, folder.toString()), deadline);
        return new IperfCommand(new CommandCall(call.words(), call.reader(), deadline, true), output(), Role.SERVER);
    }

    @Test
    void theOutputOfADetachedProgramIsFetchedAfterwards() throws Exception {
        IperfRun run = detached(null, "echo up; echo oops >&2; : >'" + folder + "/running'; exec sleep 60")
                .start(node, "daemon");
        awaitText("running", "");
        assertThat(folder.resolve("raw_iperf/downstream_rx_tcp_daemon.iperf")).isEmptyFile();
        run.stop();

        assertThat(Objects.requireNonNull(run.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
        assertThat(lines("raw_iperf/downstream_rx_tcp_daemon.iperf")).containsExactly("up");
        assertThat(lines("raw_iperf/downstream_rx_tcp_daemon.err")).containsExactly("oops");
    }

    @Test
    void aDetachedProgramMayEndByItselfOrByItsDeadline() throws Exception {
        CommandReport ended = detached(LONG, "echo done").run(node, "short");
        CommandReport late =
                detached(Duration.ofMillis(100), "echo up; exec sleep 60").run(node, "long");

        assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(lines("raw_iperf/downstream_rx_tcp_short.iperf")).containsExactly("done");
        assertThat(late.ending()).isEqualTo(new Ending.Late(Duration.ofMillis(100)));
        assertThat(lines("raw_iperf/downstream_rx_tcp_long.iperf")).containsExactly("up");
    }

    @Test
    void anInterruptEndsADetachedProgramToo() throws Exception {
        var told = new CompletableFuture<Throwable>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                detached(null, ": >'" + folder + "/running'; exec sleep 60").run(node, "interrupted");
            } catch (InterruptedException e) {
                told.complete(e);
            }
        });
        awaitText("running", "");
        thread.interrupt();

        assertThat(told.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aProgramThatIsMissingSaysSo() throws Exception {
        var call = CommandCall.of(List.of("no-such-program"), LONG);

        CommandReport report = new IperfCommand(call, output(), Role.CLIENT).run(node, "missing");

        assertThat(report.ending()).isEqualTo(new Ending.Exited(127));
        assertThat(Objects.requireNonNull(report.error()).trouble()).isEqualTo(Trouble.NOT_RUNNABLE);
    }

    @Test
    void twoCommandsOfTheSameRoleRunOnOneNodeAtOnce() throws Exception {
        IperfRun one = command(null, "echo up; exec sleep 60").start(node, "one");
        IperfRun two = command(null, "echo up; exec sleep 60").start(node, "two");
        awaitText("raw_iperf/upstream_tx_tcp_one.iperf", "up");
        awaitText("raw_iperf/upstream_tx_tcp_two.iperf", "up");
        one.stop();

        assertThat(Objects.requireNonNull(one.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
        assertThat(two.await(Duration.ZERO)).isNull();
        two.stop();
        assertThat(Objects.requireNonNull(two.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
    }

    @Test
    void anOutputThatFailsIsToldToWhoeverWaits() throws Exception {
        var call = CommandCall.of(List.of("true"), LONG);
        CommandOutput failing = (_, _, _) -> {
            throw new IllegalStateException("no place");
        };

        IperfRun run = new IperfCommand(call, failing, Role.SERVER).start(node, "x");

        assertThat(Objects.requireNonNull(run.await(LONG)).ending()).isInstanceOf(Ending.NotStarted.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new IperfCommand(call, failing, Role.SERVER).run(node, "x"));
    }

    @Test
    void namesTellTheEndsAndNothingIsOverwritten() throws Exception {
        var udp = CommandCall.of(List.of("true", "-u", "-P", "2"), LONG);
        var tcp = CommandCall.of(List.of("true"), LONG);
        FolderOutput output = output();
        new IperfCommand(udp, output, Role.CLIENT).run(node, "a/b");
        new IperfCommand(udp, output, Role.SERVER).run(node, "");
        new IperfCommand(tcp, output, Role.CLIENT).run(trafficPc, "x");
        new IperfCommand(tcp, output, Role.SERVER).run(trafficPc, "x");
        new IperfCommand(tcp, output, Role.SERVER).run(trafficPc, "x");

        try (Stream<Path> files = Files.list(folder.resolve("raw_iperf"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "upstream_tx_udp_a_b.iperf",
                            "downstream_rx_udp.iperf",
                            "downstream_tx_tcp_x.iperf",
                            "upstream_rx_tcp_x.iperf",
                            "upstream_rx_tcp_x_002.iperf");
        }
    }
}
