package dev.pitot.model.event;

import org.jspecify.annotations.Nullable;

/// Event that concerns a server as a whole. A minor version may add types: a `switch` over events needs a `default`.
public sealed interface ServerEvent {
    /// The server waits for clients: at its start, and whenever its last running test has ended.
    ///
    /// @param port port it listens on
    /// @param testNumber number of the next test, from 1
    record Listening(int port, int testNumber) implements ServerEvent {}

    /// Connections were rejected or lost before they became a test, or the report of a test was
    /// lost. The first one for each reason is reported at once, those that follow within ten
    /// seconds in one event, so that many connections do not cause many events.
    ///
    /// @param text message with reason, source address and period
    /// @param count number of connections, at least 1
    /// @param cause exception of the first connection for a reason; null if there was none, and in
    ///     the events that follow
    record ConnectionDropped(
            String text, long count, @Nullable Throwable cause) implements ServerEvent {
        /// @throws IllegalArgumentException if `count` is below 1
        public ConnectionDropped {
            requireSome(count);
        }

        /// Dropped connections without an exception.
        public ConnectionDropped(String text, long count) {
            this(text, count, null);
        }

        /// A single dropped connection.
        public ConnectionDropped(String text) {
            this(text, 1);
        }
    }

    /// Tests ended before the ends agreed on parameters: the client was refused or disconnected.
    /// Each of them is also reported to its own listener; this event identifies the clients, and is
    /// rate-limited like [ConnectionDropped].
    ///
    /// @param text message with reason, source address and period
    /// @param count number of tests, at least 1
    record TestRefused(String text, long count) implements ServerEvent {
        /// @throws IllegalArgumentException if `count` is below 1
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
