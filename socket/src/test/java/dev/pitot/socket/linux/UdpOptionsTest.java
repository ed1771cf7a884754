package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Checks options in the kernel after they were set.
@OnLinux
class UdpOptionsTest {
    private static final InetSocketAddress V4 = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private static final InetSocketAddress V6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 9);
    private static final UdpSetup.Datagrams USUAL =
            new UdpSetup.Datagrams(1000, new DatagramSettings(false, false, Offload.OFF));
    private static final UdpSetup.Datagrams WHOLE =
            new UdpSetup.Datagrams(1000, new DatagramSettings(false, true, Offload.OFF));
    private static final int SMALL = 4096;

    private Descriptor v4;
    private Descriptor v6;

    @BeforeEach
    void open() throws IOException {
        v4 = SocketCalls.open(SocketAddresses.AF_INET, SocketCalls.SOCK_DGRAM, 0);
        v6 = SocketCalls.open(SocketAddresses.AF_INET6, SocketCalls.SOCK_DGRAM, 0);
    }

    @AfterEach
    void close() {
        v4.close();
        v6.close();
    }

    @Test
    void fragmentsAreForbiddenToIpv4Only() throws IOException {
        int fd = v4.acquire();
        int other = v6.acquire();
        long usual = SocketOptions.get(other, SocketOptions.IPPROTO_IP, SocketOptions.IP_MTU_DISCOVER);

        UdpOptions.apply(fd, setup(SocketSettings.DEFAULT, WHOLE), V4);
        UdpOptions.apply(other, setup(SocketSettings.DEFAULT, WHOLE), V6);

        assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_MTU_DISCOVER))
                .isEqualTo(SocketOptions.IP_PMTUDISC_DO);
        assertThat(SocketOptions.get(other, SocketOptions.IPPROTO_IP, SocketOptions.IP_MTU_DISCOVER))
                .isEqualTo(usual);
        v4.release(fd);
        v6.release(other);
    }

    @Test
    void typesOfServiceAreThoseOfTheIpVersion() throws IOException {
        var settings = new SocketSettings(0, 0, false, 0x28, null);
        int fd = v4.acquire();
        int other = v6.acquire();

        UdpOptions.apply(fd, setup(settings, USUAL), V4);
        UdpOptions.apply(other, setup(settings, USUAL), V6);

        assertThat(SocketOptions.get(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_TOS))
                .isEqualTo(0x28);
        assertThat(SocketOptions.get(other, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS))
                .isEqualTo(0x28);
        v4.release(fd);
        v6.release(other);
    }

    @Test
    void buffersAreRaisedSoThatABlockFits() throws IOException {
        int fd = v4.acquire();
        SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF, SMALL);
        SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF, SMALL);

        UdpOptions.apply(
                fd,
                setup(
                        SocketSettings.DEFAULT,
                        new UdpSetup.Datagrams(60_000, new DatagramSettings(false, false, Offload.OFF))),
                V4);

        assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF))
                .isGreaterThanOrEqualTo(60_000);
        assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF))
                .isGreaterThanOrEqualTo(60_000);
        v4.release(fd);
    }

    @Test
    void buffersThatAreLargeEnoughStayAsTheyAre() throws IOException {
        int fd = v4.acquire();
        long before = SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF);

        UdpOptions.apply(fd, setup(SocketSettings.DEFAULT, USUAL), V4);

        assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_SNDBUF))
                .isEqualTo(before);
        v4.release(fd);
    }

    @Test
    void aReceiverGetsAsMuchOfTheDefaultAsTheKernelGrants() throws IOException {
        int fd = v4.acquire();
        int trial = v6.acquire();
        int wanted = UdpSetup.DEFAULT_RECEIVE_BYTES;
        long usual = SocketOptions.get(trial, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF);
        SocketOptions.set(trial, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF, wanted);
        long granted = SocketOptions.get(trial, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF);

        UdpOptions.apply(fd, setup(SocketSettings.DEFAULT, USUAL), V4);

        assertThat(SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVBUF))
                .isEqualTo(Math.max(usual, granted));
        v4.release(fd);
        v6.release(trial);
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        var setup = new UdpSetup(null, "nonesuch0", SocketSettings.DEFAULT, USUAL, Pacing.NONE);
        int fd = v4.acquire();

        assertThatThrownBy(() -> UdpOptions.apply(fd, setup, V4))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BIND_DEVICE);
        v4.release(fd);
    }

    private static UdpSetup setup(SocketSettings settings, UdpSetup.Datagrams datagrams) {
        return new UdpSetup(null, null, settings, datagrams, Pacing.NONE);
    }
}
