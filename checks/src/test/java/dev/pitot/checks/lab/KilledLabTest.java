package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Awaiter;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A session that is killed while a hook, a monitor and a server behind a script run on its nodes:
/// the next session, of another plan, ends them all and nothing else.
@Needs({Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(300)
@Tag("slow")
class KilledLabTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(200);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLLS = 600;
    private static final String CHILD = "sleep 4321"; // of the hook
    private static final String PLAN = """
            pairs: [[$b, $a]]
            directions: to
            tests:
              - {name: killed, engine: iperf3, options: {bytes: 2M}}
            hooks:
              before_client:
                - {node: $b, command: [sh, -c, 'sleep 4321; true'], timeout: 4000 s}
            watches:
              - {watch: cpu, node: $b}
            """;
    private static final String NEXT_PLAN = """
            pairs: [[$b, $a]]
            directions: to
            lease: {wait: 150 s}
            tests:
              - {name: next, engine: iperf3, options: {bytes: 2M}}
            """;

    @TempDir
    private Path folder;

    @Test
    void theNextSessionEndsAllThatAKilledOneLeft() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            nodes.use("iperf3", wrapper());
            killDuringTheHook(nodes);
            assertThat(all(nodes)).anyMatch(line -> line.contains(CHILD)).anyMatch(line -> line.contains("iperf3 -s"));

            Exit exit;
            try (ChildProcess next = nodes.run(List.of(), nodes.plan(NEXT_PLAN), folder.resolve("next"))) {
                exit = next.awaitExit(TIMEOUT);
            }

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(new SessionResults(folder.resolve("next")).column("verdict"))
                    .containsExactly("passed");
            assertThat(Files.readString(folder.resolve("next/session.log")))
                    .containsPattern("process(es)? of .* ended");
            Awaiter.await(() -> isEmpty(nodes)); // the connections of the session close
            assertThat(nodes.leftovers()).isEmpty();
        }
    }

    private void killDuringTheHook(LabNodes nodes) throws Exception {
        Path plan = nodes.plan(PLAN);
        try (ChildProcess run = nodes.run(List.of(), plan, folder.resolve("killed"))) {
            for (int i = 0; i < MAX_POLLS && all(nodes).stream().noneMatch(line -> line.endsWith(CHILD)); i++) {
                assertThat(run.hasEndedWithin(POLL)).as(run.toString()).isFalse();
            }
            run.send(Signal.KILL);
            run.awaitExit(TIMEOUT);
        }
    }

    /// A script that runs iperf3 as its child.
    private Path wrapper() throws IOException {
        Path script = Files.writeString(folder.resolve("wrapper"), "#!/bin/sh\niperf3 \"$@\"\nexit $?\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> all(LabNodes nodes) throws Exception {
        List<String> all = new ArrayList<>(nodes.processes("a"));
        all.addAll(nodes.processes("b"));
        return all;
    }

    private static boolean isEmpty(LabNodes nodes) {
        try {
            return all(nodes).isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
