package dev.pitot.engine.server;

import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.error.Errno;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Addresses of a server's listeners: the configured address, or all addresses of the allowed families.
final class ListenAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    /// Two attempts of a usual resolver configuration (resolv.conf(5): 5 s, twice).
    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(10);

    /// A few attempts: ports that only UDP uses are rare.
    private static final int MAX_TRIES = 10;

    private ListenAddress() {}

    /// Returns the setup of an additional listener.
    static ListenSetup setup(LocalBinding local, Transport transport) {
        return new ListenSetup(local.family() == AddressFamily.V6, local.device(), transport);
    }

    /// Opens a server's listening socket, also for Multipath TCP (`-m`) where the kernel supports it.
    ///
    /// @param port 0 for a port chosen by the system that is currently not in use for UDP either
    static TcpListener open(LocalBinding local, int port, SessionContext context) throws IOException {
        TcpListener listener = openOnce(local, port, context);
        for (int i = 0; port == 0 && i < MAX_TRIES && !isFreeForUdp(listener.local(), local, context); i++) {
            listener.close();
            listener = openOnce(local, port, context);
        }
        return listener;
    }

    private static boolean isFreeForUdp(InetSocketAddress address, LocalBinding local, SessionContext context) {
        try (UdpListener _ = context.sockets().listenUdp(address, setup(local, Transport.TCP))) {
            return true;
        } catch (IOException _) { // probably in use
            return false;
        }
    }

    private static TcpListener openOnce(LocalBinding local, int port, SessionContext context) throws IOException {
        try {
            return open(local, port, Transport.MULTIPATH_TCP, context);
        } catch (SocketException | UnsupportedOperationException _) { // the reason may also apply to TCP
            return open(local, port, Transport.TCP, context);
        }
    }

    private static TcpListener open(LocalBinding local, int port, Transport transport, SessionContext context)
            throws IOException {
        SocketFamily sockets = context.sockets();
        ListenSetup setup = setup(local, transport);
        if (local.host() != null) {
            var timeout = Deadline.in(RESOLVE_TIMEOUT, context.clock(), () -> false);
            InetAddress address =
                    Resolver.resolve(local.host(), local.family(), timeout).getFirst();
            return sockets.listen(new InetSocketAddress(address, port), setup);
        }
        if (local.family() == AddressFamily.V4) {
            return sockets.listen(wildcard(V4_BYTES, port), setup);
        }
        try {
            return sockets.listen(wildcard(V6_BYTES, port), setup);
        } catch (SocketException e) {
            // a kernel with IPv6 disabled reports EADDRNOTAVAIL
            boolean hasNoV6 = e.errno() == Errno.EAFNOSUPPORT.number() || e.errno() == Errno.EADDRNOTAVAIL.number();
            if (hasNoV6 && local.family() == AddressFamily.ANY) {
                return sockets.listen(wildcard(V4_BYTES, port), setup);
            }
            throw e;
        }
    }

    private static InetSocketAddress wildcard(int bytes, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[bytes]), port);
    }
}
