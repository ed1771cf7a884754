package dev.pitot.model.event;

import org.jspecify.annotations.Nullable;

/// Something that happened to a server as a whole.
public sealed interface ServerEvent {
    /// The server waits for clients: at its start, and each time when its last running test has
    /// ended.
    ///
    /// @param port where
    /// @param testNumber of the next test, from 1
    record Listening(int port, int testNumber) implements ServerEvent {}

    /// Connections were turned away or lost before they became a test, or the report of a test was
    /// lost. Of each reason the first is told at once, and what follows within ten seconds in one
    /// event: a thousand connections a second are no flood of events.
    ///
    /// @param text why, from where and in what time, for a person
    /// @param count how many, at least 1
    /// @param cause what was thrown for the first of a reason; null where nothing was, and of those that follow
    record ConnectionDropped(
            String text, long count, @Nullable Throwable cause) implements ServerEvent {
        public ConnectionDropped {
            requireSome(count);
        }

        /// Some for which nothing was thrown.
        public ConnectionDropped(String text, long count) {
            this(text, count, null);
        }

        /// A single one.
        public ConnectionDropped(String text) {
            this(text, 1);
        }
    }

    /// Tests ended before the ends agreed on them: the client was refused, or went away. Each of
    /// them is also told to the listener of its own; this is who they were, told in the manner of
    /// [ConnectionDropped].
    ///
    /// @param text why, from where and in what time, for a person
    /// @param count how many, at least 1
    record TestRefused(String text, long count) implements ServerEvent {
        public TestRefused {
            requireSome(count);
        }
    }

    private static void requireSome(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("count below 1: " + count);
        }
    }
}
