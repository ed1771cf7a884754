package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookRunnerTest {
    private static final Hook HOOK =
            new Hook.Command(Hook.Moment.SESSION_START, null, List.of("true"), Duration.ofHours(1));
    private static final int HOOKS = 4;

    private static CompletableFuture<HookResult> begun(HookRunner runner) {
        var outcome = new CompletableFuture<HookResult>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(runner.run(HOOK, null, _ -> {}));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    @Test
    void hooksThatHeedNothingHoldUpTheCloseForOneSecondTogether() throws Exception {
        try (var deaf = new UninterruptibleConnection()) {
            var runner = new HookRunner(
                    _ -> null, CommandTargets.linux("here", deaf), CommandTargets.clocks(new MachineClock()));
            List<CompletableFuture<HookResult>> outcomes = new ArrayList<>();
            for (int i = 0; i < HOOKS; i++) {
                outcomes.add(begun(runner));
            }
            assertThat(deaf.started.await(20, TimeUnit.SECONDS)).isTrue();
            long before = new MachineClock().nanoTime();

            runner.close();

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
            assertThat(runner.run(HOOK, null, _ -> {}).failure())
                    .isEqualTo("the hook true (on here) lost its connection: the line is gone");
        }
        String tag = node.started().getFirst().get(6);
        assertThat(node.ended())
                .singleElement()
                .satisfies(command -> assertThat(command).contains(tag));
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
