package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Tests flow labels by the kernel's list of labels in use.
@OnLinux
class FlowLabelTest {
    private static final InetSocketAddress LOOPBACK_V6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
    private static final Path IN_USE = Path.of("/proc/net/ip6_flowlabel");
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;

    private final LinuxFamily family = new LinuxFamily();

    @Test
    void aTcpConnectionHasItsLabel() throws IOException {
        var setup = new TcpSetup(null, null, labelled(0x12341), TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
        try (TcpListener listener = family.listen(LOOPBACK_V6, ListenSetup.DEFAULT);
                TcpConnection client = family.connect(listener.local(), setup, PLENTY);
                TcpConnection server = listener.accept(PLENTY)) {
            server.apply(setup); // an accepted connection keeps its label

            assertThat(Files.readString(IN_USE)).contains("12341").contains("00000000000000000000000000000001");
            client.send(ByteBuffer.allocateDirect(1));
            assertThat(server.receive(ByteBuffer.allocateDirect(1))).isEqualTo(1);
        }
    }

    @Test
    void aUdpConnectionHasItsLabelAndSoHasItsAnswer() throws IOException {
        var datagrams = new UdpSetup.Datagrams(100, new DatagramSettings(false, false, Offload.OFF));
        var there = new UdpSetup(null, null, labelled(0x12342), datagrams, Pacing.NONE);
        var back = new UdpSetup(null, null, labelled(0x12343), datagrams, Pacing.NONE);
        ByteBuffer datagram = ByteBuffer.allocateDirect(1);
        try (UdpListener listener = family.listenUdp(LOOPBACK_V6, ListenSetup.DEFAULT);
                UdpConnection client = family.connectUdp(listener.local(), there)) {
            client.send(datagram);
            InetSocketAddress sender = Objects.requireNonNull(listener.receive(datagram.clear()));
            try (UdpConnection server = listener.connect(sender, back)) {
                server.send(datagram.clear());

                assertThat(client.receive(datagram.clear())).isEqualTo(1);
                assertThat(Files.readString(IN_USE)).contains("12342").contains("12343");
            }
        }
    }

    @Test
    void theAddressCarriesTheLabel() throws IOException {
        Descriptor socket = SocketCalls.open(SocketAddresses.AF_INET6, SocketCalls.SOCK_DGRAM, 0);
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = SocketAddresses.encode(LOOPBACK_V6, arena);

            FlowLabel.use(fd, 0x12345, address);

            assertThat(address.get(SocketAddresses.NETWORK_INT, 4)).isEqualTo(0x12345); // sin6_flowinfo
            assertThat(SocketAddresses.decode(address)).isEqualTo(LOOPBACK_V6);
        } finally {
            socket.release(fd);
            socket.close();
        }
    }

    @Test
    void anIpv4AddressHasNoRoomForIt() {
        var v4 = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
        var setup = new UdpSetup(
                null,
                null,
                labelled(1),
                new UdpSetup.Datagrams(100, new DatagramSettings(false, false, Offload.OFF)),
                Pacing.NONE);

        assertThatThrownBy(() -> family.connectUdp(v4, setup))
                .isInstanceOf(SocketException.class)
                .hasMessage("Address family not supported by protocol")
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.SET_FLOW_LABEL);
    }

    private static SocketSettings labelled(int label) {
        return new SocketSettings(0, 0, false, 0, null, label);
    }
}
