package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.SourceTree;
import dev.pitot.checks.program.LinkedLauncher;
import dev.pitot.checks.program.TestUser;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.FreePort;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A shell script written for iperf3 runs unchanged with a link named `iperf3` to the launcher.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
@Timeout(600)
@Tag("slow")
class ScriptTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(580);

    @Test
    void runsWithALinkThatIsCalledIperf3(@TempDir Path folder, @TempDir Path launcherFolder) throws Exception {
        Map<String, String> environment =
                LinkedLauncher.in(launcherFolder, SourceTree.root()).environment();

        Exit exit = run(folder, environment);

        assertThat(exit.stdout()).as(exit.toString()).endsWith(" did as expected\n");
        assertThat(exit.code()).isZero();
        assertThat(folder.resolve("server.pid")).doesNotExist();
    }

    private static Exit run(Path folder, Map<String, String> environment) throws Exception {
        TestUser.in(Files.createDirectory(folder.resolve("auth")));
        Path script = folder.resolve("script.sh");
        try (InputStream text =
                Objects.requireNonNull(ScriptTest.class.getResourceAsStream("/script/iperf3-users.sh"))) {
            Files.copy(text, script);
        }
        List<String> command = List.of("sh", script.toString(), folder.toString(), Integer.toString(FreePort.find()));
        try (ChildProcess running = ChildProcess.start(command, environment)) {
            return running.awaitExit(TIMEOUT);
        }
    }
}
