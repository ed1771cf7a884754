package dev.pitot.engine;

import dev.pitot.engine.server.TestServer;
import org.jspecify.annotations.Nullable;

/// A server under way. Safe for any thread.
public final class Server implements AutoCloseable {
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

    /// What the server's listener threw, after which it was told nothing more; null if nothing.
    public @Nullable Throwable listenerFailure() {
        return server.announcer().failure();
    }

    /// Events of the server that a slow listener missed.
    public long droppedEvents() {
        return server.announcer().dropped();
    }

    /// Ends the server; its sockets and threads are free when this returns. Does not wait for
    /// listeners.
    @Override
    public void close() {
        server.close();
    }
}
