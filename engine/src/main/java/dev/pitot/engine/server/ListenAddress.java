package dev.pitot.engine.server;

import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Where a server listens: at the given address, or else at every address of the allowed
/// families.
final class ListenAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    /// Linux: address family not supported by protocol.
    private static final int EAFNOSUPPORT = 97;

    /// Linux: cannot assign requested address; a kernel whose IPv6 is switched off says so.
    private static final int EADDRNOTAVAIL = 99;

    /// Two tries of a usual resolver configuration (resolv.conf(5): 5 s, twice).
    private static final Duration RESOLVE_PATIENCE = Duration.ofSeconds(10);

    private ListenAddress() {}

    /// How a listener of one kind is opened.
    @FunctionalInterface
    interface Opening<L> {
        L open(InetSocketAddress address, ListenSetup setup) throws IOException;
    }

    /// For connections of a transport.
    static TcpListener ofStreams(LocalEnd local, int port, Transport transport, Surroundings surroundings)
            throws IOException {
        return open(local, port, transport, surroundings.sockets()::listen, surroundings);
    }

    /// For datagrams.
    static UdpListener ofDatagrams(LocalEnd local, int port, Surroundings surroundings) throws IOException {
        return open(local, port, Transport.TCP, surroundings.sockets()::listenUdp, surroundings);
    }

    private static <L> L open(
            LocalEnd local, int port, Transport transport, Opening<L> opening, Surroundings surroundings)
            throws IOException {
        var setup = new ListenSetup(false, local.device(), transport);
        if (local.host() != null) {
            var patience = Deadline.in(RESOLVE_PATIENCE, surroundings.clock(), () -> false);
            InetAddress address =
                    Resolver.resolve(local.host(), local.family(), patience).getFirst();
            return opening.open(new InetSocketAddress(address, port), setup);
        }
        if (local.family() == AddressFamily.V4) {
            return opening.open(wildcard(V4_BYTES, port), setup);
        }
        try {
            boolean onlyV6 = local.family() == AddressFamily.V6;
            return opening.open(wildcard(V6_BYTES, port), new ListenSetup(onlyV6, local.device(), transport));
        } catch (SocketException e) {
            boolean hasNoV6 = e.errno() == EAFNOSUPPORT || e.errno() == EADDRNOTAVAIL;
            if (hasNoV6 && local.family() == AddressFamily.ANY) {
                return opening.open(wildcard(V4_BYTES, port), setup);
            }
            throw e;
        }
    }

    private static InetSocketAddress wildcard(int bytes, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[bytes]), port);
    }
}
