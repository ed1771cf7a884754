package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import dev.pitot.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PingGateTest {
    private static final String ANSWER = "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.250 ms";
    private static final String SUM = "rtt min/avg/max/mdev = 0.250/0.250/0.250/0.000 ms";
    private static final HookContext OCCASION = new HookContext(
            new HookContext.Point("tcp", 1, 1, Map.of("angle", "90")),
            new HookContext.End("tate", "10.0.0.2"),
            new HookContext.End("tpc", "10.0.0.1"),
            false);

    @Test
    void opensAfterEnoughAnswersInARow() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.goesOn(
                ANSWER,
                SUM,
                "MARK end",
                "From 10.0.0.2 icmp_seq=1 Destination Host Unreachable",
                "MARK end",
                ANSWER,
                "MARK end",
                "MARK beat",
                ANSWER.replace("0.250", "1.5"),
                "MARK end"));

        HookResult outcome = run(node, new ManualClock(), gate(2, Duration.ofSeconds(60)));

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.tag()).isNull();
        // each line moves the clock by a second; the seventh ends the first answer that counts
        assertThat(outcome.values()).isEqualTo(Map.of("recovery_seconds", "7", "recovery_round_trip_ms", "1.5"));
        assertThat(node.started().getFirst()).endsWith("ping", "-n", "-c", "1", "-W", "1", "10.0.0.1");
    }

    @Test
    void tellsTheLastTroubleWhenThePatienceIsOver() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.goesOn(ANSWER, "MARK end", "ping: connect: Network is unreachable", "MARK end"));

        HookResult outcome = run(node, new MachineClock(), gate(2, Duration.ofMillis(300)));

        assertThat(outcome.values()).isEmpty();
        assertThat(outcome.failure())
                .isEqualTo("tate did not get 2 answers in a row from 10.0.0.1 within 0.3 s;"
                        + " the last trouble: ping: connect: Network is unreachable");
    }

    @Test
    void aConnectionThatIsRefusedIsTriedAgain() throws Exception {
        var node = new ScriptedConnection(
                ScriptedConnection.Act.refused("tate cannot be reached."),
                ScriptedConnection.Act.of(new CommandEnd.Exited(127), "sh: ping: not found"),
                ScriptedConnection.Act.goesOn(ANSWER, "MARK end"));

        HookResult outcome = run(node, new MachineClock(), gate(1, Duration.ofSeconds(8)));

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.values()).containsEntry("recovery_round_trip_ms", "0.25");
        assertThat(node.started()).hasSize(3);
    }

    @Test
    void aSilentNodeIsGivenUp() throws Exception {
        HookResult outcome = run(
                new ScriptedConnection(ScriptedConnection.Act.goesOn()),
                new MachineClock(),
                gate(1, Duration.ofMillis(200)));

        assertThat(outcome.failure()).isEqualTo("tate did not get an answer from 10.0.0.1 within 0.2 s.");
    }

    @Test
    void aRealLoopIsGoneWhenTheGateIsOpen(@TempDir Path folder) throws Exception {
        CommandTargets.program(folder, "ping", "echo \"$@\"; echo '" + ANSWER + "'");
        var connection = new ShellConnection(folder);

        HookResult outcome = run(connection, new MachineClock(), gate(1, Duration.ofSeconds(5)));

        assertThat(outcome.values()).containsEntry("recovery_round_trip_ms", "0.25");
        String mark = connection.started().getFirst().get(6);
        assertThat(CommandTargets.markedAfter(mark, Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void windowsIsAskedAgainAndAgain() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(
                new CommandEnd.Exited(0),
                "Ping wird ausgeführt für 10.0.0.1 mit 32 Bytes Daten:",
                "Antwort von 10.0.0.1: Bytes=32 Zeit<1ms TTL=128",
                "    Minimum = 7ms, Maximum = 7ms, Mittelwert = 7ms"));
        var target = CommandTargets.of("tate", OperatingSystem.WINDOWS, node, null, false);
        try (var runner = new HookRunner(_ -> target, target, CommandTargets.clocks(new MachineClock()))) {
            HookResult outcome = runner.run(gate(2, Duration.ofSeconds(5)), OCCASION, false, _ -> {});

            assertThat(outcome.values()).containsEntry("recovery_round_trip_ms", "1");
            assertThat(node.started()).hasSize(2);
            assertThat(node.started().getFirst()).isEqualTo(List.of("ping", "-n", "1", "-w", "1000", "10.0.0.1"));
        }
    }

    @Test
    void aTargetThatIsNoneIsRefused() throws Exception {
        var hook = new Hook.PingGate(Hook.Moment.BEFORE_TEST, "tate", "a b", 1, Duration.ofSeconds(5));

        assertThat(run(new ScriptedConnection(), new MachineClock(), hook).failure())
                .isEqualTo("A ping gate cannot ping: neither the name nor the address of a host: a b.");
    }

    private static HookResult run(NodeConnection node, NanoClock clock, Hook gate) throws InterruptedException {
        NodeConnection ticking = clock instanceof ManualClock manual ? new Ticking(node, manual) : node;
        CommandTarget target = CommandTargets.linux("tate", ticking);
        try (var runner = new HookRunner(_ -> target, target, CommandTargets.clocks(clock))) {
            return runner.run(gate, OCCASION, false, _ -> {});
        }
    }

    private static Hook.PingGate gate(int threshold, Duration timeout) {
        return new Hook.PingGate(Hook.Moment.BEFORE_TEST, null, null, threshold, timeout);
    }

    /// Moves a clock by a second before each line.
    private record Ticking(NodeConnection connection, ManualClock clock) implements NodeConnection {
        @Override
        public String name() {
            return connection.name();
        }

        @Override
        public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
            return connection.start(command, line -> {
                clock.advance(Duration.ofSeconds(1));
                lines.onLine(line);
            });
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
