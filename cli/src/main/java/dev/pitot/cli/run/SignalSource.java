package dev.pitot.cli.run;

import java.util.function.Consumer;

/// Tells of the operating system's wish that the program end. A test has its own.
@FunctionalInterface
public interface SignalSource {
    /// Nobody ever interrupts.
    SignalSource NONE = _ -> {};

    /// Calls an action, on some other thread, when the first signal comes.
    ///
    /// @param action takes the signal in iperf's words, for example `Interrupt(2)`
    void onFirst(Consumer<String> action);

    /// Calls one action, on some other thread, when the first signal comes, and another one when
    /// the second comes. A source that knows only first signals never calls the other.
    ///
    /// @param first takes the signal in iperf's words
    /// @param second what else there is to do before the program ends
    default void onFirstAndSecond(Consumer<String> first, Runnable second) {
        onFirst(first);
    }
}
