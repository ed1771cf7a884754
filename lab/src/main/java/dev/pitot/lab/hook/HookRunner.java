package dev.pitot.lab.hook;

import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.DurationText;
import dev.pitot.lab.probe.PingProbe;
import dev.pitot.lab.probe.Sleep;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.LineListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out hooks. Any thread may ask it to; closing ends all that run at once, and what is
/// asked for afterwards fails.
///
/// Each hook runs on a virtual thread of its own, so that its patience holds even where a
/// connection hangs.
public final class HookRunner implements AutoCloseable {
    /// What is left to a hook beyond its patience, to end its command on the node.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration TO_CANCEL = Duration.ofSeconds(2);
    private static final Duration TO_END = Duration.ofSeconds(1);

    private final Function<String, @Nullable CommandTarget> stations;
    private final CommandTarget here;
    private final Clocks clocks;
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final ReentrantLock beginning = new ReentrantLock();
    private boolean isClosed;

    /// A runner without hooks.
    ///
    /// @param stations the nodes by name; null for one that must not be touched
    /// @param here this machine
    /// @param clocks for lengths of time and for lines of answers
    public HookRunner(Function<String, @Nullable CommandTarget> stations, CommandTarget here, Clocks clocks) {
        this.stations = stations;
        this.here = here;
        this.clocks = clocks;
    }

    /// A hook that runs.
    private record Running(Hook.Moment moment, CompletableFuture<HookResult> result) {}

    /// Ends hooks that are done before something, within two seconds, and returns at once; those
    /// after a test and at the session's end go on.
    public void cancelPreparation() {
        running.forEach((thread, hook) -> {
            if (!hook.moment().isEnd()) {
                thread.interrupt();
                Thread.ofVirtual().name("hook-cancel").start(() -> awaitCancelled(thread, hook));
            }
        });
    }

    private static void awaitCancelled(Thread thread, Running hook) {
        try {
            thread.join(TO_CANCEL);
        } catch (InterruptedException _) {
            // nobody interrupts this thread
        } finally {
            hook.result().complete(stopped());
        }
    }

    /// Carries a hook out and waits for its end.
    ///
    /// @param context the test; null at the start and the end of the session
    /// @param output is called with each line that the hook writes, on another thread
    /// @throws InterruptedException if the caller is interrupted; the hook is ended then
    public HookResult run(Hook hook, @Nullable HookContext context, LineListener output) throws InterruptedException {
        var said = new CompletableFuture<HookResult>();
        Thread thread = Thread.ofVirtual().name("hook").unstarted(() -> execute(hook, context, output, said));
        begin(thread, new Running(hook.moment(), said));
        Duration limit = timeout(hook).plus(GRACE);
        try {
            return said.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return HookResult.failed(
                    "A hook was given up: its connection did not come back within " + DurationText.text(limit) + ".");
        } catch (ExecutionException e) {
            return HookResult.failed("A hook failed: " + e.getCause());
        } finally {
            thread.interrupt();
        }
    }

    /// Ends every hook that runs, within a second, whatever their nodes do.
    @Override
    public void close() {
        long deadline = clocks.monotonic().nanoTime() + TO_END.toNanos();
        Set<Thread> threads = threadsAtClose();
        running.forEach((thread, hook) -> {
            hook.result().complete(stopped());
            thread.interrupt();
        });
        try {
            for (Thread thread : threads) {
                // they end side by side
                thread.join(Duration.ofNanos(
                        Math.max(0, deadline - clocks.monotonic().nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        }
    }

    /// No hook begins behind the close, which joins only threads that were started.
    private void begin(Thread thread, Running hook) {
        beginning.lock();
        try {
            if (isClosed) {
                hook.result().complete(stopped());
            } else {
                running.put(thread, hook);
                thread.start();
            }
        } finally {
            beginning.unlock();
        }
    }

    private Set<Thread> threadsAtClose() {
        beginning.lock();
        try {
            isClosed = true;
            return Set.copyOf(running.keySet());
        } finally {
            beginning.unlock();
        }
    }

    private void execute(
            Hook hook, @Nullable HookContext context, LineListener output, CompletableFuture<HookResult> said) {
        try {
            said.complete(executed(hook, context, output));
        } catch (InterruptedException _) {
            said.complete(stopped());
        } catch (RuntimeException | Error e) { // whoever waits must hear of it
            said.completeExceptionally(e);
        } finally {
            running.remove(Thread.currentThread()); // not before: a close waits for what is being ended
        }
    }

    private HookResult executed(Hook hook, @Nullable HookContext context, LineListener output)
            throws InterruptedException {
        Map<String, String> words = context == null ? Map.of() : context.placeholders();
        return switch (hook) {
            case Hook.Command command -> command(command, words, context, output);
            case Hook.Http http -> new HttpHookExecutor(http, words, output, clocks.wall()).run();
            case Hook.Pause pause -> {
                Sleep.pause(pause.length());
                yield HookResult.DONE;
            }
            case Hook.PingGate gate -> gate(gate, context);
        };
    }

    private HookResult command(
            Hook.Command hook, Map<String, String> words, @Nullable HookContext context, LineListener output)
            throws InterruptedException {
        CommandTarget place = hook.node() == null ? here : stations.apply(hook.node());
        if (place == null) {
            return noConnection(hook.node());
        }
        List<String> command = hook.command().stream()
                .map(word -> Placeholders.filled(word, words))
                .toList();
        Map<String, String> environment = context == null ? Map.of() : context.environment();
        return new CommandHookExecutor(place, command, environment, output).run(hook.timeout());
    }

    private HookResult gate(Hook.PingGate gate, @Nullable HookContext context) throws InterruptedException {
        String name = gate.node();
        if (name == null && context != null) {
            name = context.node().name();
        }
        String target = gate.target();
        if (target == null && context != null && name != null) {
            target = context.addressOppositeOf(name);
        }
        if (name == null || target == null || target.isEmpty()) {
            return HookResult.failed("A ping gate does not know what to ping: give its node and its target.");
        }
        CommandTarget place = stations.apply(name);
        if (place == null) {
            return noConnection(name);
        }
        String filled = Placeholders.filled(target, context == null ? Map.of() : context.placeholders());
        BoundQuery<Double> ping;
        try {
            ping = PingProbe.to(filled, place);
        } catch (IllegalArgumentException e) {
            return HookResult.failed("A ping gate cannot ping: " + e.getMessage() + ".");
        }
        return ping == null
                ? HookResult.failed(name + " cannot ping: no command can be run there.")
                : new PingGateExecutor(place, filled, ping, gate, clocks).run();
    }

    private static Duration timeout(Hook hook) {
        return switch (hook) {
            case Hook.Command command -> command.timeout();
            case Hook.Http http -> http.timeout();
            case Hook.Pause pause -> pause.length();
            case Hook.PingGate gate -> gate.timeout();
        };
    }

    private static HookResult noConnection(@Nullable String name) {
        return HookResult.failed("A hook cannot be done on " + name + ": there is no connection to it.");
    }

    private static HookResult stopped() {
        return HookResult.failed("A hook was stopped.");
    }
}
