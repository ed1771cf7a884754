package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.Leftovers.Report;
import dev.pitot.lab.system.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Leftovers of sessions. Nodes get names that no other process of the machine has.
@EnabledOnOs(OS.LINUX)
class LeftoversTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
    private final String node = UUID.randomUUID().toString();
    private final Leftovers leftovers = new Leftovers(commands, node);

    private NodeProcess start(Mark mark, String... command) throws Exception {
        NodeProcess process = NodeProcess.start(commands, mark, List.of(command), _ -> {});
        var polling = new Polling(commands.clock(), Duration.ofMillis(10), LONG);
        Path file = Path.of("/tmp", mark.fileName());
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(polling.again()).isTrue();
        }
        return process;
    }

    private Report endOurs() throws Exception {
        return leftovers.end(Node.Leftovers.OURS, List.of(), _ -> false);
    }

    @Test
    void nothingThereIsSaid() throws Exception {
        assertThat(endOurs()).isEqualTo(new Report(0, 0, List.of("no processes of earlier sessions found on " + node)));
    }

    @Test
    void processesOfAnEarlierSessionAreEndedAndTheirNotesRemoved() throws Exception {
        var server = new Mark("earlier", node, "server");
        var client = new Mark("earlier", node, "client");
        try (NodeProcess one = start(server, "sleep", "60");
                NodeProcess two = start(client, "sh", "-c", "trap '' TERM; while :; do sleep 0.2; done")) {
            // the shell sets its trap some time after it was noted
            Report report = endOurs();

            assertThat(report.ended()).isEqualTo(2);
            assertThat(report.sentences()).singleElement().asString().startsWith("processes of earlier sessions on ");
            assertThat(one.await(LONG)).isNotNull();
            assertThat(two.await(LONG)).isNotNull();
            assertThat(Path.of("/tmp", server.fileName())).doesNotExist();
            assertThat(Path.of("/tmp", client.fileName())).doesNotExist();
            assertThat(endOurs().ended()).isZero();
        }
    }

    @Test
    void anotherNodesProcessesAreLeftAlone() throws Exception {
        var others = new Mark("earlier", "x" + node, "server");
        try (NodeProcess process = start(others, "sleep", "60")) {
            assertThat(endOurs().ended()).isZero();
            assertThat(process.await(Duration.ZERO)).isNull();
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
        }
    }

    @Test
    void whatTheRunningSessionNeedsIsSpared() throws Exception {
        var ours = new Mark("now", node, "watch");
        try (NodeProcess process = start(ours, "sleep", "60")) {
            Report report = leftovers.end(
                    Node.Leftovers.OURS, List.of(), mark -> mark.session().equals("now"));

            assertThat(report.ended()).isZero();
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
        }
    }

    @Test
    void aNoteWithoutAProcessIsRemovedAndCountsForNothing() throws Exception {
        var gone = new Mark("earlier", node, "server");
        try (NodeProcess process = start(gone, "true")) {
            assertThat(process.await(LONG)).isNotNull();

            assertThat(endOurs().ended()).isZero();
            assertThat(Path.of("/tmp", gone.fileName())).doesNotExist();
        }
    }

    @Test
    void aNameThatTheNodeMakesUpLeadsNowhereElse() throws Exception {
        String mark = new Mark("earlier", node, "server").fileName();
        Path door = Files.createDirectory(Path.of("/tmp", mark.substring(0, mark.lastIndexOf('.'))));
        Path victim = Files.createFile(door.resolve("victim.pid"));
        String crafted = door.getFileName() + "/victim.pid";
        var telling = new ProcessConnection(
                "sh",
                "-c",
                "case \"$*\" in *'for f in pitot-lab'*) echo '" + crafted + "';; *) exec \"$@\";; esac",
                "x");
        try {
            new Leftovers(new NodeCommands(telling, OperatingSystem.LINUX), node)
                    .end(Node.Leftovers.OURS, List.of(), _ -> false);

            assertThat(Mark.ofFileName(crafted)).isNotNull();
            assertThat(victim).exists();
        } finally {
            Files.deleteIfExists(victim);
            Files.delete(door);
        }
    }

    @Test
    void nothingIsTouchedIfThePlanSaysSo() throws Exception {
        assertThat(leftovers.end(Node.Leftovers.NONE, List.of("sh"), _ -> false))
                .isEqualTo(new Report(0, 0, List.of("leftovers on " + node + " are left alone, as the plan says")));
    }

    @Test
    void aNodeWithoutCommandsIsNotTouched() throws Exception {
        var connection = new ProcessConnection();
        var untouched = new Leftovers(new NodeCommands(connection, OperatingSystem.IOS), node);

        assertThat(untouched
                        .end(Node.Leftovers.ALL, List.of("iperf"), _ -> false)
                        .ended())
                .isZero();
        assertThat(connection.startedCommands()).isZero();
    }

    @Test
    void aNodeThatCannotBeReachedIsToldAsSuch() {
        var dead = new ProcessConnection();
        dead.loseNext(2);
        var unreachable = new Leftovers(new NodeCommands(dead, OperatingSystem.LINUX), node);

        assertThatThrownBy(() -> unreachable.end(Node.Leftovers.OURS, List.of(), _ -> false))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("this machine is gone: plug it in");
    }
}
