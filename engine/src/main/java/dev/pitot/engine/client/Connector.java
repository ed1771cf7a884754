package dev.pitot.engine.client;

import dev.pitot.engine.session.Resolver;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpSetup;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens a client's connections: the control connection to the first address of the server that
/// answers, the data connections to that same address.
final class Connector {
    private final ClientConfig config;
    private final SocketFamily family;

    Connector(ClientConfig config, SocketFamily family) {
        this.config = config;
        this.family = family;
    }

    /// The control connection.
    ///
    /// @throws IOException of the last address that was tried
    TcpConnection openControl(Patience patience) throws IOException {
        List<InetAddress> addresses =
                Resolver.resolve(config.server().host(), config.local().family(), patience);
        IOException last = new UnknownHostException(config.server().host());
        for (InetAddress address : addresses) {
            try {
                var remote = new InetSocketAddress(address, config.server().port());
                return family.connect(remote, controlSetup(address, patience), patience);
            } catch (SocketException e) { // the next address may answer
                last = e;
            }
        }
        throw last;
    }

    private TcpSetup controlSetup(InetAddress remote, Patience patience) throws IOException {
        return new TcpSetup(
                local(remote, 0, patience),
                null,
                TcpSetup.CONTROL.settings(),
                config.timeouts().send(),
                Bitrate.UNLIMITED);
    }

    /// A data connection.
    ///
    /// @param index of the stream, from 0
    TcpConnection openData(InetSocketAddress remote, int index, Patience patience) throws IOException {
        TestConfig test = config.test();
        int firstPort = config.local().clientPort();
        var setup = new TcpSetup(
                local(remote.getAddress(), firstPort == 0 ? 0 : firstPort + index, patience),
                null,
                test.streams().socket(),
                config.timeouts().send(),
                test.streams().pacing().fairQueueRate());
        return family.connect(remote, setup, patience);
    }

    /// Where to bind, of the same IP version as the server's address; null for anywhere.
    private @Nullable InetSocketAddress local(InetAddress remote, int port, Patience patience) throws IOException {
        LocalEnd local = config.local();
        if (local.host() == null) {
            return port == 0 ? null : new InetSocketAddress(wildcardLike(remote), port);
        }
        for (InetAddress address : Resolver.resolve(local.host(), local.family(), patience)) {
            if (address instanceof Inet6Address == remote instanceof Inet6Address) {
                return new InetSocketAddress(address, port);
            }
        }
        throw new UnknownHostException("Address family for hostname not supported");
    }

    private static InetAddress wildcardLike(InetAddress remote) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[remote.getAddress().length]);
    }
}
