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

/// Socket family in use, with a warning if it is a fallback. Where Linux sockets were expected but cannot
/// be used, the warning is the first event of each test's listeners. Any thread may use it.
///
/// @param family the socket family in use
/// @param warning null if the family is the best on this system, or was chosen by the program
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

    /// Sends the warning, if any, as the first event. Called on the listener's thread.
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
