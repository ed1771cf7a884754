package dev.pitot.socket;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Setups and addresses used by many tests.
final class Setups {
    static final InetSocketAddress LOOPBACK = at("127.0.0.1", 0);
    static final InetSocketAddress LOOPBACK_V6 = at("::1", 0);
    static final InetSocketAddress ANYWHERE_V6 = at("::", 0);
    static final ListenSetup ONLY_V6 = new ListenSetup(true, null, Transport.TCP);

    /// Default settings, 1000-byte datagrams.
    static final UdpSetup UDP =
            udp(SocketSettings.DEFAULT, new UdpSetup.Datagrams(1000, new DatagramSettings(false, false, Offload.OFF)));

    private Setups() {}

    static TcpSetup tcp(@Nullable InetSocketAddress local, SocketSettings settings) {
        return new TcpSetup(local, null, settings, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
    }

    static TcpSetup tcp(Transport transport) {
        return new TcpSetup(null, null, SocketSettings.DEFAULT, TcpSetup.Liveness.DEFAULT, Pacing.NONE, transport);
    }

    static UdpSetup udp(SocketSettings settings, UdpSetup.Datagrams datagrams) {
        return new UdpSetup(null, null, settings, datagrams, Pacing.NONE);
    }

    static UdpSetup udpAt(InetSocketAddress local) {
        return new UdpSetup(local, null, UDP.settings(), UDP.datagrams(), Pacing.NONE);
    }

    /// @param literal address literal
    static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }
}
