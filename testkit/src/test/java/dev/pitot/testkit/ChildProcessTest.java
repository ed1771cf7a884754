package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.testkit.ChildProcess.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
class ChildProcessTest {
    @Test
    void keepsWhatTheChildWritesAndHowItEnds() throws Exception {
        try (var child = shell("echo out; echo err >&2; exit 3")) {
            assertThat(child.awaitExit()).isEqualTo(new Exit(3, "out\n", "err\n"));
            assertThat(child.isRunning()).isFalse();
        }
    }

    @Test
    void readsMoreThanAPipeHolds() throws Exception {
        try (var child = shell("head -c 300000 /dev/zero")) {
            assertThat(child.awaitExit().stdout()).hasSize(300_000);
        }
    }

    @Test
    void theChildsInputIsEmpty() throws Exception {
        try (var child = shell("cat; echo done")) {
            assertThat(child.awaitExit().stdout()).isEqualTo("done\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChildThatDiesOfASignalHasTheExitCodeOfAShell(Signal signal) throws Exception {
        try (var child = shell("echo up; exec sleep 60")) {
            child.awaitStdout("up");
            child.send(signal);

            assertThat(child.awaitExit().code()).isEqualTo(128 + signal.number());
        }
    }

    @Test
    void closingKillsTheChildAndAllThatItStarted() throws Exception {
        var child = shell("sleep 60 & echo $! >&2; echo up; wait");
        child.awaitStdout("up");
        child.awaitStderr("\n");
        long grandchild = Long.parseLong(child.stderr().strip());

        child.close();

        assertThat(child.isRunning()).isFalse();
        ProcessHandle.of(grandchild)
                .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void waitingForTextThatNeverComesFailsWithAllOutput() throws Exception {
        try (var child = shell("echo out; echo err >&2")) {
            child.awaitStderr("err");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitStdout("in"))
                    .withMessageContainingAll("no 'in' from sh", "out\n", "err\n");
        }
    }

    @Test
    void aChildThatDoesNotEndFailsTheWait() throws Exception {
        try (var child = shell("exec sleep 60")) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitExit(Duration.ofMillis(1)))
                    .withMessageStartingWith("still running after PT0.001S");
        }
    }

    @Test
    void aProgramThatDoesNotExistIsAnIoException() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChildProcess.start(List.of("no-such-program-anywhere")));
    }

    private static ChildProcess shell(String script) throws IOException {
        return ChildProcess.start(List.of("sh", "-c", script));
    }
}
