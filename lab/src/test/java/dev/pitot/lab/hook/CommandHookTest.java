package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.time.MachineClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandHookTest {
    private static final HookContext OCCASION = new HookContext(
            new HookContext.Point("tcp", 7, 2, Map.of("angle", "90")),
            new HookContext.End("tate", "10.0.0.2"),
            new HookContext.End("tpc", "10.0.0.1"),
            false);

    private final ShellConnection connection = new ShellConnection(null);

    @Test
    void theLastWordOfStandardOutputIsTheTag() throws Exception {
        HookResult outcome = run(shell("echo turning; echo angle_090; echo; echo noise >&2"));

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.tag()).isEqualTo("angle_090");
        assertThat(outcome.values()).isEmpty();
    }

    @Test
    void whatCannotBePartOfAFilesNameIsNoTag() throws Exception {
        assertThat(run(shell("echo two words")).tag()).isNull();
        assertThat(run(shell("echo ../up")).tag()).isNull();
        assertThat(run(shell("echo " + "a".repeat(65))).tag()).isNull();
        assertThat(run(shell("echo " + "a".repeat(64))).tag()).isEqualTo("a".repeat(64));
        assertThat(run(shell("true")).tag()).isNull();
        assertThat(run(shell("true")).failure()).isNull();
    }

    @Test
    void anExitCodeIsAFailureWithTheLastLineOfStandardError() throws Exception {
        HookResult outcome = run(shell("echo tag; echo first >&2; echo the table is stuck >&2; exit 3"));

        assertThat(outcome.tag()).isNull();
        assertThat(outcome.failure()).isEqualTo("the hook sh (on tate) failed with exit code 3: the table is stuck");
    }

    @Test
    void aHookThatFloodsIsToldThatItsLogIsCut() throws Exception {
        String flood = "it wrote more than 1024 KiB, and the rest is not in its log";
        HookResult failed = run(shell("yes flood | head -c 1200000; exit 3"));
        HookResult done = run(shell("yes flood | head -c 1200000; echo; echo end"));

        assertThat(failed.failure()).isEqualTo("the hook sh (on tate) failed with exit code 3. (" + flood + ")");
        assertThat(done.notes()).containsExactly(flood);
        assertThat(done.tag()).isEqualTo("end");
    }

    @Test
    void aProgramThatIsMissingIsAFailure() throws Exception {
        HookResult outcome = run(command(List.of("no-such-program-at-all")));

        assertThat(outcome.failure())
                .startsWith("the hook no-such-program-at-all (on tate) failed with exit code 127: ");
    }

    @Test
    void theHookIsToldAboutTheTestByArgumentsAndEnvironment() throws Exception {
        HookResult arguments = run(command(List.of(
                "sh", "-c", "echo \"$1.$2\"", "x", "{node}_{peer}_{test}_{number}", "{repetition}-{direction}")));
        HookResult addresses = run(command(List.of("echo", "{sender_address}_{receiver_address}")));
        HookResult environment =
                run(shell("echo $PITOT_NODE-$PITOT_PEER-$PITOT_TEST-$PITOT_NUMBER-$PITOT_REPETITION-$PITOT_DIRECTION"));

        assertThat(arguments.tag()).isEqualTo("tate_tpc_tcp_7.2-to_node");
        assertThat(addresses.tag()).isEqualTo("10.0.0.1_10.0.0.2");
        assertThat(environment.tag()).isEqualTo("tate-tpc-tcp-7-2-to_node");
    }

    @Test
    void aValueIsOneWordAndNeverReadByAShell() throws Exception {
        var context = new HookContext(
                new HookContext.Point("$(touch broken) a'b \"c\"; {node}", 1, 1, Map.of()),
                new HookContext.End("tate", null),
                new HookContext.End("tpc", null),
                true);
        var hook = command(
                List.of("sh", "-c", "[ \"$1\" = \"$PITOT_TEST\" ] && [ $# = 1 ] && echo same_${#1}", "x", "{test}"));

        assertThat(run(hook, context).tag()).isEqualTo("same_31");
    }

    @Test
    void aHookIsEndedWithItsChildrenWhenItsPatienceIsOver() throws Exception {
        HookResult outcome = run(new Hook.Command(
                Hook.Moment.BEFORE_TEST, "tate", List.of("sh", "-c", "sleep 60 & wait"), Duration.ofMillis(300)));

        assertThat(outcome.failure()).isEqualTo("timed out waiting for the hook sh (on tate) for 0.3 s");
        assertThat(CommandTargets.markedAfter(mark(), Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void aHookThatIgnoresTheFirstSignalIsEndedByTheSecond() throws Exception {
        HookResult outcome = run(new Hook.Command(
                Hook.Moment.BEFORE_TEST,
                "tate",
                List.of("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"),
                Duration.ofMillis(200)));

        assertThat(outcome.failure()).isNotNull();
        assertThat(CommandTargets.markedAfter(mark(), Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void whatAHookLeavesRunningLivesUntilItsTestOrItsSessionEnds() throws Exception {
        try (HookRunner runner = runner()) {
            HookResult ofTest = runner.run(left("first"), OCCASION, false, _ -> {});
            HookResult ofSession = runner.run(left("second"), OCCASION, true, _ -> {});

            assertThat(List.of(ofTest.tag(), ofSession.tag())).containsExactly("first", "second");
            assertThat(CommandTargets.marked("left-first")).isNotEmpty();
            assertThat(runner.endLeft(OCCASION)).isEmpty();
            assertThat(CommandTargets.marked("left-first")).isEmpty();
            assertThat(CommandTargets.marked("left-second")).isNotEmpty();
        }
        assertThat(CommandTargets.marked("left-second")).isEmpty();
    }

    @Test
    void whatAHookLeavesRunningIsEndedWithItIfItFailsOrNothingComesBehindIt() throws Exception {
        try (HookRunner runner = runner()) {
            var failing = shell("sh -c 'sleep 963; :' left-third >/dev/null 2>&1 & exit 3");
            assertThat(runner.run(failing, OCCASION, false, _ -> {}).failure()).contains("exit code 3");
            assertThat(CommandTargets.marked("left-third")).isEmpty();

            var after = new Hook.Command(
                    Hook.Moment.AFTER_TEST, "tate", left("fourth").command(), Duration.ofSeconds(50));
            assertThat(runner.run(after, OCCASION, false, _ -> {}).failure()).isNull();
            assertThat(CommandTargets.marked("left-fourth")).isEmpty();
        }
    }

    private static Hook.Command left(String name) {
        return shell("sh -c 'sleep 964; :' left-" + name + " >/dev/null 2>&1 & echo " + name);
    }

    @Test
    void aHookThatLeavesNothingLeavesNoNote() throws Exception {
        try (HookRunner runner = runner()) {
            assertThat(runner.run(shell("true"), OCCASION, false, _ -> {}).failure())
                    .isNull();
            String note = connection.started().getFirst().get(5);
            assertThat(note).endsWith(".pid");
            assertThat(Path.of(note)).doesNotExist();
        }
    }

    @Test
    void closingEndsARunningHookAtOnce() throws Exception {
        HookRunner runner = runner();
        var outcome = new CompletableFuture<HookResult>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(runner.run(shell("echo begun >&2; sleep 60"), OCCASION, false, _ -> {}));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        awaitMarked();

        long before = new MachineClock().nanoTime();
        runner.close();

        assertThat(outcome.get(100, TimeUnit.SECONDS).failure()).isEqualTo("A hook was stopped.");
        assertThat(Duration.ofNanos(new MachineClock().nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(CommandTargets.markedAfter(mark(), Duration.ofSeconds(10))).isEmpty();
        assertThat(runner.run(shell("true"), OCCASION, false, _ -> {}).failure())
                .isEqualTo("A hook was stopped.");
    }

    @Test
    void aNodeWithoutAConnectionIsAFailure() throws Exception {
        var hook = new Hook.Command(Hook.Moment.BEFORE_TEST, "ipad", List.of("true"), Duration.ofSeconds(5));

        assertThat(run(hook).failure()).isEqualTo("A hook cannot be done on ipad: there is no connection to it.");
    }

    @Test
    void aConnectionThatNeverComesIsGivenUp() throws Exception {
        var never = new ScriptedConnection(ScriptedConnection.Act.never());
        var runner = new HookRunner(
                _ -> null, CommandTargets.linux("here", never), CommandTargets.clocks(new MachineClock()));
        var outcome = new CompletableFuture<HookResult>();
        Thread.ofVirtual().start(() -> complete(outcome, runner));
        never.awaitStart();

        runner.close();

        assertThat(outcome.get(100, TimeUnit.SECONDS).failure()).isEqualTo("A hook was stopped.");
    }

    private static void complete(CompletableFuture<HookResult> outcome, HookRunner runner) {
        try {
            outcome.complete(runner.run(
                    new Hook.Command(Hook.Moment.SESSION_START, null, List.of("true"), Duration.ofHours(1)),
                    null,
                    false,
                    _ -> {}));
        } catch (InterruptedException e) {
            outcome.completeExceptionally(e);
        }
    }

    private void awaitMarked() throws IOException, InterruptedException {
        for (int i = 0;
                i < 500
                        && (connection.started().isEmpty()
                                || CommandTargets.marked(mark()).size() < 2);
                i++) {
            CommandTargets.pause(Duration.ofMillis(10));
        }
        CommandTargets.pause(Duration.ofMillis(50)); // until its first line was heard
    }

    private String mark() {
        return connection.started().getFirst().get(6);
    }

    private HookRunner runner() {
        return new HookRunner(
                name -> name.equals("tate") ? CommandTargets.linux("tate", connection) : null,
                CommandTargets.linux("here", connection),
                CommandTargets.clocks(new MachineClock()));
    }

    private HookResult run(Hook hook) throws InterruptedException {
        return run(hook, OCCASION);
    }

    private HookResult run(Hook hook, @Nullable HookContext context) throws InterruptedException {
        try (HookRunner runner = runner()) {
            return runner.run(hook, context, false, _ -> {});
        }
    }

    private static Hook.Command shell(String script) {
        return command(List.of("sh", "-c", script));
    }

    private static Hook.Command command(List<String> words) {
        return new Hook.Command(Hook.Moment.BEFORE_TEST, "tate", words, Duration.ofSeconds(60));
    }
}
