package dev.pitot.engine;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The socket family of a program that names none. Where Linux sockets were to be expected and cannot be
/// used, each test's listeners hear of it first, as a warning. Any thread may use it.
///
/// @param family the one that is used
/// @param warning null if it is the best that this system has
record SocketFallback(SocketFamily family, @Nullable String warning) {
    /// @param chosen null to take the best family that works here
    static SocketFallback of(@Nullable SocketFamily chosen) {
        if (chosen != null) {
            return new SocketFallback(chosen, null);
        }
        String reason = SocketFamilies.fallbackReason();
        return new SocketFallback(
                SocketFamilies.best(),
                reason == null
                        ? null
                        : "portable sockets are used, which have fewer options and statistics: the linux socket"
                                + " family " + reason);
    }

    /// Called on the listener's thread before anything else happens in its test.
    TestListener warned(TestListener listener) {
        if (warning != null) {
            listener.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, warning));
        }
        return listener;
    }

    ServerListener warned(ServerListener listener) {
        return warning == null ? listener : new Warned(listener, this::warned);
    }

    private record Warned(ServerListener listener, UnaryOperator<TestListener> warning) implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            listener.onServerEvent(event);
        }

        @Override
        public TestListener onTest(int testNumber) {
            return warning.apply(listener.onTest(testNumber));
        }

        @Override
        public TestListener onTest(int testNumber, Endpoint client) {
            return warning.apply(listener.onTest(testNumber, client));
        }
    }
}
