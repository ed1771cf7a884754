package dev.pitot.cli.run;

import java.util.function.Consumer;

/// Source of the operating system's termination signals. Tests supply their own.
@FunctionalInterface
public interface SignalSource {
    /// A source without signals.
    SignalSource NONE = _ -> {};

    /// Registers an action for the first signal; it runs on another thread.
    ///
    /// @param action receives the signal in iperf's words, for example `Interrupt(2)`
    void onFirst(Consumer<String> action);

    /// Registers an action for the first signal and another for the second; both run on another thread.
    /// A source that supports only first signals never calls the other.
    ///
    /// @param first receives the signal in iperf's words
    /// @param second remaining work before the program ends
    default void onFirstAndSecond(Consumer<String> first, Runnable second) {
        onFirst(first);
    }
}
