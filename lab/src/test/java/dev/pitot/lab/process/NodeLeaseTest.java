package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeLease.Outcome;
import dev.pitot.lab.process.NodeLease.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Leases of this machine, under a key that no other test has.
@EnabledOnOs(OS.LINUX)
class NodeLeaseTest {
    private static final Duration LONG = Duration.ofSeconds(1000);
    private static final Duration OVER = Duration.ZERO;
    private static final Outcome OURS = new Outcome(true, false, "", "");

    private final String key = "t" + UUID.randomUUID().toString().replace("-", "");
    private final Path file = Path.of("/tmp", "pitot-lab-lease-" + key);
    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
    private final List<NodeLease> toRelease = new ArrayList<>();

    @AfterEach
    void release() throws Exception {
        for (NodeLease each : toRelease) {
            each.release();
        }
        commands.run(List.of("sh", "-c", "rm -rf /tmp/pitot-lab-lease-*" + key + "*"));
    }

    private static String text(String who) {
        return who + "@pc7 (session roof, since 12:04)";
    }

    private NodeLease lease(String who, Duration validity) {
        var lease = new NodeLease(commands, new Owner(who + key, text(who)), validity, key);
        toRelease.add(lease);
        return lease;
    }

    @Test
    void theFirstHasItTheSecondIsToldWhoDoes() throws Exception {
        NodeLease ann = lease("ann", LONG);
        NodeLease bob = lease("bob", LONG);

        assertThat(ann.take()).isEqualTo(OURS);
        assertThat(bob.take()).isEqualTo(new Outcome(false, false, text("ann"), ""));
        assertThat(ann.renew()).isEqualTo(OURS);
        assertThat(bob.renew()).isEqualTo(new Outcome(false, false, text("ann"), ""));
        ann.release();
        assertThat(file).doesNotExist();
        assertThat(bob.take()).isEqualTo(OURS);
    }

    @Test
    void theSameSessionSharesIt() throws Exception {
        assertThat(lease("ann", LONG).take()).isEqualTo(OURS);
        assertThat(lease("ann", LONG).take()).isEqualTo(new Outcome(true, true, "", ""));
    }

    @Test
    void oneThatIsOverIsTakenAndItsSessionHearsOfIt() throws Exception {
        NodeLease ann = lease("ann", OVER);
        NodeLease bob = lease("bob", LONG);

        assertThat(ann.take()).isEqualTo(OURS);
        assertThat(bob.take()).isEqualTo(OURS);
        assertThat(ann.renew()).isEqualTo(new Outcome(false, false, text("bob"), ""));
        ann.release();
        assertThat(bob.renew()).isEqualTo(OURS);
    }

    @Test
    void oneThatIsOverAndThatNobodyWantedIsRenewed() throws Exception {
        NodeLease ann = lease("ann", LONG);
        assertThat(ann.take()).isEqualTo(OURS);
        Files.writeString(file, Files.readString(file).replaceFirst(" 1000 ", " 0 "));

        assertThat(ann.renew()).isEqualTo(OURS);
        assertThat(lease("bob", LONG).take().isOurs()).isFalse();
    }

    @Test
    void ofAnotherBootItIsOver() throws Exception {
        assertThat(lease("ann", LONG).take()).isEqualTo(OURS);
        Files.writeString(file, Files.readString(file).replaceFirst(" 1000 [0-9a-f-]+ ", " 1000 0-0 "));

        assertThat(lease("bob", LONG).take()).isEqualTo(OURS);
    }

    @Test
    void aWallClockThatIsYearsOffChangesNothing() throws Exception {
        assertThat(withDate(1).take()).isEqualTo(OURS);
        assertThat(withDate(2_000_000_000).renew().isOurs()).isTrue();
        assertThat(lease("bob", LONG).take().isOurs()).isFalse();
    }

    /// Ann's, on a node whose `date` is what it is told.
    private NodeLease withDate(long date) {
        String script = "s=$3; shift 3; exec sh -c \"date() { echo " + date + "; }; $s\" \"$@\"";
        var off = new NodeCommands(new ProcessConnection("sh", "-c", script, "x"), OperatingSystem.LINUX);
        var lease = new NodeLease(off, new Owner("ann" + key, text("ann")), LONG, key);
        toRelease.add(lease);
        return lease;
    }

    @Test
    void oneThatVanishedIsMadeAgain() throws Exception {
        NodeLease ann = lease("ann", LONG);
        assertThat(ann.take()).isEqualTo(OURS);
        Files.delete(file);

        assertThat(ann.renew()).isEqualTo(OURS);
        assertThat(file).exists();
    }

    @Test
    void anEmptyFileOfACrashIsReplaced() throws Exception {
        Files.createFile(file);

        assertThat(lease("ann", LONG).take()).isEqualTo(OURS);
    }

    @Test
    void whatSomebodyWroteThereIsNotRun() throws Exception {
        Path victim = Files.createTempFile("pitot-lab-victim", "");
        Files.writeString(file, "ann a[$(rm " + victim + ")] b a[$(rm " + victim + ")] x\n");
        try {
            assertThat(lease("ann", LONG).take()).isEqualTo(OURS);
            assertThat(victim).exists();
        } finally {
            Files.delete(victim);
        }
    }

    @Test
    void ofManyOneHasIt() throws Exception {
        assertOneOfMany();
    }

    @Test
    void ofManyThatFindOneThatIsOverOneHasIt() throws Exception {
        assertThat(lease("dead", OVER).take()).isEqualTo(OURS);
        toRelease.clear();
        assertOneOfMany();
    }

    private void assertOneOfMany() throws Exception {
        var go = new CountDownLatch(1);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                NodeLease lease = lease("s" + i, LONG);
                Callable<Outcome> take = () -> {
                    go.await();
                    return lease.take();
                };
                outcomes.add(threads.submit(take));
            }
            go.countDown();
        }
        int ours = 0;
        for (Future<Outcome> each : outcomes) {
            ours += each.get().isOurs() ? 1 : 0;
        }
        assertThat(ours).isEqualTo(1);
    }

    @Test
    void aFolderOrPipeInItsPlaceIsToldAndNotOpened() throws Exception {
        var noFile = new Outcome(false, false, "", file + " is not a lease file: remove it");
        Files.createDirectory(file);
        assertThat(lease("ann", LONG).take()).isEqualTo(noFile);
        assertThat(lease("ann", LONG).renew()).isEqualTo(noFile);
        Files.delete(file);

        commands.run(List.of("mkfifo", file.toString()));
        assertThat(lease("ann", LONG).take()).isEqualTo(noFile);
    }

    @Test
    void aFolderThatTakesNoFilesIsTold() throws Exception {
        var nowhere = new NodeCommands(
                commands.connection(), commands.system(), commands.clock(), commands.timeouts(), "/proc/none");

        assertThat(new NodeLease(nowhere, new Owner("ann" + key, text("ann")), LONG, key).take())
                .isEqualTo(new Outcome(
                        false,
                        false,
                        "",
                        "/proc/none/pitot-lab-lease-" + key
                                + " can be neither written nor replaced: make room there, or remove it"));
    }

    @Test
    void aLongLineIsNotRead() throws Exception {
        Files.writeString(file, "a".repeat(30_000_000));

        assertThat(lease("ann", LONG).take()).isEqualTo(OURS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " 1000 BOOT 99999999 ", // renewed in years
                " 1000 BOOT 99999999999999999999 ",
                " 99999999 BOOT NOW ", // holds for years
                " 099 BOOT NOW ", // what a shell could take for octal
            })
    void aForgedLeaseHoldsNothing(String middle) throws Exception {
        assertThat(lease("eve", LONG).take()).isEqualTo(OURS);
        String[] words = Files.readString(file).split(" ", 5);
        String forged = words[0] + middle.replace("BOOT", words[2]).replace("NOW", words[3]) + words[4];
        Files.writeString(file, forged);

        assertThat(lease("bob", LONG).take()).isEqualTo(OURS);
    }

    @Test
    void oneWhoseProcessIsGoneFromThisMachineIsTakenAtOnce() throws Exception {
        String mine =
                Owner.ofThisProcess("s", "roof", Instant.EPOCH, ZoneOffset.UTC).text();
        String shown = mine.substring(0, mine.lastIndexOf(" ["));
        takenBy("alive", mine);
        assertThat(lease("bob", LONG).take()).isEqualTo(new Outcome(false, false, shown, ""));

        Files.delete(file);
        String pid = " " + ProcessHandle.current().pid() + " ";
        String otherMachine = mine.replaceFirst("\\[[0-9a-f-]+ ", "[0-0 ").replace(pid, " 4194305 ");
        takenBy("remote", otherMachine);
        assertThat(lease("bob", LONG).take().isOurs()).isFalse();

        Files.delete(file);
        takenBy("ann", mine.replaceFirst(" (\\d+)]$", " 1]")); // the number was given to this process
        try (RemoteProcess server = start("ann", "server", "sleep", "60")) {
            NodeLease bob = lease("bob", LONG);
            assertThat(bob.take()).isEqualTo(OURS);
            assertThat(bob.endOrphans(Instant.EPOCH, ZoneOffset.UTC))
                    .singleElement()
                    .asString()
                    .startsWith("this machine: 1 process of " + shown + " that ended at ");
            assertThat(server.await(LONG)).isNotNull();
            assertThat(Path.of("/tmp/pitot-lab-lease-ann" + key)).doesNotExist();
            assertThat(bob.renew()).isEqualTo(OURS);
        }
    }

    @Test
    void aDeadSessionBesideItDoesNotMakeItShared() throws Exception {
        String mine =
                Owner.ofThisProcess("s", "roof", Instant.EPOCH, ZoneOffset.UTC).text();
        takenBy("ann", mine.replaceFirst(" (\\d+)]$", " 1]"));
        Files.move(file, Path.of(file + ".ann")); // as the lease of another node of this folder

        assertThat(lease("bob", LONG).take()).isEqualTo(OURS);
    }

    private void takenBy(String session, String text) throws Exception {
        assertThat(new NodeLease(commands, new Owner(session + key, text), LONG, key).take())
                .isEqualTo(OURS);
    }

    private RemoteProcess start(String session, String role, String... command) throws Exception {
        var tag = new ProcessTag(session + key, "node", role);
        RemoteProcess process = RemoteProcess.start(commands, tag, List.of(command), _ -> {});
        var backoff = new Backoff(commands.clock(), Duration.ofMillis(10), LONG);
        while (!Files.exists(Path.of("/tmp", tag.fileName()))) {
            assertThat(backoff.await()).isTrue();
        }
        return process;
    }

    @Test
    void whatADeadSessionLeftIsEndedAndNothingOfALiveOne() throws Exception {
        var live = new NodeLease(commands, new Owner("cid" + key, text("cid")), LONG, "x" + key);
        toRelease.add(live);
        assertThat(live.take()).isEqualTo(OURS);
        NodeLease dead = lease("ann", OVER);
        assertThat(dead.take()).isEqualTo(OURS);
        try (RemoteProcess server = start("ann", "server", "sh", "-c", "sleep 60; true");
                RemoteProcess hook = start("ann", "hook", "sleep", "60");
                RemoteProcess others = start("cid", "server", "sleep", "60");
                RemoteProcess nobodys = start("dan", "server", "sleep", "60")) {
            NodeLease bob = lease("bob", LONG);
            Instant now = Instant.parse("2026-01-01T12:31:30Z");

            assertThat(bob.take()).isEqualTo(OURS);
            assertThat(bob.endOrphans(now, ZoneOffset.UTC))
                    .contains("this machine: 3 processes of " + text("ann") + " were ended");

            assertThat(server.await(LONG)).isNotNull();
            assertThat(hook.await(LONG)).isNotNull();
            assertThat(others.await(Duration.ZERO)).isNull();
            assertThat(nobodys.await(Duration.ZERO)).isNull();
            assertThat(others.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(nobodys.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(bob.endOrphans(now, ZoneOffset.UTC)).isEmpty();
            assertThat(Path.of("/tmp/pitot-lab-lease-ann" + key)).doesNotExist();
        }
    }

    @Test
    void aSessionThatCouldNotEndItsProgramsLeavesThemToTheNext() throws Exception {
        NodeLease ann = lease("ann", LONG);
        assertThat(ann.take()).isEqualTo(OURS);
        try (RemoteProcess server = start("ann", "server", "sleep", "60")) {
            ann.release();
            assertThat(file).exists();
            NodeLease bob = lease("bob", LONG);

            assertThat(bob.take()).isEqualTo(OURS);
            assertThat(bob.endOrphans(Instant.EPOCH, ZoneOffset.UTC))
                    .contains("this machine: 1 process of " + text("ann") + " was ended");
            assertThat(server.await(LONG)).isNotNull();
        }
    }

    @Test
    void anOwnerIsDescribedForPeople() {
        Owner owner = Owner.ofThisProcess("s", "roof\u001b[2J", Instant.parse("2026-01-01T12:04:59Z"), ZoneOffset.UTC);

        assertThat(owner.text())
                .matches("\\S+@\\S+ \\(session roof\\?\\[2J, since 12:04, process "
                        + ProcessHandle.current().pid() + "\\) \\[[0-9a-f-]+ \\d+ "
                        + ProcessHandle.current().pid() + " \\d+\\]");
    }
}
