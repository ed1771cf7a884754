package dev.pitot.lab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.probe.SlowLoginConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Watches of this machine by real loops.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class RealMonitorTest {
    private final ShellConnection connection = new ShellConnection(null);

    @Test
    void thisMachineTellsItsCountersAndNothingStaysOnIt() throws Exception {
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", connection, "lo"),
                MonitorFixture.watch(Monitor.Kind.NET_DEV),
                MonitorFixture.watch(Monitor.Kind.CPU))) {
            for (int i = 0; i < 4; i++) {
                bench.told().figures();
            }
            while (!bench.text("logs/net_dev_tate.csv").contains("Z,")) {
                bench.told().figures();
            }
            List<String> marks = marks();
            assertThat(CommandTargets.marked(marks.getFirst())).isNotEmpty();

            bench.stop();

            for (String mark : marks) {
                assertThat(CommandTargets.markedAfter(mark, Duration.ofMillis(500)))
                        .isEmpty();
            }
            assertThat(bench.text("logs/net_dev_tate.csv"))
                    .matches("(?s)timestamp,rx_bytes.*\\n2[^\\n]*Z(,[0-9.]+){13}\\n.*");
            assertThat(bench.told().troubles()).isEmpty();
        }
        // one command for all readings, and one that ended it
        assertThat(connection.started()).hasSize(4);
    }

    @Test
    void aLoopEndsItselfWhenItsConnectionIsGone() throws Exception {
        var monitor = new Monitor(Monitor.Kind.CPU, "tate", Duration.ofMinutes(10), List.of());
        var bench = new MonitorFixture(CommandTargets.linux("tate", connection), monitor);
        try (bench) {
            String mark = awaitMark();
            awaitProcess(mark, "sleep");

            connection.breakOff();

            assertThat(CommandTargets.markedAfter(mark, Duration.ofSeconds(8))).isEmpty();
        }
    }

    @Test
    void aFileIsFollowedThroughItsRotation(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("it's a log"), "old\n");
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", connection),
                MonitorFixture.watch(Monitor.Kind.FOLLOW_FILE, file.toString()))) {
            String mark = awaitMark();
            awaitProcess(mark, "tail");
            // tail runs before it has opened the file: what is written until then is old to it
            for (int i = 0; i < 800 && bench.text("logs/follow_file_tate.log").isEmpty(); i++) {
                Files.writeString(file, "first\n", StandardOpenOption.APPEND);
                CommandTargets.pause(Duration.ofMillis(10));
            }
            awaitText(bench, "logs/follow_file_tate.log", ",first\n");
            Files.move(file, folder.resolve("rotated"));
            Files.writeString(file, "second\n");
            awaitText(bench, "logs/follow_file_tate.log", ",second\n");

            bench.stop();

            assertThat(CommandTargets.markedAfter(mark, Duration.ofMillis(500))).isEmpty();
            assertThat(bench.text("logs/follow_file_tate.log"))
                    .doesNotContain("old")
                    .matches("(?s)2[^\\n]*Z,first\\n.*");
        }
    }

    @Test
    void aFollowedCommandEndsItselfWhenItsConnectionIsGone() throws Exception {
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", connection),
                MonitorFixture.watch(Monitor.Kind.FOLLOW_COMMAND, "sh", "-c", "echo begun; exec sleep 600"))) {
            awaitText(bench, "logs/follow_command_tate.log", ",begun\n");
            String mark = marks().getFirst();
            awaitProcess(mark, "sleep 600");

            connection.breakOff();

            assertThat(CommandTargets.markedAfter(mark, Duration.ofSeconds(8))).isEmpty();
        }
    }

    @Test
    void aNodeWithASlowLoginShellIsMonitoredAndLeftClean() throws Exception {
        var slow = new SlowLoginConnection(connection, Duration.ofSeconds(6));
        try (var bench =
                new MonitorFixture(CommandTargets.linux("tate", slow), MonitorFixture.watch(Monitor.Kind.CPU))) {
            bench.told().figures();
            bench.stop();

            assertThat(bench.told().troubles()).isEmpty();
            assertThat(CommandTargets.marked(CommandTargets.SESSION + "-tate-monitor"))
                    .isEmpty();
        }
    }

    @Test
    void aCommandThatEndsIsBegunAgain() throws Exception {
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", connection),
                MonitorFixture.watch(Monitor.Kind.FOLLOW_COMMAND, "sh", "-c", "echo out of luck >&2; exit 4"))) {
            assertThat(bench.told().trouble()).isEqualTo("The command on tate ended with exit code 4: out of luck");
            awaitText(bench, "logs/follow_command_tate.log", "out of luck\n# 2");
        }
    }

    private List<String> marks() {
        return connection.started().stream()
                .filter(command -> command.size() > 6)
                .map(command -> command.get(6))
                .filter(tag -> tag.startsWith(CommandTargets.SESSION))
                .toList();
    }

    private String awaitMark() throws InterruptedException {
        for (int i = 0; i < 500 && marks().isEmpty(); i++) {
            CommandTargets.pause(Duration.ofMillis(10));
        }
        return marks().getFirst();
    }

    private static void awaitProcess(String mark, String name) throws Exception {
        for (int i = 0; i < 500; i++) {
            if (CommandTargets.marked(mark).stream().anyMatch(line -> line.startsWith(name))) {
                return;
            }
            CommandTargets.pause(Duration.ofMillis(10));
        }
        throw new AssertionError(name + " does not run");
    }

    private static void awaitText(MonitorFixture bench, String name, String text) throws InterruptedException {
        for (int i = 0; i < 800 && !bench.text(name).contains(text); i++) {
            CommandTargets.pause(Duration.ofMillis(10));
        }
        assertThat(bench.text(name)).contains(text);
    }
}
