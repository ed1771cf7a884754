package dev.pitot.lab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorSetTest {
    private static final Monitor CPU = MonitorFixture.watch(Monitor.Kind.CPU);

    @Test
    void aNodeThatIsLostIsTriedAgainAndTheGapIsMarked() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.of(
                        new CommandEnd.ConnectionLost("tate (ssh) closed the connection."),
                        "cpu  0 0 0 0",
                        "MARK end",
                        "cpu  1 0 0 1",
                        "MARK end"),
                ScriptedConnection.Act.refused("tate (ssh) cannot be reached."),
                ScriptedConnection.Act.goesOn("cpu  8 0 0 8", "MARK end", "cpu  9 0 0 11", "MARK end"));
        try (var bench = new MonitorFixture(CommandTargets.linux("tate", node), CPU)) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 25.0));
            bench.stop();
            assertThat(bench.text("logs/cpu_tate.csv")).isEqualTo("""
                            timestamp,cpu_percent
                            2026-01-02T03:04:08.000Z,50
                            # gap from 2026-01-02T03:04:08.000Z to 2026-01-02T03:04:10.000Z: tate (ssh) closed the connection.
                            2026-01-02T03:04:12.000Z,25
                            """);
            assertThat(bench.told().troubles()).containsExactly("tate (ssh) closed the connection.");
        }
    }

    @Test
    void aGapThatLastsIsMarkedAtTheEnd() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(new CommandEnd.Exited(127), "sh: cat: not found"));
        try (var bench = new MonitorFixture(CommandTargets.linux("tate", node), CPU)) {
            assertThat(bench.told().trouble())
                    .isEqualTo("The command on tate ended with exit code 127: sh: cat: not found");
            bench.stop();
            // it was never heard: the gap is as long as the watch, which the clock of the test
            // says is nothing
            assertThat(bench.text("logs/cpu_tate.csv")).isEqualTo("""
                            timestamp,cpu_percent
                            # gap from 2026-01-02T03:05:05.000Z to 2026-01-02T03:05:05.000Z: The command on tate ended with exit code 127: sh: cat: not found
                            """);
        }
    }

    @Test
    void aSilentNodeCountsAsLostAndIsTriedAgain() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.goesOn(),
                ScriptedConnection.Act.goesOn("cpu  0 0 0 0", "MARK end", "cpu  1 0 0 1", "MARK end"));
        var policy =
                new MonitorRunner.ReconnectPolicy(Duration.ofMillis(200), Duration.ofMillis(20), Duration.ofMillis(20));
        try (var bench = new MonitorFixture(
                new MemoryFiles(),
                policy,
                CommandTargets.linux("tate", node, Duration.ofMillis(1), Duration.ofSeconds(30)),
                CPU)) {
            assertThat(bench.told().trouble()).isEqualTo("tate wrote nothing for 0.3 s.");
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
        }
    }

    @Test
    void aReadingWithoutEndIsGivenUp() throws Exception {
        String[] endless = new String[5000];
        Arrays.fill(endless, "x");
        var node = new ScriptedConnection(
                ScriptedConnection.Act.goesOn(endless),
                ScriptedConnection.Act.goesOn("x".repeat(300_000)),
                ScriptedConnection.Act.goesOn("cpu  0 0 0 0", "MARK end", "cpu  1 0 0 1", "MARK end"));
        try (var bench = new MonitorFixture(CommandTargets.linux("tate", node), CPU)) {
            assertThat(bench.told().trouble()).isEqualTo("What tate writes for one reading is too long.");
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
            assertThat(node.started()).hasSize(3);
        }
    }

    @Test
    void aPauseGrowsUpToItsLimit() {
        assertThat(MonitorRunner.ReconnectPolicy.DEFAULT.after(Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(MonitorRunner.ReconnectPolicy.DEFAULT.after(Duration.ofSeconds(16)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aConnectionThatHangsDoesNotHoldUpTheEnd() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.never());
        var bench = new MonitorFixture(CommandTargets.linux("tate", node), CPU);
        node.awaitStart();
        long before = new MachineClock().nanoTime();

        bench.stop();

        assertThat(Duration.ofNanos(new MachineClock().nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(bench.told().troubles()).isEmpty();
    }

    @Test
    void twoWatchesOfAKindHaveFilesOfTheirOwn() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn());
        try (var bench = new MonitorFixture(CommandTargets.linux("tate", node), CPU, CPU)) {
            assertThat(bench.files().names()).containsExactlyInAnyOrder("logs/cpu_tate.csv", "logs/cpu_tate_002.csv");
        }
    }

    @Test
    void aConsoleIsAskedAgainAndAgain() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.of(new CommandEnd.Exited(0), "cpu  0 0 0 0"),
                ScriptedConnection.Act.of(new CommandEnd.Exited(0), "cpu  1 0 0 1"),
                ScriptedConnection.Act.goesOn());
        var target = CommandTargets.of("tate", OperatingSystem.LINUX, node, null, true);
        try (var bench = new MonitorFixture(target, CPU)) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
            assertThat(node.started().getFirst().get(2)).doesNotContain("while");
        }
    }

    @Test
    void windowsTellsItsOwnFigures() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(new CommandEnd.Exited(0), "", "17", ""));
        var target = CommandTargets.of("tate", OperatingSystem.WINDOWS, node, null, false);
        try (var bench = new MonitorFixture(target, CPU)) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 17.0));
            assertThat(node.started().getFirst().getFirst()).isEqualTo("powershell");
        }
    }

    @Test
    void macosTellsItsShareOfIdleTime() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "CPU usage: 3.33% user, 10.0% sys, 86.67% idle",
                "CPU usage: 10.0% user, 10.0% sys, 80.0% idle", "MARK end"));
        var target = CommandTargets.of("tate", OperatingSystem.MACOS, node, null, false);
        try (var bench = new MonitorFixture(target, CPU)) {
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 20.0));
        }
    }

    @Test
    void aWatchThatCannotBeIsToldAndTheOthersRun() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.goesOn("cpu  0 0 0 0", "MARK end", "cpu  1 0 0 1", "MARK end"));
        try (var bench = new MonitorFixture(
                CommandTargets.linux("tate", node), MonitorFixture.watch(Monitor.Kind.SIGNAL), CPU)) {
            assertThat(bench.told().trouble())
                    .isEqualTo("it cannot be monitored on LINUX: such a node does not report it");
            assertThat(bench.told().figures()).isEqualTo(Map.of("cpu_percent", 50.0));
        }
    }

    @Test
    void aLineWithoutEndIsWrittenInParts() throws Exception {
        String part = "x".repeat(OutputLine.MAX_CHARACTERS / 2);
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "MARK beat", part + "MARK beat", part + "MARK beat", "yMARK beat", "z", "last"));
        var target = CommandTargets.of("tate", OperatingSystem.ANDROID, node, null, false);
        try (var bench = new MonitorFixture(target, MonitorFixture.watch(Monitor.Kind.LOGCAT))) {
            for (int i = 0; i < 500 && !bench.text("logs/logcat_tate.log").endsWith("last\n"); i++) {
                CommandTargets.pause(Duration.ofMillis(10));
            }
            assertThat(bench.text("logs/logcat_tate.log"))
                    .isEqualTo("2026-01-02T03:04:08.000Z," + part + part + "\n2026-01-02T03:04:09.000Z,yz\n"
                            + "2026-01-02T03:04:10.000Z,last\n");
        }
    }

    @Test
    void logcatClearsNothingAndNamesItsBuffers() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                "MARK beat", "01-02 03:04:05.678 I/wpa: conMARK beat", "nected", "ERR a warning", "last"));
        var target = CommandTargets.of("tate", OperatingSystem.ANDROID, node, null, false);
        try (var bench = new MonitorFixture(target, MonitorFixture.watch(Monitor.Kind.LOGCAT, "main", "events"))) {
            for (int i = 0; i < 500 && !bench.text("logs/logcat_tate.log").endsWith("last\n"); i++) {
                CommandTargets.pause(Duration.ofMillis(10));
            }
            assertThat(bench.text("logs/logcat_tate.log")).isEqualTo("""
                            2026-01-02T03:04:07.000Z,01-02 03:04:05.678 I/wpa: connected
                            # 2026-01-02T03:04:08.000Z a warning
                            2026-01-02T03:04:09.000Z,last
                            """);
            List<String> command = node.started().getFirst();
            assertThat(command).containsSequence("logcat", "-v", "time", "-b", "main", "-b", "events");
        }
    }
}
