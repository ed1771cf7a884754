package dev.pitot.socket.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/// Checks options in the channel after they were set.
class ChannelOptionsTest {
    private static final InetSocketAddress V4 = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private static final InetSocketAddress V6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 9);
    private static final UdpSetup.Datagrams WHOLE =
            new UdpSetup.Datagrams(1000, new DatagramSettings(false, true, Offload.OFF));

    @Test
    void keepAliveIsSet() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assumeTrue(TcpChannelOptions.hasKeepAlive(channel));

            TcpChannelOptions.apply(channel, keepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 4));

            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                    .isEqualTo(5);
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
        }
    }

    @Test
    void keepAliveMayLeaveItsTimesToTheSystem() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assumeTrue(TcpChannelOptions.hasKeepAlive(channel));
            int usual = channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);

            TcpChannelOptions.apply(channel, keepAlive(Duration.ZERO, Duration.ZERO, 0));

            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(usual);
        }
    }

    private static TcpSetup keepAlive(Duration idle, Duration interval, int count) {
        var liveness = new TcpSetup.Liveness(Duration.ZERO, new KeepAlive(idle, interval, count));
        return new TcpSetup(null, null, SocketSettings.DEFAULT, liveness, Pacing.NONE, Transport.TCP);
    }

    @Test
    void fragmentsAreForbiddenToIpv4Only() throws IOException {
        try (DatagramChannel v4 = DatagramChannel.open(StandardProtocolFamily.INET);
                DatagramChannel v6 = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            assumeTrue(v4.supportedOptions().contains(ExtendedSocketOptions.IP_DONTFRAGMENT));

            UdpChannelOptions.apply(v4, udp(SocketSettings.DEFAULT), V4);
            UdpChannelOptions.apply(v6, udp(SocketSettings.DEFAULT), V6);

            assertThat(v4.getOption(ExtendedSocketOptions.IP_DONTFRAGMENT)).isTrue();
            assertThat(v6.getOption(ExtendedSocketOptions.IP_DONTFRAGMENT)).isFalse();
        }
    }

    @Test
    void udpTakesATypeOfService() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            UdpChannelOptions.apply(channel, udp(new SocketSettings(0, 0, false, 0x28, null)), V4);

            assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x28);
        }
    }

    @Test
    void udpBuffersAreRaisedAndNeverLowered() throws IOException {
        try (DatagramChannel usual = DatagramChannel.open();
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            UdpChannelOptions.apply(channel, udp(SocketSettings.DEFAULT), V4);

            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF))
                    .isGreaterThanOrEqualTo(usual.getOption(StandardSocketOptions.SO_RCVBUF));
            assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF))
                    .isGreaterThanOrEqualTo(usual.getOption(StandardSocketOptions.SO_SNDBUF));
        }
    }

    private static UdpSetup udp(SocketSettings settings) {
        return new UdpSetup(null, null, settings, WHOLE, Pacing.NONE);
    }
}
