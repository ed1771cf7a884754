package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.StaleProcesses.Report;
import dev.pitot.lab.remote.ConnectionException;
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
class StaleProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
    private final String node = UUID.randomUUID().toString();
    private final StaleProcesses staleProcesses = new StaleProcesses(commands, node);

    private RemoteProcess start(ProcessTag tag, String... command) throws Exception {
        RemoteProcess process = RemoteProcess.start(commands, tag, List.of(command), _ -> {});
        var backoff = new Backoff(commands.clock(), Duration.ofMillis(10), LONG);
        Path file = Path.of("/tmp", tag.fileName());
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(backoff.await()).isTrue();
        }
        return process;
    }

    private Report endOurs() throws Exception {
        return staleProcesses.end(Node.StaleProcessPolicy.OURS, List.of(), _ -> false);
    }

    @Test
    void nothingThereIsSaid() throws Exception {
        assertThat(endOurs()).isEqualTo(new Report(0, 0, List.of("no processes of earlier sessions found on " + node)));
    }

    @Test
    void processesOfAnEarlierSessionAreEndedAndTheirNotesRemoved() throws Exception {
        var server = new ProcessTag("earlier", node, "server");
        var client = new ProcessTag("earlier", node, "client");
        try (RemoteProcess one = start(server, "sleep", "60");
                RemoteProcess two = start(client, "sh", "-c", "trap '' TERM; while :; do sleep 0.2; done")) {
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
        var others = new ProcessTag("earlier", "x" + node, "server");
        try (RemoteProcess process = start(others, "sleep", "60")) {
            assertThat(endOurs().ended()).isZero();
            assertThat(process.await(Duration.ZERO)).isNull();
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        }
    }

    @Test
    void whatTheRunningSessionNeedsIsSpared() throws Exception {
        var ours = new ProcessTag("now", node, "watch");
        try (RemoteProcess process = start(ours, "sleep", "60")) {
            Report report = staleProcesses.end(
                    Node.StaleProcessPolicy.OURS,
                    List.of(),
                    tag -> tag.session().equals("now"));

            assertThat(report.ended()).isZero();
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        }
    }

    @Test
    void aNoteWithoutAProcessIsRemovedAndCountsForNothing() throws Exception {
        var gone = new ProcessTag("earlier", node, "server");
        try (RemoteProcess process = start(gone, "true")) {
            assertThat(process.await(LONG)).isNotNull();

            assertThat(endOurs().ended()).isZero();
            assertThat(Path.of("/tmp", gone.fileName())).doesNotExist();
        }
    }

    @Test
    void aNameThatTheNodeMakesUpLeadsNowhereElse() throws Exception {
        String mark = new ProcessTag("earlier", node, "server").fileName();
        Path door = Files.createDirectory(Path.of("/tmp", mark.substring(0, mark.lastIndexOf('.'))));
        Path victim = Files.createFile(door.resolve("victim.pid"));
        String crafted = door.getFileName() + "/victim.pid";
        var telling = new ProcessConnection(
                "sh",
                "-c",
                "case \"$*\" in *'for f in pitot-lab'*) echo '" + crafted + "';; *) exec \"$@\";; esac",
                "x");
        try {
            new StaleProcesses(new NodeCommands(telling, OperatingSystem.LINUX), node)
                    .end(Node.StaleProcessPolicy.OURS, List.of(), _ -> false);

            assertThat(ProcessTag.ofFileName(crafted)).isNotNull();
            assertThat(victim).exists();
        } finally {
            Files.deleteIfExists(victim);
            Files.delete(door);
        }
    }

    @Test
    void nothingIsTouchedIfThePlanSaysSo() throws Exception {
        assertThat(staleProcesses.end(Node.StaleProcessPolicy.NONE, List.of("sh"), _ -> false))
                .isEqualTo(new Report(0, 0, List.of("leftovers on " + node + " are left alone, as the plan says")));
    }

    @Test
    void aNodeWithoutCommandsIsNotTouched() throws Exception {
        var connection = new ProcessConnection();
        var untouched = new StaleProcesses(new NodeCommands(connection, OperatingSystem.IOS), node);

        assertThat(untouched
                        .end(Node.StaleProcessPolicy.ALL, List.of("iperf"), _ -> false)
                        .ended())
                .isZero();
        assertThat(connection.startedCommands()).isZero();
    }

    @Test
    void aNodeThatCannotBeReachedIsToldAsSuch() {
        var dead = new ProcessConnection();
        dead.loseNext(2);
        var unreachable = new StaleProcesses(new NodeCommands(dead, OperatingSystem.LINUX), node);

        assertThatThrownBy(() -> unreachable.end(Node.StaleProcessPolicy.OURS, List.of(), _ -> false))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("this machine is gone: plug it in");
    }
}
