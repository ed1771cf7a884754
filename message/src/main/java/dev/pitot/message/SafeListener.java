package dev.pitot.message;

import dev.pitot.message.link.ReasonText;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Runs a user's handlers so that one that throws hurts nobody. Any thread.
abstract class SafeListener {
    private final AtomicLong failures = new AtomicLong();
    private final ErrorHandler errors;

    /// Is told what a handler threw.
    @FunctionalInterface
    interface ErrorHandler {
        /// A handler has thrown; may throw itself.
        ///
        /// @param peer whose event it was; null if it was none's
        void error(@Nullable Peer peer, String sentence, Throwable cause);
    }

    /// Runs handlers.
    SafeListener(ErrorHandler errors) {
        this.errors = errors;
    }

    /// Runs a handler of what belongs to no peer.
    ///
    /// @param name of it, for people
    final void run(String name, Runnable handler) {
        run(null, name, handler);
    }

    /// Runs a handler.
    ///
    /// @param peer whose event it is; null if it is none's
    /// @param name of it, for people
    final void run(@Nullable Peer peer, String name, Runnable handler) {
        try {
            handler.run();
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the endpoint must go on
            failed(peer, name, e);
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
            failed(to instanceof Peer peer ? peer : null, "message", e);
        } finally {
            message.unload();
        }
    }

    /// A handler has thrown.
    final void failed(@Nullable Peer peer, String name, Throwable cause) {
        failures.incrementAndGet();
        try {
            errors.error(
                    peer,
                    "The handler " + name + " failed (" + ReasonText.of(cause) + "): it should catch that itself.",
                    cause);
        } catch (Throwable _) { // a user's too, and there is nobody left to tell
            failures.incrementAndGet();
        }
    }

    /// How often one has thrown.
    final long failures() {
        return failures.get();
    }
}
