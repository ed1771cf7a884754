package dev.pitot.cli.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;

/// SIGINT, SIGTERM and SIGHUP of this process. The first asks for an orderly end; a second ends
/// the process at once, unless there is something to do about it: then a third does.
///
/// A shutdown hook would not do: it can neither tell which signal came nor leave the exit code
/// to the program. So this class, and no other, uses `sun.misc.Signal`, which module
/// jdk.unsupported keeps for the purpose (JEP 260).
public final class Signals implements SignalSource {
    private static final int EXIT_CODE_OF_SIGNAL = 128; // the shell's convention: 128 + number

    private final AtomicInteger come = new AtomicInteger();

    /// A signal, and what strsignal(3) calls it.
    private record Named(String name, String text) {}

    private static final List<Named> ENDING =
            List.of(new Named("INT", "Interrupt"), new Named("TERM", "Terminated"), new Named("HUP", "Hangup"));

    @Override
    public void onFirst(Consumer<String> action) {
        listen(List.of(action));
    }

    @Override
    public void onFirstAndSecond(Consumer<String> first, Runnable second) {
        listen(List.of(first, _ -> second.run()));
    }

    private void listen(List<Consumer<String>> actions) {
        for (Named named : ENDING) {
            install(named, actions);
        }
    }

    private void install(Named named, List<Consumer<String>> actions) {
        try {
            Signal.handle(new Signal(named.name()), signal -> {
                int before = come.getAndIncrement();
                if (before >= actions.size()) {
                    Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + signal.getNumber());
                }
                actions.get(before).accept(named.text() + "(" + signal.getNumber() + ")");
            });
        } catch (IllegalArgumentException _) {
            // This system has no such signal (HUP on Windows), or the JVM was told to leave it
            // alone (-Xrs).
        }
    }
}
