package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;

/// Listener for SCTP streams: at the server's port number, which SCTP does not share with TCP. Open only
/// while a test waits. Safe for any thread.
final class SctpStreamListener implements AutoCloseable {
    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SLICE = Duration.ofMillis(WaitPolicy.MAX_SLICE_MILLIS);

    private final ServerConfig config;
    private final InetSocketAddress address;
    private final SessionContext context;
    private final Consumer<AcceptedConnection<TcpConnection>> onAccepted;
    private final ListenerThread<TcpListener> listening;
    private long order; // used by the listener's thread only

    /// @param address where the server listens for TCP
    /// @param onAccepted receives connections whose cookie has not been read
    SctpStreamListener(
            ServerConfig config,
            InetSocketAddress address,
            SessionContext context,
            Consumer<AcceptedConnection<TcpConnection>> onAccepted) {
        this.config = config;
        this.address = address;
        this.context = context;
        this.onAccepted = onAccepted;
        listening = new ListenerThread<>("pitot-sctp-listener", this::accept);
    }

    /// Adds a test that waits for its streams.
    ///
    /// @throws IOException if the socket cannot be opened, most likely because the kernel has no SCTP
    void admit(ListenerThread.Waiting test) throws IOException {
        Transport transport = transport(); // may call the resolver, so not under the lock
        ListenSetup setup = ListenAddress.setup(config.local(), transport);
        listening.add(test, () -> context.sockets().listen(address, setup));
    }

    /// Removes a test.
    void dismiss(ListenerThread.Waiting test) {
        listening.remove(test);
    }

    private Transport transport() throws IOException {
        var timeout = Deadline.in(RESOLVE_TIMEOUT, context.clock(), () -> false);
        var addresses = new ArrayList<InetSocketAddress>();
        for (String name : config.local().sctp().addresses()) {
            addresses.add(new InetSocketAddress(
                    Resolver.resolve(name, config.local().family(), timeout).getFirst(), address.getPort()));
        }
        return new Transport.Sctp(config.local().sctp().streams(), addresses);
    }

    private void accept(TcpListener listener) throws IOException {
        TcpConnection connection;
        try {
            connection = listener.accept(Deadline.in(SLICE, context.clock(), () -> false));
        } catch (SocketTimeoutException _) { // no connection yet
            return;
        }
        onAccepted.accept(new AcceptedConnection<>(connection, Protocol.SCTP, order++));
    }

    /// Waits until the thread has ended.
    @Override
    public void close() {
        listening.close();
    }
}
