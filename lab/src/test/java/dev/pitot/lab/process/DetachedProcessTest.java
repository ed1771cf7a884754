package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.time.MachineClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Tag("slow")
class DetachedProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);
    private final ProcessTag tag = new ProcessTag(UUID.randomUUID().toString(), "node", "server");
    private final Path pidFile = Path.of("/tmp", tag.fileName());
    private final List<OutputLine> lines = Collections.synchronizedList(new ArrayList<>());

    private DetachedProcess start(String script) throws Exception {
        return DetachedProcess.start(commands, tag, List.of("sh", "-c", script));
    }

    private static void awaitEnd(DetachedProcess run) throws Exception {
        var backoff = new Backoff(new MachineClock(), Duration.ofMillis(10), LONG);
        while (run.isRunning()) {
            assertThat(backoff.await()).isTrue();
        }
    }

    @Test
    void itGoesOnWithoutAConnectionUntilItIsEndedAndItsOutputIsFetched() throws Exception {
        DetachedProcess run = start("echo one; echo 'b a d' >&2; echo two; exec sleep 60");
        assertThat(run.isRunning()).isTrue();
        var backoff = new Backoff(new MachineClock(), Duration.ofMillis(10), LONG);
        while (!Files.readString(Path.of(pidFile + ".out")).contains("two")) {
            assertThat(backoff.await()).isTrue();
        }

        assertThat(run.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(run.isRunning()).isFalse();
        assertThat(lines).extracting(OutputLine::text).containsExactly("one", "two", "b a d");
        assertThat(lines)
                .extracting(OutputLine::origin)
                .containsExactly(OutputLine.Origin.OUT, OutputLine.Origin.OUT, OutputLine.Origin.ERR);
        assertThat(pidFile).doesNotExist();
        assertThat(Path.of(pidFile + ".out")).doesNotExist();
        assertThat(Path.of(pidFile + ".err")).doesNotExist();
    }

    @Test
    void itDoesNotHearHangUps() throws Exception {
        DetachedProcess run = start("kill -HUP $$; echo alive");
        awaitEnd(run);

        assertThat(run.end(LONG)).isEqualTo(TerminationResult.BY_ITSELF);
        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines).extracting(OutputLine::text).containsExactly("alive");
    }

    @Test
    void aMissingProgramIsToldByWhatIsFetched() throws Exception {
        DetachedProcess run = DetachedProcess.start(commands, tag, List.of("no-such-program-here"));
        awaitEnd(run);
        run.end(LONG);
        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("not found"));
    }

    @Test
    void fetchingGoesOnAfterALostConnection() throws Exception {
        DetachedProcess run = start("seq 1000");
        awaitEnd(run);
        run.end(LONG);
        connection.loseNext(1);

        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines).hasSize(1000);
        assertThat(lines.getLast().text()).isEqualTo("1000");
    }

    @Test
    void aLineThatALostConnectionCutOffIsFetchedWhole() throws Exception {
        DetachedProcess run = start("echo first; echo second; echo third");
        awaitEnd(run);
        run.end(LONG);
        connection.cutNext("first", "sec");

        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines).extracting(OutputLine::text).containsExactly("first", "second", "third");
    }

    @Test
    void outputThatIsNotThereIsTold() throws Exception {
        DetachedProcess run = start("true");
        awaitEnd(run);
        run.end(LONG);
        run.remove();

        assertThatThrownBy(() -> run.fetch(lines::add, LONG))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("could not be fetched from this machine");
    }

    @Test
    void aStartThatTakesTooLongLeavesNothingBehind() {
        // starts the program, and then does not come back
        var slow = new NodeCommands(
                new DelayedStartConnection(connection, List.of("sh", "-c", "\"$@\"; exec sleep 60", "slow")),
                OperatingSystem.LINUX);

        assertThatThrownBy(() -> DetachedProcess.start(slow, tag, List.of("sleep", "61.5")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("did not start a detached program in time");
        assertNothingIsLeft("61.5");
    }

    @Test
    void aStartWhoseConnectionBreaksLeavesNothingBehind() {
        var broken = new NodeCommands(new BreakingConnection(connection), OperatingSystem.LINUX);

        assertThatThrownBy(() -> DetachedProcess.start(broken, tag, List.of("sleep", "62.5")))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("the link broke");
        assertNothingIsLeft("62.5");
    }

    private void assertNothingIsLeft(String seconds) {
        assertThat(ProcessHandle.allProcesses()
                        .map(handle -> handle.info().arguments().orElse(new String[0]))
                        .filter(arguments -> List.of(arguments).equals(List.of(seconds))))
                .isEmpty();
        assertThat(pidFile).doesNotExist();
        assertThat(Path.of(pidFile + ".out")).doesNotExist();
        assertThat(Path.of(pidFile + ".err")).doesNotExist();
    }

    @Test
    void windowsIsRefused() {
        var windows = new NodeCommands(connection, OperatingSystem.WINDOWS);

        assertThatThrownBy(() -> DetachedProcess.start(windows, tag, List.of("iperf")))
                .hasMessage("this machine runs Windows, where detached runs are not possible: leave out 'daemon'");
    }

    @Test
    void outputIsFetchedAsLongAsBytesCome() throws Exception {
        var slow = new NodeCommands(
                new LongLineConnection(connection, "cat", Duration.ofSeconds(3)), OperatingSystem.LINUX);
        DetachedProcess run = DetachedProcess.start(slow, tag, List.of("echo", "whole"));
        run.end(Duration.ofSeconds(100));

        run.fetch(lines::add, Duration.ofSeconds(1));
        run.remove();

        assertThat(lines).extracting(OutputLine::text).containsExactly("whole");
    }
}
