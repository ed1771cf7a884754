package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;

/// Listener for SCTP streams: at the server's port number, which SCTP does not share with TCP. Open only
/// while a test waits. Safe for any thread.
final class SctpDoor implements AutoCloseable {
    private static final Duration RESOLVE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration SLICE = Duration.ofMillis(Patience.MAX_SLICE_MILLIS);

    private final ServerConfig config;
    private final InetSocketAddress address;
    private final Surroundings surroundings;
    private final Consumer<Arrival<TcpConnection>> onArrival;
    private final ListenerThread<TcpListener> listening;
    private long order; // used by the listener's thread only

    /// @param address where the server listens for TCP
    /// @param onArrival receives connections whose cookie has not been read
    SctpDoor(
            ServerConfig config,
            InetSocketAddress address,
            Surroundings surroundings,
            Consumer<Arrival<TcpConnection>> onArrival) {
        this.config = config;
        this.address = address;
        this.surroundings = surroundings;
        this.onArrival = onArrival;
        listening = new ListenerThread<>("pitot-sctp-door", this::accept);
    }

    /// Adds a test that waits for its streams.
    ///
    /// @throws IOException if the socket cannot be opened, most likely because the kernel has no SCTP
    void admit(ListenerThread.Waiting test) throws IOException {
        Transport transport = transport(); // may call the resolver, so not under the lock
        ListenSetup setup = ListenAddress.setup(config.local(), transport);
        listening.add(test, () -> surroundings.sockets().listen(address, setup));
    }

    /// Removes a test.
    void dismiss(ListenerThread.Waiting test) {
        listening.remove(test);
    }

    private Transport transport() throws IOException {
        var patience = Deadline.in(RESOLVE_PATIENCE, surroundings.clock(), () -> false);
        var addresses = new ArrayList<InetSocketAddress>();
        for (String name : config.local().sctp().addresses()) {
            addresses.add(new InetSocketAddress(
                    Resolver.resolve(name, config.local().family(), patience).getFirst(), address.getPort()));
        }
        return new Transport.Sctp(config.local().sctp().streams(), addresses);
    }

    private void accept(TcpListener listener) throws IOException {
        TcpConnection connection;
        try {
            connection = listener.accept(Deadline.in(SLICE, surroundings.clock(), () -> false));
        } catch (SocketTimeoutException _) { // no connection yet
            return;
        }
        onArrival.accept(new Arrival<>(connection, Protocol.SCTP, order++));
    }

    /// Waits until the thread has ended.
    @Override
    public void close() {
        listening.close();
    }
}
