package dev.pitot.engine;

import dev.pitot.engine.server.IperfServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Running server. Safe for any thread.
public final class Server implements AutoCloseable {
    private final IperfServer server;

    Server(IperfServer server) {
        this.server = server;
    }

    /// Port on which the server listens.
    public int port() {
        return server.port();
    }

    /// Ends running tests with partial results, and then the server, soon.
    ///
    /// @param reason text for the report, for example the name of a signal
    public void stop(@Nullable String reason) {
        server.stop(reason);
    }

    /// Waits until the server has ended, because it was stopped or has run its single test, and then up
    /// to [ClientRun#LISTENER_TIMEOUT] until its listeners have received all events. Must not be called by a
    /// listener, which would wait for itself.
    ///
    /// @throws IllegalStateException if the engine itself failed
    public void await() throws InterruptedException {
        server.await();
        var _ = server.announcer().awaitDelivery(ClientRun.LISTENER_TIMEOUT);
        Throwable failure = server.failure();
        if (failure != null) {
            throw new IllegalStateException("the engine failed", failure);
        }
    }

    /// Delivery status of each listener, in the order in which they were added.
    public List<ListenerStatus> listenerStatuses() {
        return server.announcer().deliveryStatus().stream()
                .map(ListenerStatus::new)
                .toList();
    }

    /// Exception that a listener threw, after which it received no more events; null if none did. If
    /// several did, the first in the order of registration.
    public @Nullable Throwable listenerFailure() {
        return server.announcer().failure();
    }

    /// Number of events of the server and of its finished tests that were dropped because listeners were
    /// too slow, summed over all listeners.
    public long droppedEvents() {
        return server.announcer().dropped();
    }

    /// Ends the server. When this returns, its sockets and threads are released. Does not wait for
    /// listeners.
    @Override
    public void close() {
        server.close();
    }
}
