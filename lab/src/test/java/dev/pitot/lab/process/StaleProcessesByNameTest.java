package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Leftovers by their programs' names, in a space of process numbers of the test's own: no other
/// process of the machine can be hit.
@Needs(Tool.PID_NAMESPACE)
class StaleProcessesByNameTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Process space;
    private NodeCommands commands;

    @BeforeEach
    void makeSpace() throws Exception {
        // its first process waits for the end of its input: no test can leave it behind
        space = new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "cat").start();
        var backoff = new Backoff(new MachineClock(), Duration.ofMillis(10), LONG);
        while (space.children()
                .findFirst()
                .flatMap(child -> child.info().command())
                .filter(path -> path.endsWith("/cat"))
                .isEmpty()) {
            assertThat(backoff.await()).isTrue();
        }
        String first = Long.toString(space.children().findFirst().orElseThrow().pid());
        commands = new NodeCommands(
                new ProcessConnection("nsenter", "--target", first, "--pid", "--mount"), OperatingSystem.LINUX);
        assertThat(commands.run(List.of("cat", "/proc/1/comm")).out()).containsExactly("cat");
    }

    @AfterEach
    void endSpace() throws InterruptedException {
        space.children().forEach(ProcessHandle::destroyForcibly); // and with its first process all others
        space.destroyForcibly().waitFor();
    }

    private void run(String name, String script) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        commands.run(List.of("sh", "-c", "\"$1\" >/dev/null 2>&1 </dev/null &", "sh", program.toString()));
        var backoff = new Backoff(new MachineClock(), Duration.ofMillis(10), LONG);
        while (!Files.exists(folder.resolve(name + ".up"))) {
            assertThat(backoff.await()).isTrue();
        }
    }

    private void sleeper(String name) throws IOException, InterruptedException {
        run(name, waiting(name));
    }

    /// Commands of a shell that waits without a child: until a child executes its own program, it has the
    /// shell's name and would be counted.
    private String waiting(String name) {
        return "cd '" + folder + "' && mkfifo " + name + ".pipe && >" + name + ".up && read line <" + name + ".pipe";
    }

    private List<String> endAll(String... programs) throws Exception {
        return new StaleProcesses(commands, "tate").end(List.of(programs));
    }

    @Test
    void everyProcessOfTheNameIsEndedAndNoOther() throws Exception {
        sleeper("iperf3");
        sleeper("iperf");

        assertThat(endAll("iperf3")).containsExactly("'iperf3' processes on tate: 1 ended");
        assertThat(new StaleProcesses(commands, "tate").list("iperf")).hasSize(1);
        assertThat(endAll("/usr/bin/iperf3", "iperf")).containsExactly("'iperf' processes on tate: 1 ended");
    }

    @Test
    void oneThatIgnoresTermIsKilledAndCounted() throws Exception {
        sleeper("iperf3");
        run("stubborn", "trap '' TERM; " + waiting("stubborn"));

        assertThat(endAll("iperf3", "stubborn"))
                .containsExactly(
                        "'iperf3' processes on tate: 1 ended",
                        "'stubborn' processes on tate: 1 ended, 1 of them had to be killed");
        assertThat(new StaleProcesses(commands, "tate").list("stubborn")).isEmpty();
    }
}
