package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.Leftovers.Report;
import dev.pitot.lab.system.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A stand-in for Windows: a script that answers to `tasklist` and `taskkill` as those do, with a
/// file for each running program.
@EnabledOnOs(OS.LINUX)
class WindowsProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String STAND_IN = """
            cd 'FOLDER'
            case $1 in
            tasklist) for f in *.exe; do [ -e "$f" ] && echo "\\"$f\\",\\"4711\\",\\"Console\\",\\"1\\",\\"9,000 K\\""; done
                echo '"svchost.exe","900","Services","0","9,000 K"';;
            taskkill) case "$*" in *4711*) [ -e stubborn ] && [ "$2" != /F ] && exit 1; rm -f ./*.exe;; esac;;
            *) exec sleep 60;;
            esac
            """;

    @TempDir
    Path folder;

    private NodeCommands commands;

    @BeforeEach
    void makeStandIn() throws Exception {
        Path script = Files.writeString(folder.resolve("windows"), STAND_IN.replace("FOLDER", folder.toString()));
        commands = new NodeCommands(new ProcessConnection("sh", script.toString()), OperatingSystem.WINDOWS);
    }

    private NodeProcess start() throws Exception {
        Files.createFile(folder.resolve("iperf3.exe"));
        return NodeProcess.start(
                commands, new Mark("now", "tate", "server"), List.of("C:\\iperf\\iperf3.exe", "-s"), _ -> {});
    }

    @Test
    void aProgramIsEndedByItsImage() throws Exception {
        try (NodeProcess process = start()) {
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(folder.resolve("iperf3.exe")).doesNotExist();
            assertThat(process.end(LONG)).isEqualTo(Ended.BY_ITSELF);
        }
    }

    @Test
    void oneThatDoesNotEndIsForcedTo() throws Exception {
        Files.createFile(folder.resolve("stubborn"));
        try (NodeProcess process = start()) {
            assertThat(process.end(SHORT)).isEqualTo(Ended.KILLED);
            assertThat(folder.resolve("iperf3.exe")).doesNotExist();
        }
    }

    @Test
    void leftoversAreFoundByNameOnly() throws Exception {
        Files.createFile(folder.resolve("iperf3.exe"));
        var leftovers = new Leftovers(commands, "tate");

        assertThat(leftovers
                        .end(Node.Leftovers.OURS, List.of("iperf3"), _ -> false)
                        .ended())
                .isZero();
        assertThat(leftovers.end(Node.Leftovers.ALL, List.of("C:\\iperf\\iperf3.exe", "iperf"), _ -> false))
                .isEqualTo(new Report(
                        1, 0, List.of("'iperf3' processes on tate: 1 ended", "no 'iperf' processes found on tate")));
    }
}
