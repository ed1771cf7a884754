package dev.pitot.cli.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sun.misc.Signal;

/// SIGINT, SIGTERM and SIGHUP of this process. The first asks for an orderly end; a second ends
/// the process at once.
///
/// A shutdown hook would not do: it can neither tell which signal came nor leave the exit code
/// to the program. So this class, and no other, uses `sun.misc.Signal`, which module
/// jdk.unsupported keeps for the purpose (JEP 260).
public final class Signals implements SignalSource {
    private static final int EXIT_CODE_OF_SIGNAL = 128; // the shell's convention: 128 + number

    private final AtomicBoolean hasCome = new AtomicBoolean();

    /// A signal, and what strsignal(3) calls it.
    private record Named(String name, String text) {}

    private static final List<Named> ENDING =
            List.of(new Named("INT", "Interrupt"), new Named("TERM", "Terminated"), new Named("HUP", "Hangup"));

    @Override
    public void onFirst(Consumer<String> action) {
        for (Named named : ENDING) {
            install(named, action);
        }
    }

    private void install(Named named, Consumer<String> action) {
        try {
            Signal.handle(new Signal(named.name()), signal -> {
                if (!hasCome.compareAndSet(false, true)) {
                    Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + signal.getNumber());
                }
                action.accept(named.text() + "(" + signal.getNumber() + ")");
            });
        } catch (IllegalArgumentException _) {
            // This system has no such signal (HUP on Windows), or the JVM was told to leave it
            // alone (-Xrs).
        }
    }
}
