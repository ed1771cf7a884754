package dev.pitot.message;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// Runs a user's handlers so that one that throws hurts nobody. Any thread.
abstract class SafeListener {
    private final AtomicLong failures = new AtomicLong();
    private final BiConsumer<String, Throwable> errors;

    /// Runs handlers.
    ///
    /// @param errors is told what a handler threw; may throw itself
    SafeListener(BiConsumer<String, Throwable> errors) {
        this.errors = errors;
    }

    /// Runs a handler.
    ///
    /// @param name of it, for people
    final void run(String name, Runnable handler) {
        try {
            handler.run();
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the endpoint must go on
            failed(name, e);
        }
    }

    /// Hands a message to its handler, whose it is until that returns.
    ///
    /// @param to whom the handler serves
    /// @param handler best one that lives long: this is called for each message
    final <S> void message(S to, ReceivedMessage message, BiConsumer<S, ReceivedMessage> handler) {
        try {
            handler.accept(to, message);
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the next message must come
            failed("message", e);
        } finally {
            message.unload();
        }
    }

    /// A handler has thrown.
    final void failed(String name, Throwable cause) {
        failures.incrementAndGet();
        try {
            errors.accept("The handler " + name + " threw " + cause + ": it should catch that itself.", cause);
        } catch (Throwable _) { // a user's too, and there is nobody left to tell
            failures.incrementAndGet();
        }
    }

    /// How often one has thrown.
    final long failures() {
        return failures.get();
    }
}
