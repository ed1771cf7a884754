package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contract of both families for connecting and listening.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class SocketFamilyTest {
    private static final ListenSetup ONLY_V6 = new ListenSetup(true, null, Transport.TCP);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final SocketFamily family;

    SocketFamilyTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void refusalHasTheSystemsReason() throws IOException {
        InetSocketAddress nobody;
        try (TcpListener listener = family.listen(LOOPBACK, ListenSetup.DEFAULT)) {
            nobody = listener.local();
        }

        assertThatThrownBy(() -> family.connect(nobody, TcpSetup.CONTROL, Slices.plenty()))
                .isInstanceOf(SocketException.class)
                .hasMessage("Connection refused")
                .extracting(e -> ((SocketException) e).errno())
                .isEqualTo(111);
    }

    @Test
    void connectingEndsWhenTimeIsUp() throws IOException {
        try (var full = new FullListener()) {
            assertThatThrownBy(() -> family.connect(full.address(), TcpSetup.CONTROL, Slices.thenTimeout(3)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("timed out");
        }
    }

    @Test
    void connectingEndsWhenNoLongerWanted() throws IOException {
        try (var full = new FullListener()) {
            assertThatThrownBy(() -> family.connect(full.address(), TcpSetup.CONTROL, Slices.thenCancelled(3)))
                    .isExactlyInstanceOf(InterruptedIOException.class)
                    .hasMessage("cancelled");
        }
    }

    @Test
    void acceptingEndsWhenTimeIsUp() throws IOException {
        try (TcpListener listener = family.listen(LOOPBACK, ListenSetup.DEFAULT)) {
            assertThatThrownBy(() -> listener.accept(Slices.thenTimeout(3)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("timed out");
        }
    }

    @Test
    @Timeout(20)
    void shutdownEndsAWaitForAConnection() throws IOException {
        try (TcpListener listener = family.listen(LOOPBACK, ListenSetup.DEFAULT)) {
            var queries = new AtomicInteger();
            WaitPolicy longWait = () -> {
                if (queries.incrementAndGet() > 1) {
                    throw new InterruptedIOException("cancelled");
                }
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(listener::shutdown);
                return 60_000;
            };

            assertThatThrownBy(() -> listener.accept(longWait))
                    .isExactlyInstanceOf(InterruptedIOException.class)
                    .hasMessage("cancelled");
            assertThatThrownBy(() -> listener.accept(() -> 60_000)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClosedListenerAcceptsNobody() throws IOException {
        TcpListener listener = family.listen(LOOPBACK, ListenSetup.DEFAULT);

        listener.close();
        listener.close();

        assertThatThrownBy(() -> listener.accept(Slices.plenty()))
                .isInstanceOf(SocketException.class)
                .hasMessage("Bad file descriptor");
    }

    @Test
    void aPortInUseHasTheSystemsReason() throws IOException {
        try (TcpListener listener = family.listen(LOOPBACK, ListenSetup.DEFAULT)) {
            assertThatThrownBy(() -> family.listen(listener.local(), ListenSetup.DEFAULT))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Address already in use")
                    .extracting(e -> ((SocketException) e).errno())
                    .isEqualTo(98);
        }
    }

    @Test
    void anAddressOfSomebodyElseHasTheSystemsReason() {
        var documentation = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0); // RFC 5737

        assertThatThrownBy(() -> family.listen(documentation, ListenSetup.DEFAULT))
                .isInstanceOf(SocketException.class)
                .hasMessage("Cannot assign requested address");
    }

    @Test
    void aNameMustBeResolved() {
        var name = InetSocketAddress.createUnresolved("localhost", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> family.connect(name, TcpSetup.CONTROL, Slices.plenty()))
                .withMessageStartingWith("not resolved: ");
    }

    @Test
    void bothEndsKnowBothAddresses() throws IOException {
        try (Pair pair = Pair.of(family)) {
            assertThat(pair.client().remote()).isEqualTo(pair.server().local());
            assertThat(pair.client().local()).isEqualTo(pair.server().remote());
            assertThat(pair.client().local().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void ipv6Works() throws IOException {
        try (TcpListener listener = family.listen(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), ONLY_V6);
                TcpConnection client = family.connect(listener.local(), TcpSetup.CONTROL, Slices.plenty());
                TcpConnection server = listener.accept(Slices.plenty())) {
            assertThat(server.remote()).isEqualTo(client.local());
            assertThat(server.remote().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void aDualStackListenerShowsIpv4PeersAsIpv4() throws IOException {
        try (TcpListener listener =
                        family.listen(new InetSocketAddress(InetAddress.ofLiteral("::"), 0), ListenSetup.DEFAULT);
                TcpConnection client = family.connect(v4(listener), TcpSetup.CONTROL, Slices.plenty());
                TcpConnection server = listener.accept(Slices.plenty())) {
            assertThat(server.remote()).isEqualTo(client.local());
            assertThat(server.local()).isEqualTo(client.remote());
            assertThat(server.local().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void anIpv6OnlyListenerAcceptsNoIpv4() throws IOException {
        try (TcpListener listener = family.listen(new InetSocketAddress(InetAddress.ofLiteral("::"), 0), ONLY_V6)) {
            var connecting = Pair.start(() -> {
                family.connect(v4(listener), TcpSetup.CONTROL, Slices.plenty()).close();
                return 0;
            });

            assertThatThrownBy(() -> listener.accept(Slices.thenTimeout(20)))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(connecting.handle((n, e) -> true).join()).isTrue(); // otherwise it would hang
        }
    }

    private static InetSocketAddress v4(TcpListener listener) {
        return new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), listener.local().getPort());
    }

    @Test
    void theLocalPortCanBeChosen() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var setup = setup(new InetSocketAddress(port), SocketSettings.DEFAULT); // Java's wildcard: ::

        try (Pair pair = Pair.of(family, setup)) {
            assertThat(pair.client().local().getPort()).isEqualTo(port);
            assertThat(pair.server().remote().getPort()).isEqualTo(port);
        }
    }

    @Test
    void aLocalAddressOfTheOtherIpVersionIsRefused() throws IOException {
        var setup = setup(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), SocketSettings.DEFAULT);

        assertThatThrownBy(() -> Pair.of(family, setup))
                .isInstanceOf(SocketException.class)
                .hasMessage("Address family not supported by protocol");
    }

    @Test
    void buffersAreAsLargeAsAsked() throws IOException {
        var settings = new SocketSettings(100_000, 0, false, 0, null);

        try (Pair pair = Pair.of(family, setup(null, settings))) {
            pair.server().apply(setup(null, settings));

            assertThat(pair.client().buffers().sendBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(pair.client().buffers().receiveBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(pair.server().buffers()).isEqualTo(pair.client().buffers());
        }
    }

    @Test
    void buffersAreThoseBeforeTheConnectionAtBothEnds() throws IOException {
        try (Pair pair = Pair.of(family, setup(null, SocketSettings.DEFAULT));
                SocketChannel unconnected = SocketChannel.open()) {
            int send = unconnected.getOption(StandardSocketOptions.SO_SNDBUF);
            int receive = unconnected.getOption(StandardSocketOptions.SO_RCVBUF);

            // java.nio returns half of the size that Linux reports
            assertThat(pair.client().buffers())
                    .isIn(new BufferSizes(send, receive), new BufferSizes(2 * send, 2 * receive));
            assertThat(pair.server().buffers()).isEqualTo(pair.client().buffers());
        }
    }

    @Test
    void buffersThatAreTooLargeAreRefused() {
        var settings = new SocketSettings(512 * 1024 * 1024, 0, false, 0, null);

        assertThatThrownBy(() -> Pair.of(family, setup(null, settings)))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BUFFER_TOO_SMALL);
    }

    @Test
    void typeOfServiceIsTakenByBothIpVersions() throws IOException {
        var setup = setup(null, new SocketSettings(0, 0, true, 0x28, null));

        try (TcpListener listener =
                        family.listen(new InetSocketAddress(InetAddress.ofLiteral("::"), 0), ListenSetup.DEFAULT);
                TcpConnection v4 = family.connect(v4(listener), setup, Slices.plenty());
                TcpConnection atServer = listener.accept(Slices.plenty());
                TcpConnection v6 = family.connect(v6(listener), setup, Slices.plenty())) {
            atServer.apply(setup);

            assertThat(v4.local().getAddress().getAddress()).hasSize(4);
            assertThat(v6.local().getAddress().getAddress()).hasSize(16);
        }
    }

    private static InetSocketAddress v6(TcpListener listener) {
        return new InetSocketAddress(
                InetAddress.ofLiteral("::1"), listener.local().getPort());
    }

    @Test
    void nothingIsLeftOpen() throws IOException {
        cycle();
        int before = openDescriptors();

        for (int i = 0; i < 200; i++) {
            cycle();
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before + 5); // the JVM opens some too
    }

    private void cycle() throws IOException {
        try (Pair pair = Pair.of(family);
                ZeroCopyBlock block = family.zeroCopyBlock(Pair.direct("x"))) {
            pair.client().send(block, 0, 1);
            pair.server().receive(ByteBuffer.allocateDirect(1));
        }
    }

    private static int openDescriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length; // available only on Linux
    }

    @Test
    void theProcessUsesItsProcessor() {
        ProcessTimes times = family.processTimes();

        assertThat(times.totalNanos()).isBetween(1_000_000L, Duration.ofHours(1).toNanos());
    }

    private static TcpSetup setup(@Nullable InetSocketAddress local, SocketSettings settings) {
        return Setups.tcp(local, settings);
    }

    /// Listener that never accepts and whose queue is full, so that new connections wait.
    private static final class FullListener implements AutoCloseable {
        private final ServerSocket listener;
        private final List<TcpConnection> queued = new ArrayList<>();

        FullListener() throws IOException {
            listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
            try {
                while (true) {
                    queued.add(SocketFamilies.portable().connect(address(), TcpSetup.CONTROL, Slices.thenTimeout(5)));
                }
            } catch (SocketTimeoutException _) { // full
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            queued.forEach(TcpConnection::close);
            listener.close();
        }
    }
}
