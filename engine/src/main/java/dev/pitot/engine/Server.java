package dev.pitot.engine;

import dev.pitot.engine.server.TestServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server under way. Safe for any thread.
public final class Server implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final TestServer server;

    Server(TestServer server) {
        this.server = server;
    }

    /// Where it listens.
    public int port() {
        return server.port();
    }

    /// Ends running tests with their partial results, and the server, soon.
    ///
    /// @param reason for people, for example the name of a signal
    public void stop(@Nullable String reason) {
        server.stop(reason);
    }

    /// Waits until the server has ended, because it was stopped or had its one test, and
    /// listeners have been told everything.
    public void await() throws InterruptedException {
        server.await();
    }

    /// Ends the server; its sockets and threads are free when this returns.
    @Override
    public void close() {
        server.stop(null);
        try {
            server.await(CLOSE_PATIENCE);
        } catch (InterruptedException _) { // told to the caller
            Thread.currentThread().interrupt();
        }
    }
}
