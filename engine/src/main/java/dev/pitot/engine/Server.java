package dev.pitot.engine;

import dev.pitot.engine.server.TestServer;
import java.util.List;
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

    /// Waits until the server has ended, because it was stopped or had its one test, and 5 s at most
    /// until its listeners have been told everything; not to be called
    /// by a listener, which would wait for itself.
    ///
    /// @throws IllegalStateException if the engine itself failed
    public void await() throws InterruptedException {
        server.await();
        var _ = server.announcer().awaitDelivery(Run.LISTENER_PATIENCE);
        Throwable failure = server.failure();
        if (failure != null) {
            throw new IllegalStateException("the engine failed", failure);
        }
    }

    /// How each listener gets on, in the order in which they were given.
    public List<Hearing> hearings() {
        return server.announcer().heard().stream().map(Hearing::new).toList();
    }

    /// What a listener threw, after which it was told nothing more; null if none did. Of several,
    /// the first.
    public @Nullable Throwable listenerFailure() {
        return server.announcer().failure();
    }

    /// Events of the server, and of its tests that are over, that slow listeners missed, added
    /// up.
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
