package dev.pitot.lab.watch;

import dev.pitot.model.time.NanoClock;
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

    private static final Duration TO_END = Duration.ofSeconds(1);

    private final Function<String, @Nullable Station> stations;
    private final Station here;
    private final NanoClock clock;
    private final Map<Thread, CompletableFuture<Said>> running = new ConcurrentHashMap<>();
    private final ReentrantLock beginning = new ReentrantLock();
    private boolean isClosed;

    /// A runner without hooks.
    ///
    /// @param stations the nodes by name; null for one that must not be touched
    /// @param here this machine
    public HookRunner(Function<String, @Nullable Station> stations, Station here, NanoClock clock) {
        this.stations = stations;
        this.here = here;
        this.clock = clock;
    }

    /// Carries a hook out and waits for its end.
    ///
    /// @param occasion the test; null at the start and the end of the session
    /// @throws InterruptedException if the caller is interrupted; the hook is ended then
    public HookOutcome run(Hook hook, @Nullable Occasion occasion) throws InterruptedException {
        long beganNanos = clock.nanoTime();
        Said said = said(hook, occasion);
        Duration elapsed = Duration.ofNanos(clock.nanoTime() - beganNanos);
        return new HookOutcome(said.tag(), said.failure(), elapsed, said.figures());
    }

    /// Ends every hook that runs, within a second, whatever their nodes do.
    @Override
    public void close() {
        long deadline = clock.nanoTime() + TO_END.toNanos();
        Set<Thread> threads = threadsAtClose();
        running.forEach((thread, said) -> {
            said.complete(stopped());
            thread.interrupt();
        });
        try {
            for (Thread thread : threads) {
                // they end side by side
                thread.join(Duration.ofNanos(Math.max(0, deadline - clock.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        }
    }

    private Said said(Hook hook, @Nullable Occasion occasion) throws InterruptedException {
        var said = new CompletableFuture<Said>();
        Thread thread = Thread.ofVirtual().name("hook").unstarted(() -> carryOut(hook, occasion, said));
        begin(thread, said);
        Duration limit = patience(hook).plus(GRACE);
        try {
            return said.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return Said.failed(
                    "A hook was given up: its connection did not come back within " + Durations.text(limit) + ".");
        } catch (ExecutionException e) {
            return Said.failed("A hook failed: " + e.getCause());
        } finally {
            thread.interrupt();
            running.remove(thread);
        }
    }

    /// No hook begins behind the close, which joins only threads that were started.
    private void begin(Thread thread, CompletableFuture<Said> said) {
        beginning.lock();
        try {
            if (isClosed) {
                said.complete(stopped());
            } else {
                thread.start();
                running.put(thread, said);
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

    private void carryOut(Hook hook, @Nullable Occasion occasion, CompletableFuture<Said> said) {
        try {
            said.complete(carriedOut(hook, occasion));
        } catch (InterruptedException _) {
            said.complete(stopped());
        } catch (RuntimeException | Error e) { // whoever waits must hear of it
            said.completeExceptionally(e);
        }
    }

    private Said carriedOut(Hook hook, @Nullable Occasion occasion) throws InterruptedException {
        Map<String, String> words = occasion == null ? Map.of() : occasion.words();
        return switch (hook) {
            case Hook.Command command -> command(command, words, occasion);
            case Hook.Http http -> new HttpErrand(http, words).run();
            case Hook.Pause pause -> {
                Waiting.pause(pause.length());
                yield Said.done(null);
            }
            case Hook.PingGate gate -> gate(gate, occasion);
        };
    }

    private Said command(Hook.Command hook, Map<String, String> words, @Nullable Occasion occasion)
            throws InterruptedException {
        Station place = hook.node() == null ? here : stations.apply(hook.node());
        if (place == null) {
            return untouchable(hook.node());
        }
        List<String> command = hook.command().stream()
                .map(word -> Placeholders.filled(word, words))
                .toList();
        Map<String, String> environment = occasion == null ? Map.of() : occasion.environment();
        return new CommandErrand(place, command, environment).run(hook.patience());
    }

    private Said gate(Hook.PingGate gate, @Nullable Occasion occasion) throws InterruptedException {
        String name = gate.node();
        if (name == null && occasion != null) {
            name = occasion.node().name();
        }
        String target = gate.target();
        if (target == null && occasion != null && name != null) {
            target = occasion.addressOppositeOf(name);
        }
        if (name == null || target == null || target.isEmpty()) {
            return Said.failed("A ping gate does not know what to ping: give its node and its target.");
        }
        Station place = stations.apply(name);
        if (place == null) {
            return untouchable(name);
        }
        String filled = Placeholders.filled(target, occasion == null ? Map.of() : occasion.words());
        Asked<Double> ping;
        try {
            ping = Pings.to(filled, place);
        } catch (IllegalArgumentException e) {
            return Said.failed("A ping gate cannot ping: " + e.getMessage() + ".");
        }
        return ping == null
                ? Said.failed(name + " cannot ping: no command can be run there.")
                : new GateErrand(place, filled, ping, gate, clock).run();
    }

    private static Duration patience(Hook hook) {
        return switch (hook) {
            case Hook.Command command -> command.patience();
            case Hook.Http http -> http.patience();
            case Hook.Pause pause -> pause.length();
            case Hook.PingGate gate -> gate.patience();
        };
    }

    private static Said untouchable(@Nullable String name) {
        return Said.failed("A hook cannot be done on " + name + ": there is no connection to it.");
    }

    private static Said stopped() {
        return Said.failed("A hook was stopped.");
    }
}
