package dev.pitot.checks.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.golden.RecordingRunner.Played;
import dev.pitot.checks.program.Program;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A test of the replay itself: the real iperf3 must reproduce its own recordings.
@Needs(Tool.IPERF3)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the recordings are from Linux")
@Timeout(180)
@Tag("slow")
class RealIperf3PlaysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-bidir txt",
                "tcp-omit json",
                "tcp-title-extra json",
                "udp-P2-bidir txt",
                "udp-R json",
                "udp-verbose txt",
                "auth-ok json",
                "err-param-w txt",
                "err-refused txt"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void asItWasRecorded(String name, @TempDir Path folder) throws Exception {
        Golden recording = Golden.all().stream()
                .filter(candidate -> candidate.toString().equals("3.12 " + name))
                .findFirst()
                .orElseThrow();

        Played played = new RecordingRunner(Program.IPERF3, Workspace.in(folder)).play(recording);

        assertThat(Deviation.of(recording, played)).isEmpty();
    }
}
