package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.probe.SlowLoginConnection;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HookRunnerTest {
    private static final Hook HOOK =
            new Hook.Command(Hook.Moment.SESSION_START, null, List.of("true"), Duration.ofHours(1));
    private static final int HOOKS = 4;

    private static CompletableFuture<HookResult> begun(HookRunner runner) {
        var outcome = new CompletableFuture<HookResult>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(runner.run(HOOK, null, false, _ -> {}));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    @Test
    void hooksThatHeedNothingHoldUpAKillForOneSecondTogether() throws Exception {
        try (var deaf = new UninterruptibleConnection()) {
            var runner = new HookRunner(
                    _ -> null, CommandTargets.linux("here", deaf), CommandTargets.clocks(new MachineClock()));
            List<CompletableFuture<HookResult>> outcomes = new ArrayList<>();
            for (int i = 0; i < HOOKS; i++) {
                outcomes.add(begun(runner));
            }
            assertThat(deaf.started.await(20, TimeUnit.SECONDS)).isTrue();
            long before = new MachineClock().nanoTime();

            runner.kill();

            assertThat(Duration.ofNanos(new MachineClock().nanoTime() - before))
                    .isBetween(Duration.ofMillis(900), Duration.ofMillis(3900));
            for (CompletableFuture<HookResult> outcome : outcomes) {
                assertThat(outcome.get(100, TimeUnit.SECONDS).failure()).isEqualTo("A hook was stopped.");
            }
        }
    }

    @Test
    void aCloseMayComeWhileHooksBegin() throws Exception {
        for (int i = 0; i < 2000; i++) {
            var runner = new HookRunner(
                    _ -> null,
                    CommandTargets.linux(
                            "here", new ScriptedConnection(ScriptedConnection.Act.of(new CommandEnd.Exited(0)))),
                    CommandTargets.clocks(new MachineClock()));
            CompletableFuture<HookResult> first = begun(runner);
            CompletableFuture<HookResult> second = begun(runner);

            runner.close(); // throws if it meets a thread that was not started

            first.get(100, TimeUnit.SECONDS);
            second.get(100, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHookWhoseConnectionIsLostIsEndedAtTheNode() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(new CommandEnd.ConnectionLost("the line is gone")));
        try (var runner = new HookRunner(
                _ -> null, CommandTargets.linux("here", node), CommandTargets.clocks(new MachineClock()))) {
            assertThat(runner.run(HOOK, null, false, _ -> {}).failure())
                    .isEqualTo("the hook true (on here) lost its connection: the line is gone");
        }
        String tag = node.started().getFirst().get(6);
        assertThat(node.ended())
                .singleElement()
                .satisfies(command -> assertThat(command).contains(tag));
    }

    @Test
    @Tag("slow")
    void aNodeWithASlowLoginShellRunsHooksAndIsLeftClean() throws Exception {
        var node = new SlowLoginConnection(new ShellConnection(null), Duration.ofSeconds(6));
        var runner = new HookRunner(
                _ -> null, CommandTargets.linux("slow", node), CommandTargets.clocks(new MachineClock()));
        Hook hook = new Hook.Command(
                Hook.Moment.SESSION_START,
                null,
                List.of("sh", "-c", "sleep 961 >/dev/null 2>&1 & echo $PITOT_LAB_TAG >&2; echo here"),
                Duration.ofSeconds(60));
        List<String> tags = new CopyOnWriteArrayList<>();

        HookResult result = runner.run(hook, null, true, line -> {
            if (line.origin() == OutputLine.Origin.ERR) {
                tags.add(line.text());
            }
        });

        assertThat(result).isEqualTo(new HookResult("here", null, Map.of(), List.of()));
        assertThat(CommandTargets.marked(tags.getFirst())).isNotEmpty();
        assertThat(runner.endLeft(null)).isEmpty();
        assertThat(CommandTargets.marked(tags.getFirst())).isEmpty();
    }

    @Test
    @Tag("slow")
    void aHookThatIsCancelledOnASlowNodeIsEndedThereBeforeTheCloseIsDone() throws Exception {
        var node = new SlowLoginConnection(new ShellConnection(null), Duration.ofSeconds(6));
        var runner = new HookRunner(
                _ -> null, CommandTargets.linux("slow", node), CommandTargets.clocks(new MachineClock()));
        var tag = new CompletableFuture<String>();
        var outcome = new CompletableFuture<HookResult>();
        Hook hook = new Hook.Command(
                Hook.Moment.SESSION_START,
                null,
                List.of("sh", "-c", "echo $PITOT_LAB_TAG; sleep 962"),
                Duration.ofSeconds(60));
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(runner.run(hook, null, true, line -> tag.complete(line.text())));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        String mark = tag.get(100, TimeUnit.SECONDS);

        runner.cancelPreparation();
        assertThat(outcome.get(4, TimeUnit.SECONDS).failure()).isEqualTo("A hook was stopped.");
        runner.close();

        assertThat(CommandTargets.marked(mark)).isEmpty();
    }

    /// A connection that does not come, and heeds no interruption until it is closed.
    private static final class UninterruptibleConnection implements NodeConnection {
        private final CountDownLatch started = new CountDownLatch(HOOKS);
        private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

        @Override
        public String name() {
            return "deaf";
        }

        @Override
        public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
            started.countDown();
            over.join();
            throw new ConnectionException("over");
        }

        @Override
        public void close() {
            over.complete(null);
        }
    }
}
