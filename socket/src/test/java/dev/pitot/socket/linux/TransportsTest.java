package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/// Streams other than plain TCP, if the running kernel supports them.
@OnLinux
class TransportsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;
    private static final int IPPROTO_SCTP = 132;
    private static final int IPPROTO_MPTCP = 262;

    private final LinuxFamily family = new LinuxFamily();

    @Test
    void bytesTravelOverMultipathTcp() throws IOException {
        assumeTrue(kernelHas(IPPROTO_MPTCP));

        try (TcpListener listener = listen(Transport.MULTIPATH_TCP);
                TcpConnection client = connect(listener.local(), Transport.MULTIPATH_TCP);
                TcpConnection server = listener.accept(PLENTY)) {
            assertThat(openMultipathSockets()).isGreaterThanOrEqualTo(3);
            assertExchange(client, server);
            assertExchange(server, client);
            client.send(ByteBuffer.allocateDirect(100));
            assertThat(server.discard(60)).isEqualTo(60);
            assertThat(server.discard(60)).isEqualTo(40);
            client.shutdown();
            assertThat(server.discard(1)).isEqualTo(-1);
        }
    }

    @Test
    void multipathTcpTellsWhatTcpTells() throws IOException {
        assumeTrue(kernelHas(IPPROTO_MPTCP));

        try (TcpListener listener = listen(Transport.MULTIPATH_TCP);
                TcpConnection client = connect(listener.local(), Transport.MULTIPATH_TCP);
                TcpConnection server = listener.accept(PLENTY)) {
            var window = Objects.requireNonNull(client.info()).sample().window();

            assertThat(window.congestionBytes()).isPositive();
            assertThat(client.unacknowledgedBytes()).isZero();
            assertThat(server.unreadBytes()).isZero();
        }
    }

    /// Returns the kernel's counter for this network namespace.
    private static int openMultipathSockets() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/net/protocols"))) {
            var columns = new Scanner(line);
            if (columns.next().equals("MPTCP")) {
                columns.next(); // size of each
                return columns.nextInt();
            }
        }
        return 0;
    }

    @Test
    void aMultipathListenerTakesPlainTcpToo() throws IOException {
        assumeTrue(kernelHas(IPPROTO_MPTCP));

        try (TcpListener listener = listen(Transport.MULTIPATH_TCP);
                TcpConnection client = connect(listener.local(), Transport.TCP);
                TcpConnection server = listener.accept(PLENTY)) {
            server.apply(setup(Transport.MULTIPATH_TCP, new SocketSettings(0, 1000, true, 0x10, "reno")));

            assertExchange(client, server);
            assertExchange(server, client);
        }
    }

    @Test
    void aMultipathClientReachesAPlainListener() throws IOException {
        assumeTrue(kernelHas(IPPROTO_MPTCP));

        try (TcpListener listener = listen(Transport.TCP);
                TcpConnection client = connect(listener.local(), Transport.MULTIPATH_TCP);
                TcpConnection server = listener.accept(PLENTY)) {
            assertExchange(client, server);
        }
    }

    @Test
    void withoutSctpTheReasonIsTheKernels() throws IOException {
        assumeTrue(!kernelHas(IPPROTO_SCTP));
        var sctp = new Transport.Sctp(10, List.of(LOOPBACK));

        assertThatThrownBy(() -> listen(sctp))
                .isInstanceOf(SocketException.class)
                .hasMessage("Protocol not supported")
                .extracting(e -> ((SocketException) e).errno())
                .isEqualTo(93);
        assertThatThrownBy(() -> connect(new InetSocketAddress(LOOPBACK.getAddress(), 9), sctp))
                .isInstanceOf(SocketException.class)
                .hasMessage("Protocol not supported");
    }

    @Test
    void bytesTravelOverSctp() throws IOException {
        assumeTrue(kernelHas(IPPROTO_SCTP));
        var second = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0);
        var sctp = new Transport.Sctp(10, List.of(second));
        var settings = new SocketSettings(100_000, 1000, true, 0x10, null);

        try (TcpListener listener = family.listen(LOOPBACK, new ListenSetup(false, null, sctp));
                TcpConnection client = family.connect(listener.local(), setup(sctp, settings), PLENTY);
                TcpConnection server = listener.accept(PLENTY)) {
            server.apply(setup(sctp, settings));

            assertExchange(client, server);
            assertExchange(server, client);
            assertThat(client.info()).isNull();
            assertThat(client.congestion()).isNull();
            assertThat(client.mss()).isZero();
        }
    }

    @Test
    void addressesArePackedInARow() {
        var v4 = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1);
        var v6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 2);

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment row = SctpOptions.packed(List.of(v4, v6), 5201, arena);

            assertThat(row.byteSize()).isEqualTo(16 + 28); // sockaddr_in, sockaddr_in6
            assertThat(SocketAddresses.decode(row))
                    .isEqualTo(new InetSocketAddress(v4.getAddress(), 5201)); // all use one port
            assertThat(SocketAddresses.decode(row.asSlice(16))).isEqualTo(new InetSocketAddress(v6.getAddress(), 5201));
            assertThat(row.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) SocketAddresses.AF_INET);
        }
    }

    private static void assertExchange(TcpConnection from, TcpConnection to) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(1);

        from.send(ByteBuffer.allocateDirect(1).put(0, (byte) 'x'));
        while (to.receive(in) == 0) {}

        assertThat(in.get(0)).isEqualTo((byte) 'x');
    }

    private static boolean kernelHas(int protocol) {
        try (Descriptor _ = SocketCalls.open(SocketAddresses.AF_INET, SocketCalls.SOCK_STREAM, protocol)) {
            return true;
        } catch (SocketException _) { // checks for support
            return false;
        }
    }

    private TcpListener listen(Transport transport) throws IOException {
        return family.listen(LOOPBACK, new ListenSetup(false, null, transport));
    }

    private TcpConnection connect(InetSocketAddress remote, Transport transport) throws IOException {
        return family.connect(remote, setup(transport, SocketSettings.DEFAULT), PLENTY);
    }

    private static TcpSetup setup(Transport transport, SocketSettings settings) {
        return new TcpSetup(null, null, settings, TcpSetup.Liveness.DEFAULT, Pacing.NONE, transport);
    }
}
