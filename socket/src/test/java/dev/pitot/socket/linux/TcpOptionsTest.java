package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Checks options in the kernel after they were set.
@OnLinux
class TcpOptionsTest {
    private static final TcpSetup SETUP = new TcpSetup(
            null,
            null,
            new SocketSettings(0, 0, true, 0x28, "reno"),
            new TcpSetup.Liveness(
                    Duration.ofSeconds(5), new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 4)),
            Pacing.NONE.withFairQueueRate(new Bitrate(80_000_000_000L)), // more bytes a second than an int holds
            Transport.TCP);
    private static final int SOCK_STREAM = 1;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void areSetOnAnIpv4Socket() throws IOException {
        try (Descriptor socket = open(SocketAddresses.AF_INET)) {
            int fd = socket.acquire();
            TcpOptions.apply(fd, SETUP, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));

            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_NODELAY))
                    .isEqualTo(1);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_USER_TIMEOUT))
                    .isEqualTo(5000);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_TOS))
                    .isEqualTo(0x28);
            assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_KEEPALIVE))
                    .isEqualTo(1);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_KEEPIDLE))
                    .isEqualTo(30);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_KEEPINTVL))
                    .isEqualTo(5);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_KEEPCNT))
                    .isEqualTo(4);
            assertThat(pacingBytesPerSecond(fd)).isEqualTo(10_000_000_000L);
            socket.release(fd);
        }
    }

    @Test
    void anIpv6SocketToAnIpv4PeerGetsBothTypesOfService() throws IOException {
        try (Descriptor socket = open(SocketAddresses.AF_INET6)) {
            int fd = socket.acquire();
            TcpOptions.apply(fd, SETUP, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));

            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS))
                    .isEqualTo(0x28);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_TOS))
                    .isEqualTo(0x28);
            socket.release(fd);
        }
    }

    @Test
    void whatIsAbsentIsLeftToTheSystem() throws IOException {
        var nothing =
                new TcpSetup(null, null, SocketSettings.DEFAULT, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
        try (Descriptor socket = open(SocketAddresses.AF_INET)) {
            int fd = socket.acquire();
            TcpOptions.apply(fd, nothing, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));

            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_NODELAY))
                    .isZero();
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_TOS))
                    .isZero();
            assertThat(pacingBytesPerSecond(fd)).isEqualTo(-1); // no limit
            assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_KEEPALIVE))
                    .isZero();
            socket.release(fd);
        }
    }

    @Test
    void theTrafficClassOfAListenerDoesNotStay() throws IOException {
        var nothing =
                new TcpSetup(null, null, SocketSettings.DEFAULT, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
        try (Descriptor socket = open(SocketAddresses.AF_INET6)) {
            int fd = socket.acquire();
            SocketOptions.set(fd, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS, 0x28); // as after accept

            TcpOptions.apply(fd, nothing, new InetSocketAddress(InetAddress.ofLiteral("::1"), 1));

            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS))
                    .isZero();
            socket.release(fd);
        }
    }

    @Test
    void keepAliveMayLeaveItsTimesToTheSystem() throws IOException {
        var setup = new TcpSetup(
                null,
                null,
                SocketSettings.DEFAULT,
                new TcpSetup.Liveness(Duration.ZERO, KeepAlive.DEFAULT),
                Pacing.NONE,
                Transport.TCP);
        try (Descriptor socket = open(SocketAddresses.AF_INET)) {
            int fd = socket.acquire();
            long usual = SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_KEEPIDLE);
            TcpOptions.apply(fd, setup, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));

            assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_KEEPALIVE))
                    .isEqualTo(1);
            assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_KEEPIDLE))
                    .isEqualTo(usual);
            socket.release(fd);
        }
    }

    private Descriptor open(int domain) throws IOException {
        return new Descriptor(
                SystemError.check(SystemCall.SOCKET.call(SystemCall.errno(arena), domain, SOCK_STREAM, 0)));
    }

    private long pacingBytesPerSecond(int fd) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
        SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_MAX_PACING_RATE, value);
        return value.get(ValueLayout.JAVA_LONG, 0);
    }
}
