package dev.pitot.lab.session;

import dev.pitot.lab.monitor.DeviceState;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.results.ResultFile;
import dev.pitot.lab.results.ResultsFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The state of the nodes of a session as its tests begin, queried all at once:
/// `logs/state_NODE.log`, so that a result can be understood later. No test waits for it, but on a node
/// that runs one command at a time. A node that does not answer holds nothing up for long.
final class DeviceSnapshot implements AutoCloseable {

    private final ResultsFolder folder;
    private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    private final List<CompletableFuture<@Nullable Void>> looks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private Duration longest = Duration.ZERO;

    DeviceSnapshot(ResultsFolder folder) {
        this.folder = folder;
    }

    /// Looks at the nodes, and waits for those that run one command at a time, as long as the slowest may
    /// take for a command.
    void take(List<CommandTarget> stations) throws InterruptedException {
        List<CompletableFuture<@Nullable Void>> consoles = new ArrayList<>();
        for (CommandTarget target : stations) {
            var look = new CompletableFuture<@Nullable Void>();
            looks.add(look);
            if (target.runsOneCommandAtATime()) {
                consoles.add(look);
            }
            threads.add(Thread.ofVirtual().name("lab-look-" + target.name()).start(() -> query(target, look)));
        }
        longest = stations.stream()
                .map(target -> target.commands().timeouts().command())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        await(consoles);
    }

    private void await(List<CompletableFuture<@Nullable Void>> some) throws InterruptedException {
        try {
            CompletableFuture<?> all = CompletableFuture.allOf(some.toArray(CompletableFuture<?>[]::new));
            CompletableFuture.anyOf(all, stop).get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            folder.log("not every node reported its state within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) { // a fault of ours, and no reason not to test
            folder.crash("looking at the nodes", e);
        }
    }

    /// Waits for the missing answers, as long as [#take] does.
    @Override
    public void close() {
        try {
            await(looks);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the caller's next wait throws
        }
        threads.forEach(Thread::interrupt);
    }

    private void query(CommandTarget target, CompletableFuture<@Nullable Void> done) {
        try {
            DeviceState state = DeviceState.query(target);
            try (ResultFile file = folder.file("logs", "state_" + target.name(), "log")) {
                state.lines().forEach(file::line);
            }
            done.complete(null);
        } catch (InterruptedException _) { // it took too long
            done.complete(null);
        } catch (RuntimeException | Error e) { // the waiting thread gets it
            done.completeExceptionally(e);
        }
    }

    /// Goes on without the missing answers.
    void stop() {
        stop.complete(null);
    }
}
