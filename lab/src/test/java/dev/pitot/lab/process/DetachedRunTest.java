package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.system.OperatingSystem;
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
class DetachedRunTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);
    private final Mark mark = new Mark(UUID.randomUUID().toString(), "node", "server");
    private final Path pidFile = Path.of("/tmp", mark.fileName());
    private final List<Line> lines = Collections.synchronizedList(new ArrayList<>());

    private DetachedRun start(String script) throws Exception {
        return DetachedRun.start(commands, mark, List.of("sh", "-c", script));
    }

    private static void awaitEnd(DetachedRun run) throws Exception {
        var polling = new Polling(new MachineClock(), Duration.ofMillis(10), LONG);
        while (run.isRunning()) {
            assertThat(polling.again()).isTrue();
        }
    }

    @Test
    void itGoesOnWithoutAConnectionUntilItIsEndedAndItsOutputIsFetched() throws Exception {
        DetachedRun run = start("echo one; echo 'b a d' >&2; echo two; exec sleep 60");
        assertThat(run.isRunning()).isTrue();
        var polling = new Polling(new MachineClock(), Duration.ofMillis(10), LONG);
        while (!Files.readString(Path.of(pidFile + ".out")).contains("two")) {
            assertThat(polling.again()).isTrue();
        }

        assertThat(run.end(LONG)).isEqualTo(Ended.TERMINATED);
        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(run.isRunning()).isFalse();
        assertThat(lines).extracting(Line::text).containsExactly("one", "two", "b a d");
        assertThat(lines).extracting(Line::origin).containsExactly(Line.Origin.OUT, Line.Origin.OUT, Line.Origin.ERR);
        assertThat(pidFile).doesNotExist();
        assertThat(Path.of(pidFile + ".out")).doesNotExist();
        assertThat(Path.of(pidFile + ".err")).doesNotExist();
    }

    @Test
    void itDoesNotHearHangUps() throws Exception {
        DetachedRun run = start("kill -HUP $$; echo alive");
        awaitEnd(run);

        assertThat(run.end(LONG)).isEqualTo(Ended.BY_ITSELF);
        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines).extracting(Line::text).containsExactly("alive");
    }

    @Test
    void aMissingProgramIsToldByWhatIsFetched() throws Exception {
        DetachedRun run = DetachedRun.start(commands, mark, List.of("no-such-program-here"));
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
        DetachedRun run = start("seq 1000");
        awaitEnd(run);
        run.end(LONG);
        connection.loseNext(1);

        run.fetch(lines::add, LONG);
        run.remove();

        assertThat(lines).hasSize(1000);
        assertThat(lines.getLast().text()).isEqualTo("1000");
    }

    @Test
    void outputThatIsNotThereIsTold() throws Exception {
        DetachedRun run = start("true");
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
                new SlowStart(connection, List.of("sh", "-c", "\"$@\"; exec sleep 60", "slow")), OperatingSystem.LINUX);

        assertThatThrownBy(() -> DetachedRun.start(slow, mark, List.of("sleep", "61.5")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("did not start a detached program in time");
        assertNothingIsLeft("61.5");
    }

    @Test
    void aStartWhoseConnectionBreaksLeavesNothingBehind() {
        var broken = new NodeCommands(new BreakingStart(connection), OperatingSystem.LINUX);

        assertThatThrownBy(() -> DetachedRun.start(broken, mark, List.of("sleep", "62.5")))
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

        assertThatThrownBy(() -> DetachedRun.start(windows, mark, List.of("iperf")))
                .hasMessage("this machine runs Windows, where detached runs are not possible: leave out 'daemon'");
    }
}
