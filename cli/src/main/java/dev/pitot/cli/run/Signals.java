package dev.pitot.cli.run;

import dev.pitot.engine.SystemClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sun.misc.Signal;

/// SIGINT, SIGTERM and SIGHUP of this process. The first requests an orderly end; a second ends the
/// process at once, unless an action is registered for it: then a third does. With a single action, the
/// process also ends a minute after the first signal at the latest. Signals in quick succession count
/// as one: a wrapper often forwards a signal that the process group has received already.
///
/// A shutdown hook is not enough: it can neither see which signal arrived nor let the program set the
/// exit code. So this class, and no other, uses `sun.misc.Signal`, which module jdk.unsupported keeps
/// for the purpose (JEP 260).
public final class Signals implements SignalSource {
    private static final int EXIT_CODE_OF_SIGNAL = 128; // the shell's convention: 128 + number

    private static final Duration LONGEST_END = Duration.ofMinutes(1); // including pushes that wait for a gateway

    /// Time within which signals count as one: shorter than the time to press Ctrl-C again.
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private int come; // signals so far; guarded by this
    private long lastNanos; // of the last that counted; guarded by this

    /// A signal, and its text in strsignal(3).
    private record Named(String name, String text) {}

    private static final List<Named> ENDING =
            List.of(new Named("INT", "Interrupt"), new Named("TERM", "Terminated"), new Named("HUP", "Hangup"));

    @Override
    public void onFirst(Consumer<String> action) {
        listen(List.of(action), true);
    }

    @Override
    public void onFirstAndSecond(Consumer<String> first, Runnable second) {
        listen(List.of(first, _ -> second.run()), false);
    }

    private void listen(List<Consumer<String>> actions, boolean endsSoon) {
        for (Named named : ENDING) {
            install(named, actions, endsSoon);
        }
    }

    private void install(Named named, List<Consumer<String>> actions, boolean endsSoon) {
        try {
            Signal.handle(new Signal(named.name()), signal -> {
                int before = count();
                if (before < 0) {
                    return;
                }
                if (before >= actions.size()) {
                    Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + signal.getNumber());
                }
                actions.get(before).accept(named.text() + "(" + signal.getNumber() + ")");
                if (endsSoon) {
                    haltLater(signal.getNumber());
                }
            });
        } catch (IllegalArgumentException _) {
            // This system has no such signal (HUP on Windows), or the JVM does not handle it (-Xrs).
        }
    }

    /// @return number of signals before this one, or −1 if it counts as part of the last
    private synchronized int count() {
        long now = SystemClock.INSTANCE.nanoTime();
        if (come > 0 && now - lastNanos < TOGETHER_NANOS) {
            return -1;
        }
        lastNanos = now;
        return come++;
    }

    /// Runs on the signal's own thread, so it needs no resource that may be exhausted by then.
    private static void haltLater(int number) {
        try {
            Thread.sleep(LONGEST_END);
            Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + number);
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }
}
