package dev.pitot.engine.server;

import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where SCTP streams come in: at the port of the server, which for SCTP is another one than for
/// TCP. Open only while a test waits; a thread of its own listens. Safe for any thread.
final class SctpDoor implements AutoCloseable {
    private static final Duration RESOLVE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration JOIN_PATIENCE = Duration.ofMillis(500);

    private final ServerConfig config;
    private final InetSocketAddress address;
    private final Surroundings surroundings;
    private final Consumer<Stranger> onArrival;
    private int guests; // guarded by this
    private @Nullable Thread thread; // guarded by this

    /// @param address where the server listens for TCP
    /// @param onArrival takes connections whose cookie has not been read
    SctpDoor(ServerConfig config, InetSocketAddress address, Surroundings surroundings, Consumer<Stranger> onArrival) {
        this.config = config;
        this.address = address;
        this.surroundings = surroundings;
        this.onArrival = onArrival;
    }

    /// A test begins to wait for its streams.
    ///
    /// @throws IOException if it cannot listen, most likely because the kernel has no SCTP
    void admit() throws IOException {
        admit(transport()); // may ask the resolver, so not under the lock
    }

    private synchronized void admit(Transport transport) throws IOException {
        if (thread == null) {
            TcpListener listener =
                    surroundings.sockets().listen(address, ListenAddress.setup(config.local(), transport));
            thread = Thread.ofPlatform().name("pitot-sctp-door").daemon().start(() -> listen(listener));
        }
        guests++;
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

    /// A test no longer waits.
    synchronized void dismiss() {
        guests--;
    }

    private void listen(TcpListener listener) {
        BooleanSupplier isUnneeded = () -> !isNeeded(listener);
        var patience = Deadline.none(surroundings.clock(), isUnneeded);
        long order = 0;
        try (listener) {
            while (isNeeded(listener)) {
                onArrival.accept(new Stranger(listener.accept(patience), Protocol.SCTP, order++));
            }
        } catch (IOException | RuntimeException | Error e) { // nobody waits, or those who do time out
            MemoryShortage.report(e);
            giveUp();
        }
    }

    /// Whether anybody waits. If not, the listener is closed and the thread must leave: the next
    /// test starts another one.
    private synchronized boolean isNeeded(TcpListener listener) {
        if (guests <= 0) {
            listener.close();
            thread = null;
        }
        return Objects.equals(thread, Thread.currentThread());
    }

    private synchronized void giveUp() {
        if (Objects.equals(thread, Thread.currentThread())) {
            thread = null;
        }
    }

    /// Waits until the thread has left.
    @Override
    public void close() {
        Thread listening;
        synchronized (this) {
            guests = 0;
            listening = thread;
        }
        if (listening != null) {
            try {
                listening.join(JOIN_PATIENCE);
            } catch (InterruptedException _) { // told to the caller
                Thread.currentThread().interrupt();
            }
        }
    }
}
