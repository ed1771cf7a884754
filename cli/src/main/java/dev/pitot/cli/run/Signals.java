package dev.pitot.cli.run;

import dev.pitot.engine.SystemClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sun.misc.Signal;

/// SIGINT, SIGTERM and SIGHUP of this process. The first asks for an orderly end; a second ends
/// the process at once, unless there is something to do about it: then a third does. So does the
/// first where there is nothing more to do than to end, if that takes a minute. Signals that come
/// together count as one: a wrapper often passes on what the process group has got already.
///
/// A shutdown hook would not do: it can neither tell which signal came nor leave the exit code
/// to the program. So this class, and no other, uses `sun.misc.Signal`, which module
/// jdk.unsupported keeps for the purpose (JEP 260).
public final class Signals implements SignalSource {
    private static final int EXIT_CODE_OF_SIGNAL = 128; // the shell's convention: 128 + number

    private static final Duration LONGEST_END = Duration.ofMinutes(1); // pushes that wait for a gateway included

    /// The time within which signals count as one: less than a person takes to press Ctrl-C again.
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private int come; // guarded by this
    private long lastNanos; // of the last that counted; guarded by this

    /// A signal, and what strsignal(3) calls it.
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
            // This system has no such signal (HUP on Windows), or the JVM was told to leave it
            // alone (-Xrs).
        }
    }

    /// @return how many signals have come before, or −1 if this one counts with the last
    private synchronized int count() {
        long now = SystemClock.INSTANCE.nanoTime();
        if (come > 0 && now - lastNanos < TOGETHER_NANOS) {
            return -1;
        }
        lastNanos = now;
        return come++;
    }

    /// The thread is the signal's own, so this needs nothing that may be missing by then.
    private static void haltLater(int number) {
        try {
            Thread.sleep(LONGEST_END);
            Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + number);
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }
}
