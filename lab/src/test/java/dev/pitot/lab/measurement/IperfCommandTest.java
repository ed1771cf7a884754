package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.IperfCommand.Role;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.tool.ToolCommand;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

    private final String nodeName = LocalNodes.name("tate");
    private final String pcName = LocalNodes.name("tpc");
    private final NodeHandle node = LocalNodes.device(nodeName);
    private final NodeHandle trafficPc = LocalNodes.device(pcName);

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws IOException {
        node.close();
        trafficPc.close();
        assertThat(LocalNodes.notes(nodeName)).isEmpty();
        assertThat(LocalNodes.notes(pcName)).isEmpty();
        assertThat(LocalNodes.processes(folder.toString())).isEmpty();
    }

    private OutputSink output() {
        return new LinesInFiles(folder);
    }

    /// A command that is found among the processes by the test's folder.
    private IperfCommand command(@Nullable Duration deadline, String script) {
        return IperfCommand.client(List.of("sh", "-c", script, folder.toString()), deadline, output());
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    private void awaitText(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        LocalNodes.await(
                name, () -> Files.exists(file) && Files.readString(file).contains(text));
    }

    /// Seed 2: the last lines of its page.
    @Test
    @Needs(Tool.IPERF2)
    void theSeedsExampleWorks() throws Exception {
        String port = Integer.toString(FreePort.find());
        List<Row> rows = new CopyOnWriteArrayList<>();
        OutputSink output = new LinesInFiles(folder, rows::add);

        var iperfClient = IperfCommand.client(
                List.of("iperf", "-c", LocalNodes.LOOPBACK, "-p", port, "-t", "1", "-i", "0.5"), LONG, output);
        var iperfServer = IperfCommand.server(List.of("iperf", "-s", "-p", port, "-i", "0.5"), output);
        IperfRun serving = iperfServer.start(trafficPc, "server");
        serving.awaitReady(Integer.parseInt(port), LONG);
        CommandReport client = iperfClient.run(node, "client");
        LocalNodes.await("the server's report", serving::hasReportedEnd);
        serving.stop();
        CommandReport server = Objects.requireNonNull(serving.await(LONG));

        assertThat(client.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(client.totals()).isNotEmpty().allMatch(row -> row.kind() == Row.Kind.TOTAL);
        assertThat(server.ending()).isEqualTo(new Ending.Stopped());
        assertThat(server.totals()).isNotEmpty();
        assertThat(client.totals().getFirst().amounts().bytes().value()).isPositive();
        assertThat(client.rawFile()).isEqualTo(folder + "/client.out");
        assertThat(lines("client.out"))
                .anyMatch(line -> line.startsWith("Client connecting to 127.0.0.1"))
                .anyMatch(line -> line.matches("\\[ +\\d+] 0\\.0000-\\d\\.\\d+ sec .*"));
        assertThat(rows).filteredOn(row -> row.kind() == Row.Kind.INTERVAL).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aSilentProgramIsEndedAtItsDeadline() throws Exception {
        CommandReport report = command(Duration.ofMillis(500), "sleep 60; :").run(node, "silent");

        assertThat(report.ending()).isEqualTo(new Ending.TimedOut(Duration.ofMillis(500)));
        assertThat(report.elapsed()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    @Test
    void whatCameBeforeTheDeadlineIsKeptStandardErrorToo() throws Exception {
        CommandReport report = command(Duration.ofMillis(700), "echo one; echo two >&2; exec sleep 60")
                .run(node, "late");

        assertThat(report.ending()).isInstanceOf(Ending.TimedOut.class);
        assertThat(lines("late.out")).containsExactly("one");
        assertThat(lines("late.err")).containsExactly("two");
    }

    @Test
    void theEndOfFileIsTheEnd() throws Exception {
        CommandReport report = command(
                        LONG, "echo 'iperf3: error - unable to connect to server: Connection refused' >&2; exit 1")
                .run(node, "end");

        assertThat(report.ending()).isEqualTo(new Ending.Exited(1));
        assertThat(Objects.requireNonNull(report.error()).kind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(report.elapsed()).isLessThan(LONG);
    }

    @Test
    void theRecognizedFailuresOfApetools() throws Exception {
        CommandReport report = command(
                        LONG,
                        "echo 'connect failed: No route to host'; echo 'connect failed: Connection refused';"
                                + " echo 'connect failed: Operation timed out'; echo 'bind failed: Address already in use'")
                .run(node, "troubles");

        assertThat(report.errors())
                .extracting(ProgramError::kind)
                .containsExactly(
                        ErrorKind.NO_ROUTE, ErrorKind.REFUSED, ErrorKind.CONNECT_FAILED, ErrorKind.ADDRESS_IN_USE);
    }

    @Test
    @Needs(Tool.IPERF2)
    void aSilentServerIsStoppedAtOnce() throws Exception {
        int port = FreePort.find();
        List<String> words = List.of("iperf", "-s", "-p", Integer.toString(port));
        IperfRun serving = IperfCommand.server(words, output()).start(node, "stopped");
        serving.awaitReady(port, LONG);

        long before = System.nanoTime();
        serving.stop();
        CommandReport report = Objects.requireNonNull(serving.await(LONG));
        long tookMillis = (System.nanoTime() - before) / 1_000_000;

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(tookMillis).isLessThan(10_000); // 1 s, the grace of 2 s at most, and a busy machine
        assertThat(LocalNodes.processes("-p " + port)).isEmpty();
    }

    @Test
    void standardErrorIsKeptAfterAStop() throws Exception {
        IperfRun run = command(null, "trap 'echo last words >&2; exit 0' TERM; echo up; while :; do sleep 0.1; done")
                .start(node, "words");
        awaitText("words.out", "up");
        run.stop();

        CommandReport report = Objects.requireNonNull(run.await(LONG));

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(lines("words.err")).contains("last words"); // and perhaps what the shell says of its child
    }

    @Test
    void aProgramThatIgnoresSigtermIsKilled() throws Exception {
        IperfRun run = command(null, STUBBORN).start(node, "stubborn");
        awaitText("stubborn.out", "up");
        run.stop();

        CommandReport report = Objects.requireNonNull(run.await(LONG));

        assertThat(report.ending()).isEqualTo(new Ending.Stopped());
        assertThat(report.elapsed()).isGreaterThan(GRACE); // it was given its time
    }

    @Test
    void killGivesNoTime() throws Exception {
        Duration took = GRACE;
        for (int i = 0; i < MAX_TRIES && took.compareTo(GRACE) >= 0; i++) { // a machine may stand still as long
            IperfRun run = command(null, STUBBORN).start(node, "killed" + i);
            awaitText("killed" + i + ".out", "up");
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
        awaitText("interrupted.out", "up");
        thread.interrupt();

        assertThat(told.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    private IperfCommand detached(@Nullable Duration deadline, String script) {
        var tool = ToolCommand.of(List.of("sh", "-c", script, folder.toString()));
        return new IperfCommand(tool, deadline, true, output(), Role.SERVER);
    }

    @Test
    void theOutputOfADetachedProgramIsFetchedAfterwards() throws Exception {
        IperfRun run = detached(null, "echo up; echo oops >&2; : >'" + folder + "/running'; exec sleep 60")
                .start(node, "daemon");
        awaitText("running", "");
        assertThat(folder.resolve("daemon.out")).isEmptyFile();
        run.stop();

        assertThat(Objects.requireNonNull(run.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
        assertThat(lines("daemon.out")).containsExactly("up");
        assertThat(lines("daemon.err")).containsExactly("oops");
    }

    @Test
    void aDetachedProgramMayEndByItselfOrByItsDeadline() throws Exception {
        CommandReport ended = detached(LONG, "echo done").run(node, "short");
        CommandReport late =
                detached(Duration.ofMillis(100), "echo up; exec sleep 60").run(node, "long");

        assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(lines("short.out")).containsExactly("done");
        assertThat(late.ending()).isEqualTo(new Ending.TimedOut(Duration.ofMillis(100)));
        assertThat(lines("long.out")).containsExactly("up");
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
        CommandReport report =
                IperfCommand.client(List.of("no-such-program"), LONG, output()).run(node, "missing");

        assertThat(report.ending()).isEqualTo(new Ending.Exited(127));
        assertThat(Objects.requireNonNull(report.error()).kind()).isEqualTo(ErrorKind.NOT_RUNNABLE);
    }

    @Test
    void twoCommandsOfTheSameRoleRunOnOneNodeAtOnce() throws Exception {
        IperfRun one = command(null, "echo up; exec sleep 60").start(node, "one");
        IperfRun two = command(null, "echo up; exec sleep 60").start(node, "two");
        awaitText("one.out", "up");
        awaitText("two.out", "up");
        one.stop();

        assertThat(Objects.requireNonNull(one.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
        assertThat(two.await(Duration.ZERO)).isNull();
        two.stop();
        assertThat(Objects.requireNonNull(two.await(LONG)).ending()).isEqualTo(new Ending.Stopped());
    }

    @Test
    void anOutputThatFailsIsToldToWhoeverWaits() throws Exception {
        OutputSink failing = (_, _, _) -> {
            throw new IllegalStateException("no place");
        };

        IperfRun run = IperfCommand.server(List.of("true"), failing).start(node, "x");

        assertThat(Objects.requireNonNull(run.await(LONG)).ending()).isInstanceOf(Ending.NotStarted.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> IperfCommand.server(List.of("true"), failing).run(node, "x"));
    }
}
