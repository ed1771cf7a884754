package dev.pitot.engine.server;

import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Resolver;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpListener;
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

    static TcpListener open(LocalEnd local, int port, Surroundings surroundings) throws IOException {
        SocketFamily sockets = surroundings.sockets();
        if (local.host() != null) {
            var patience = Deadline.in(RESOLVE_PATIENCE, surroundings.clock(), () -> false);
            InetAddress address =
                    Resolver.resolve(local.host(), local.family(), patience).getFirst();
            return sockets.listen(new InetSocketAddress(address, port), false);
        }
        if (local.family() == AddressFamily.V4) {
            return sockets.listen(wildcard(V4_BYTES, port), false);
        }
        try {
            return sockets.listen(wildcard(V6_BYTES, port), local.family() == AddressFamily.V6);
        } catch (SocketException e) {
            boolean hasNoV6 = e.errno() == EAFNOSUPPORT || e.errno() == EADDRNOTAVAIL;
            if (hasNoV6 && local.family() == AddressFamily.ANY) {
                return sockets.listen(wildcard(V4_BYTES, port), false);
            }
            throw e;
        }
    }

    private static InetSocketAddress wildcard(int bytes, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[bytes]), port);
    }
}
