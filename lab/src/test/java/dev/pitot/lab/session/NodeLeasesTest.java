package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.NodeLease.Owner;
import dev.pitot.lab.process.ProcessTag;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.session.NodeLeases.Terms;
import dev.pitot.testkit.Awaiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Sessions at nodes that are this machine, each with a stand-in for `readlink` that tells a network
/// namespace of its own: so that no other session of the machine is met.
@EnabledOnOs(OS.LINUX)
class NodeLeasesTest {
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SOON = Duration.ofMillis(50);

    private final String key = "t" + UUID.randomUUID().toString().replace("-", "");
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isStopped = new AtomicBoolean();

    @TempDir
    Path folder;

    @AfterEach
    void removeLeases() throws Exception {
        new ProcessBuilder("sh", "-c", "rm -rf /tmp/pitot-lab-lease-*" + key + "*")
                .start()
                .waitFor();
    }

    private NodeHandle device(String name, String machine) throws IOException {
        return device(name, machine, Node.StaleProcessPolicy.OURS);
    }

    private NodeHandle device(String name, String machine, Node.StaleProcessPolicy stale) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(machine));
        LocalNodes.script(bin, "readlink", "echo 'net:[" + machine + key + "]'");
        var node = new Node(
                name,
                OperatingSystem.LINUX,
                new ConnectionSettings.Local(),
                new Node.Traffic(LocalNodes.LOOPBACK, null),
                Node.Tools.ANY,
                new Node.Control(stale, NodeTimeouts.DEFAULT));
        return new NodeHandle(node, new LocalConnection(name, Map.of("PATH", bin.toString()), InstantSource.system()));
    }

    private Terms terms(String who, Duration timeout) {
        return new Terms(
                new Owner(who + key, who + "@pc7 (session roof, since 12:04)"),
                timeout,
                InstantSource.system(),
                ZoneOffset.UTC,
                log::add,
                isStopped::get);
    }

    private Path file(String machine) {
        return Path.of("/tmp/pitot-lab-lease-" + machine + key);
    }

    @Test
    void theSecondSessionIsRefusedByNameAndTakesNothing() throws Exception {
        try (NodeLeases ann = NodeLeases.acquire(List.of(device("tate", "b")), null, terms("ann", Duration.ZERO))) {
            assertThat(file("b")).exists();
            assertThatThrownBy(() -> NodeLeases.acquire(
                            List.of(device("tpc", "a"), device("tate", "b")), null, terms("bob", Duration.ZERO)))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage("tate is used by ann@pc7 (session roof, since 12:04): wait until it is done, end it,"
                            + " or let the plan wait for the node");
            assertThat(file("a")).doesNotExist();
            assertThat(ann.obstacle("tate")).isNull();
        }
        assertThat(file("b")).doesNotExist();
    }

    @Test
    void theSecondSessionWaitsAndGoesOn() throws Exception {
        NodeLeases ann = NodeLeases.acquire(List.of(device("tate", "a")), null, terms("ann", Duration.ZERO));
        CompletableFuture<Boolean> went = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (NodeLeases bob = NodeLeases.acquire(List.of(device("tate", "a")), null, terms("bob", LONG))) {
                went.complete(bob.obstacle("tate") == null);
            } catch (IOException | InterruptedException e) {
                went.completeExceptionally(e);
            }
        });
        awaitLog("tate is used by ann@pc7 (session roof, since 12:04): waiting for it");
        assertThat(went).isNotDone();
        ann.close();

        assertThat(went.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStopEndsTheWaiting() throws Exception {
        try (NodeLeases _ = NodeLeases.acquire(List.of(device("tate", "a")), null, terms("ann", Duration.ZERO))) {
            isStopped.set(true);
            assertThatThrownBy(() -> NodeLeases.acquire(List.of(device("tate", "a")), null, terms("bob", LONG)))
                    .hasMessageStartingWith("tate is used by ann@pc7");
        }
    }

    @Test
    void twoNodesOfOneMachineShareItsLease() throws Exception {
        try (NodeLeases _ = NodeLeases.acquire(
                List.of(device("tate", "a"), device("wlan", "a")), null, terms("ann", Duration.ZERO), SOON)) {
            assertThat(file("a")).exists();
        }
        assertThat(file("a")).doesNotExist();
        assertThat(log).isEmpty();
    }

    @Test
    void aNodeThatIsLostToAnotherSessionIsAnObstacle() throws Exception {
        try (NodeLeases ann =
                NodeLeases.acquire(List.of(device("tate", "a")), null, terms("ann", Duration.ZERO), SOON)) {
            Path other = Files.writeString(
                    folder.resolve("lease"), Files.readString(file("a")).replaceAll("ann", "bob"));
            Files.move(other, file("a"), StandardCopyOption.REPLACE_EXISTING);
            awaitLog("tate was lost to bob@pc7 (session roof, since 12:04)");

            assertThat(ann.obstacle("tate"))
                    .isEqualTo("tate could not be reached for a minute, and is used by bob@pc7 (session roof, since"
                            + " 12:04) now: run the test again later");
            assertThat(ann.obstacle("tpc")).isNull();
        }
        assertThat(file("a")).exists();
    }

    @Test
    void sessionsThatBeginAtOneMachineDoNotKeepEachOtherOutAndSpareEachOthersPrograms() throws Exception {
        var ownFolder = new Node.Control(Node.StaleProcessPolicy.OURS, NodeTimeouts.DEFAULT, folder.toString());
        var here = new NodeCommands(
                new LocalConnection("here", Map.of(), InstantSource.system()), OperatingSystem.LINUX, ownFolder);
        try (NodeLeases _ = NodeLeases.acquire(List.of(device("tate", "a")), here, terms("ann", Duration.ZERO));
                RemoteProcess hook = RemoteProcess.start(
                        here, new ProcessTag("ann" + key, "here", "hook"), List.of("sleep", "60"), _ -> {});
                NodeLeases _ = NodeLeases.acquire(List.of(device("tpc", "b")), here, terms("bob", Duration.ZERO))) {
            assertThat(hook.await(Duration.ZERO)).isNull();
            hook.end(LONG);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aNodeThatAnswersAndCannotBeTakenIsNotUsed() throws Exception {
        Files.createDirectory(file("b"));

        assertThatThrownBy(() ->
                        NodeLeases.acquire(List.of(device("tpc", "a"), device("tate", "b")), null, terms("bob", LONG)))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("tate cannot be taken: " + file("b") + " is not a lease file: remove it");
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void thisMachineThatCannotBeTakenKeepsNobodyOut() throws Exception {
        var here = new LocalConnection("here", Map.of(), InstantSource.system());
        here.close();
        try (NodeLeases _ = NodeLeases.acquire(
                List.of(device("tate", "a")),
                new NodeCommands(here, OperatingSystem.LINUX),
                terms("ann", Duration.ZERO))) {
            assertThat(log)
                    .singleElement()
                    .asString()
                    .startsWith("what earlier sessions have left running on this machine is not ended: ");
        }
    }

    @Test
    void aNodeThatCannotBeReachedIsToldAndKeepsNobodyFromTheOthers() throws Exception {
        NodeHandle gone = device("gone", "b");
        gone.close();
        try (NodeLeases _ = NodeLeases.acquire(List.of(gone, device("tate", "a")), null, terms("ann", Duration.ZERO))) {
            assertThat(file("a")).exists();
            assertThat(log).singleElement().asString().startsWith("gone is not taken: ");
        }
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void aLeaseIsRenewedWhileStaleProcessesAreEnded() throws Exception {
        NodeHandle slow = device("tate", "a", Node.StaleProcessPolicy.ALL);
        LocalNodes.script(
                folder.resolve("a"),
                "iperf3",
                "f=" + file("a") + "; l=$(cat $f); n=50; while [ $n -gt 0 ] && [ \"$(cat $f)\" = \"$l\" ]; do"
                        + " sleep .1; n=$((n-1)); done; [ $n = 0 ] || : >" + folder.resolve("renewed"));

        NodeLeases.acquire(List.of(slow), null, terms("ann", Duration.ZERO), SOON)
                .close();

        assertThat(folder.resolve("renewed")).exists();
        assertThat(file("a")).doesNotExist();
    }

    private void awaitLog(String sentence) {
        Awaiter.await(() -> log.contains(sentence));
    }
}
