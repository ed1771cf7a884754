package dev.pitot.lab.hook;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Placeholders;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.remote.LineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out hooks. Any thread may ask it to; what is asked for after the close fails.
///
/// Each hook runs on a virtual thread of its own, so that its timeout holds even where a connection
/// hangs. Processes that a hook leaves running when it has ended well go on, and are ended by
/// [#endLeft] or the close; those of any other hook are ended with it.
public final class HookRunner implements AutoCloseable {
    private static final int OF_SESSION = 0; // in place of a test's number

    /// Beyond the node's timeout for a command: killing what a hook has started, and looking.
    private static final Duration KILLING = Duration.ofSeconds(25);

    private static final Duration TO_CANCEL = Duration.ofSeconds(2);
    private static final Duration TO_KILL = Duration.ofSeconds(1);

    private final Function<String, @Nullable CommandTarget> targets;
    private final CommandTarget here;
    private final Clocks clocks;
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    /// By the number of the test that needs them.
    private final Map<Integer, Queue<RemoteProcess>> left = new ConcurrentHashMap<>();
    private final ReentrantLock beginning = new ReentrantLock();
    private final CompletableFuture<@Nullable Void> killed = new CompletableFuture<>();
    private Duration longestEnd = TO_KILL;
    private boolean isClosed;

    /// A runner without hooks.
    ///
    /// @param targets the nodes by name; null for one that must not be touched
    /// @param here this machine
    /// @param clocks for lengths of time and for lines of answers
    public HookRunner(Function<String, @Nullable CommandTarget> targets, CommandTarget here, Clocks clocks) {
        this.targets = targets;
        this.here = here;
        this.clocks = clocks;
    }

    /// What a hook's thread does.
    @FunctionalInterface
    private interface Task {
        HookResult run() throws InterruptedException;
    }

    /// A hook that runs. It is interrupted once only: then it ends its command on the node.
    ///
    /// @param isEnd whether it is done even if the session was stopped
    /// @param over comes when nothing is done any more
    private record Running(
            boolean isEnd,
            CompletableFuture<HookResult> result,
            CompletableFuture<@Nullable Void> over,
            AtomicBoolean isCancelled) {
        Running(boolean isEnd) {
            this(isEnd, new CompletableFuture<>(), new CompletableFuture<>(), new AtomicBoolean());
        }

        void cancel(Thread thread) {
            if (!isCancelled.getAndSet(true)) {
                thread.interrupt();
            }
        }
    }

    /// Ends hooks that are done before something, and returns at once; a thread that waits for one gets the
    /// result within two seconds. Those after a test and at the session's end go on.
    public void cancelPreparation() {
        running.forEach((thread, hook) -> {
            if (!hook.isEnd()) {
                hook.cancel(thread);
                var _ = hook.result().completeOnTimeout(stopped(), TO_CANCEL.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /// Carries a hook out and waits for its end.
    ///
    /// @param context the test; null at the start and the end of the session
    /// @param isOfSession whether what it leaves running is needed until the session's end, and not only
    ///     until the test's
    /// @param output is called with each line that the hook writes, on another thread
    /// @throws InterruptedException if the caller is interrupted; the hook is ended then
    public HookResult run(Hook hook, @Nullable HookContext context, boolean isOfSession, LineListener output)
            throws InterruptedException {
        int scope = isOfSession ? OF_SESSION : scope(context);
        return await(
                () -> executed(hook, context, output, scope),
                hook.moment().isEnd(),
                hook.timeout(),
                target(hook, context));
    }

    private static int scope(@Nullable HookContext context) {
        return context == null ? OF_SESSION : context.point().number();
    }

    /// Ends what hooks of a test have left running, or those of the session.
    ///
    /// @param context the test; null at the session's end
    /// @return a sentence about each program that could not be ended
    public List<String> endLeft(@Nullable HookContext context) throws InterruptedException {
        Queue<RemoteProcess> processes = left.remove(scope(context));
        if (processes == null) {
            return List.of();
        }
        HookResult result = await(() -> ended(processes), true, KILLING.multipliedBy(processes.size()), null);
        return result.failure() == null ? result.notes() : List.of(result.failure());
    }

    private static HookResult ended(Queue<RemoteProcess> processes) throws InterruptedException {
        HookResult result = HookResult.DONE;
        for (RemoteProcess process = processes.poll(); process != null; process = processes.poll()) {
            String survivors = CommandHookExecutor.end(process, Duration.ofSeconds(1));
            result = survivors.isEmpty() ? result : result.noting(survivors);
        }
        return result;
    }

    private HookResult await(Task task, boolean isEnd, Duration timeout, @Nullable CommandTarget target)
            throws InterruptedException {
        var hook = new Running(isEnd);
        Thread thread = Thread.ofVirtual().name("hook").unstarted(() -> execute(task, hook));
        Duration limit = timeout.plus(begin(thread, hook, target == null ? here : target));
        try {
            return hook.result().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return HookResult.failed(
                    "A hook was abandoned: its connection did not answer within " + NumberText.seconds(limit) + ".");
        } catch (ExecutionException e) {
            return HookResult.failed("A hook failed: " + e.getCause());
        } finally {
            hook.cancel(thread);
        }
    }

    /// Begins a hook, if none was closed.
    ///
    /// @return how long the nodes that were used until now may need to end what runs there
    private Duration begin(Thread thread, Running hook, CommandTarget target) {
        Duration end = target.commands().timeouts().command().plus(KILLING);
        beginning.lock();
        try {
            longestEnd = end.compareTo(longestEnd) > 0 ? end : longestEnd;
            if (isClosed) {
                hook.result().complete(stopped());
            } else {
                running.put(thread, hook);
                thread.start();
            }
            return longestEnd;
        } finally {
            beginning.unlock();
        }
    }

    private void execute(Task task, Running hook) {
        try {
            hook.result().complete(task.run());
        } catch (InterruptedException _) {
            hook.result().complete(stopped());
        } catch (RuntimeException | Error e) { // the waiting thread gets it
            hook.result().completeExceptionally(e);
        } finally {
            running.remove(Thread.currentThread()); // not before: a close waits for what is being ended
            hook.over().complete(null);
        }
    }

    /// Ends at once, within a second, whatever the nodes do.
    public void kill() {
        end(TO_KILL);
        killed.complete(null);
    }

    /// Ends every hook that runs and what hooks have left running, and waits for that as long as the
    /// nodes' timeouts allow, or until it is killed.
    @Override
    public void close() {
        end(null);
    }

    /// @param limit null for the nodes' timeouts
    private void end(@Nullable Duration limit) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        Duration timeout;
        beginning.lock();
        try {
            running.forEach((thread, hook) -> {
                hook.result().complete(stopped());
                hook.cancel(thread);
            });
            if (!isClosed) {
                isClosed = true;
                left.values().forEach(this::endUncancelled);
            }
            running.values().forEach(hook -> ends.add(hook.over()));
            timeout = limit == null ? longestEnd : limit;
        } finally {
            beginning.unlock();
        }
        try {
            var all = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
            CompletableFuture.anyOf(all, killed).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        } catch (ExecutionException | TimeoutException _) {
            // a node does not answer: its next session finds what is left there
        }
    }

    private void endUncancelled(Queue<RemoteProcess> processes) {
        var hook = new Running(true);
        hook.isCancelled().set(true);
        Thread thread = Thread.ofVirtual().name("hook-left").unstarted(() -> execute(() -> ended(processes), hook));
        running.put(thread, hook);
        thread.start();
    }

    private HookResult executed(Hook hook, @Nullable HookContext context, LineListener output, int scope)
            throws InterruptedException {
        Map<String, String> words = context == null ? Map.of() : context.placeholders();
        return switch (hook) {
            case Hook.Command command -> command(command, context, output, scope);
            case Hook.Http http -> new HttpHookExecutor(http, words, output, clocks.wall()).run();
            case Hook.Pause pause -> {
                Thread.sleep(pause.length());
                yield HookResult.DONE;
            }
            case Hook.PingGate gate -> gate(gate, context);
        };
    }

    private HookResult command(Hook.Command hook, @Nullable HookContext context, LineListener output, int scope)
            throws InterruptedException {
        CommandTarget target = target(hook, context);
        if (target == null) {
            return noConnection(hook.node());
        }
        Map<String, String> words = context == null ? Map.of() : context.placeholders();
        List<String> command = hook.command().stream()
                .map(word -> Placeholders.filled(word, words))
                .toList();
        Map<String, String> environment = context == null ? Map.of() : context.environment();
        var executor = new CommandHookExecutor(target, command, environment, output);
        return executor.run(hook.timeout(), process -> isLeft(process, hook.moment(), scope));
    }

    /// Whether a program may go on behind its hook: not if nothing comes that could need it.
    private boolean isLeft(RemoteProcess process, Hook.Moment moment, int scope) {
        beginning.lock();
        try {
            return !isClosed
                    && !moment.isEnd()
                    && left.computeIfAbsent(scope, _ -> new ConcurrentLinkedQueue<>())
                            .add(process);
        } finally {
            beginning.unlock();
        }
    }

    private HookResult gate(Hook.PingGate gate, @Nullable HookContext context) throws InterruptedException {
        String name = nodeOf(gate, context);
        String to = gate.target();
        if (to == null && context != null && name != null) {
            to = context.addressOppositeOf(name);
        }
        if (name == null || to == null || to.isEmpty()) {
            return HookResult.failed("A ping gate does not know what to ping: give its node and its target.");
        }
        CommandTarget target = target(gate, context);
        if (target == null) {
            return noConnection(name);
        }
        String filled = Placeholders.filled(to, context == null ? Map.of() : context.placeholders());
        Query.QueryCommand<Double> ping;
        try {
            ping = OsAdapter.of(target.system()).ping(filled).asOneCommand(target.system());
        } catch (IllegalArgumentException e) {
            return HookResult.failed("A ping gate cannot ping: " + e.getMessage() + ".");
        }
        return ping == null
                ? HookResult.failed(name + " cannot ping: no command can be run there.")
                : new PingGateExecutor(target, filled, ping, gate, clocks).run();
    }

    /// Where a hook is done; null if there is no connection.
    private @Nullable CommandTarget target(Hook hook, @Nullable HookContext context) {
        String name = nodeOf(hook, context);
        return name == null ? here : targets.apply(name);
    }

    private static @Nullable String nodeOf(Hook hook, @Nullable HookContext context) {
        return switch (hook) {
            case Hook.Command command -> command.node();
            case Hook.PingGate gate
            when gate.node() == null && context != null -> context.node().name();
            case Hook.PingGate gate -> gate.node();
            case Hook.Http _, Hook.Pause _ -> null;
        };
    }

    private static HookResult noConnection(@Nullable String name) {
        return HookResult.failed("A hook cannot be done on " + name + ": there is no connection to it.");
    }

    private static HookResult stopped() {
        return HookResult.failed("A hook was stopped.");
    }
}
