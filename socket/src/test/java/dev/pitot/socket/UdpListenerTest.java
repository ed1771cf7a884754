package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contract of both families for UDP listeners.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class UdpListenerTest {
    private final SocketFamily family;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(100);

    UdpListenerTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void aSenderIsKnownByHisAddress() throws IOException {
        try (UdpListener listener = listen(Setups.LOOPBACK);
                UdpConnection client = knock(listener.local(), "hello")) {
            InetSocketAddress sender = UdpPair.receive(listener, datagram);

            assertThat(sender).isEqualTo(client.local());
            assertThat(Pair.text(datagram.flip())).isEqualTo("hello");
        }
    }

    @Test
    void whatDoesNotFitIsLost() throws IOException {
        try (UdpListener listener = listen(Setups.LOOPBACK);
                UdpConnection client = knock(listener.local(), "hello")) {
            datagram.limit(2);

            assertThat(UdpPair.receive(listener, datagram)).isEqualTo(client.local());

            assertThat(Pair.text(datagram.flip())).isEqualTo("he");
            assertThat(listener.receive(datagram.clear())).isNull();
        }
    }

    @Test
    void waitingForNobodyEndsWithTheSlice() throws IOException {
        try (UdpListener listener = listen(Setups.LOOPBACK)) {
            assertThat(listener.receive(datagram)).isNull();
            assertThat(datagram.position()).isZero();
        }
    }

    @Test
    void eachSenderGetsASocketOfHisOwnAtTheSamePort() throws IOException {
        try (UdpListener listener = listen(Setups.LOOPBACK);
                UdpConnection anna = knock(listener.local(), "anna");
                UdpConnection bert = knock(listener.local(), "bert");
                UdpConnection forAnna = listener.connect(UdpPair.receive(listener, datagram), Setups.UDP);
                UdpConnection forBert = listener.connect(UdpPair.receive(listener, datagram), Setups.UDP)) {
            bert.send(Pair.direct("from bert"));
            anna.send(Pair.direct("from anna"));
            forAnna.send(Pair.direct("to anna"));
            forBert.send(Pair.direct("to bert"));

            assertThat(UdpPair.receive(forAnna)).isEqualTo("from anna");
            assertThat(UdpPair.receive(forBert)).isEqualTo("from bert");
            assertThat(UdpPair.receive(anna)).isEqualTo("to anna");
            assertThat(UdpPair.receive(bert)).isEqualTo("to bert");
            assertThat(forAnna.local()).isEqualTo(listener.local());
            assertThat(forBert.local()).isEqualTo(listener.local());
            assertThat(listener.receive(datagram.clear())).isNull();
        }
    }

    @Test
    void aDualStackListenerServesBothIpVersions() throws IOException {
        try (UdpListener listener = listen(Setups.ANYWHERE_V6)) {
            int port = listener.local().getPort();

            assertServes(listener, Setups.at("127.0.0.1", port), Setups.UDP);
            assertServes(listener, Setups.at("::1", port), Setups.UDP);
        }
    }

    @Test
    void theAddressThatWasWrittenToAnswers() throws IOException {
        try (UdpListener listener = listen(Setups.ANYWHERE_V6)) {
            UdpSetup setup = Setups.udpAt(Setups.at("127.0.0.2", 9)); // with any port

            assertServes(listener, Setups.at("127.0.0.2", listener.local().getPort()), setup);
        }
    }

    /// Checks that a client that connects to `door` is identified by its address and receives
    /// replies from there.
    private void assertServes(UdpListener listener, InetSocketAddress door, UdpSetup setup) throws IOException {
        try (UdpConnection client = knock(door, "hello");
                UdpConnection server = listener.connect(UdpPair.receive(listener, datagram.clear()), setup)) {
            server.send(Pair.direct("welcome"));
            client.send(Pair.direct("thanks"));

            assertThat(server.remote()).isEqualTo(client.local());
            assertThat(server.local()).isEqualTo(door);
            assertThat(UdpPair.receive(client)).isEqualTo("welcome");
            assertThat(UdpPair.receive(server)).isEqualTo("thanks");
        }
    }

    @Test
    void anIpv6OnlyListenerHearsNoIpv4() throws IOException {
        try (UdpListener listener = family.listenUdp(Setups.ANYWHERE_V6, Setups.ONLY_V6)) {
            int port = listener.local().getPort();
            try (UdpConnection v4 = knock(Setups.at("127.0.0.1", port), "four");
                    UdpConnection v6 = knock(Setups.at("::1", port), "six")) {
                assertThat(UdpPair.receive(listener, datagram)).isEqualTo(v6.local());
                assertThat(Pair.text(datagram.flip())).isEqualTo("six");
                assertThat(listener.receive(datagram.clear())).isNull();
                assertThat(v4.local()).isNotNull();
            }
        }
    }

    @Test
    void aConnectionOutlivesItsListener() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) { // the listener is closed by now
            pair.client().send(Pair.direct("still here?"));

            assertThat(UdpPair.receive(pair.server())).isEqualTo("still here?");
        }
    }

    @Test
    void closingWakesWhoReceives() throws IOException {
        UdpListener listener = listen(Setups.LOOPBACK);
        var receiving = Pair.start(() -> {
            while (true) {
                listener.receive(datagram);
            }
        });

        listener.close();
        listener.close();

        assertThatThrownBy(receiving::get)
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("Bad file descriptor");
    }

    @Test
    void onlyDirectBuffersAreTaken() throws IOException {
        try (UdpListener listener = listen(Setups.LOOPBACK)) {
            assertThatIllegalArgumentException().isThrownBy(() -> listener.receive(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void anAddressOfSomebodyElseHasTheSystemsReason() {
        assertThatThrownBy(() -> listen(Setups.at("192.0.2.1", 0))) // RFC 5737: unused
                .isInstanceOf(SocketException.class)
                .hasMessage("Cannot assign requested address");
    }

    /// While a socket is being connected, datagrams of any sender may reach it. Another client
    /// sends all the time: its datagrams never appear in the connection, and if the family can sort
    /// datagrams after connecting, none of them is lost either.
    @Test
    void aConnectionHearsNobodyElseWhateverTheMoment() throws Exception {
        try (UdpListener listener = listen(Setups.LOOPBACK);
                Stranger other = new Stranger(family, listener.local())) {
            for (int i = 0; i < 200; i++) {
                try (UdpConnection client = knock(listener.local(), "me");
                        UdpConnection server = listener.connect(receiveFrom(client, listener, other), Setups.UDP)) {
                    client.send(Pair.direct("me too"));

                    assertThat(UdpPair.receive(server)).isEqualTo("me too");
                    assertThat(server.receiveNow(datagram.clear())).isZero();
                }
            }
            other.awaitSilence();
            while (listener.receive(datagram.clear()) != null) {
                other.heard++;
            }

            assertThat(other.heard).isBetween(1, other.sent);
            if (family.name().equals("linux")) {
                assertThat(other.heard).isEqualTo(other.sent);
            }
        }
    }

    private InetSocketAddress receiveFrom(UdpConnection client, UdpListener listener, Stranger other)
            throws IOException {
        InetSocketAddress sender = UdpPair.receive(listener, datagram.clear());
        while (!sender.equals(client.local())) {
            other.heard++;
            sender = UdpPair.receive(listener, datagram.clear());
        }
        other.knockNow(50);
        return sender;
    }

    @Test
    void nothingIsLeftOpen() throws IOException {
        UdpPair.of(family).close();
        int before = openDescriptors();

        for (int i = 0; i < 200; i++) {
            UdpPair.of(family).close();
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before + 5); // the JVM opens some too
    }

    private static int openDescriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length; // available only on Linux
    }

    private UdpListener listen(InetSocketAddress local) throws IOException {
        return family.listenUdp(local, ListenSetup.DEFAULT);
    }

    private UdpConnection knock(InetSocketAddress door, String words) throws IOException {
        UdpConnection client = family.connectUdp(door, Setups.UDP);
        client.send(Pair.direct(words));
        return client;
    }

    /// Client that sends datagrams to a port from its own thread, which spins in order to hit the
    /// right moment.
    private static final class Stranger implements AutoCloseable {
        private static final int PAUSE = 300; // some microseconds, to space the datagrams

        private final UdpConnection socket;
        private final AtomicInteger knocksLeft = new AtomicInteger();
        private final Thread thread;
        private volatile boolean isSilent;

        /// Datagrams sent; written by its thread.
        private int sent;

        /// Number of its datagrams that the listener has returned, counted by the listener's
        /// thread.
        int heard;

        Stranger(SocketFamily family, InetSocketAddress door) throws IOException {
            socket = family.connectUdp(door, Setups.UDP);
            thread = Thread.ofPlatform().daemon().start(this::knock);
        }

        /// Sends up to this many datagrams at once, however slow its thread is: they must fit into
        /// the kernel's buffer.
        void knockNow(int times) {
            knocksLeft.set(times);
        }

        /// Waits until it has sent its last datagram.
        void awaitSilence() throws InterruptedException {
            isSilent = true;
            thread.join();
        }

        private void knock() {
            ByteBuffer words = Pair.direct("other");
            try {
                while (!isSilent) {
                    if (knocksLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        socket.send(words.rewind());
                        sent++;
                    }
                    for (int i = 0; i < PAUSE; i++) {
                        Thread.onSpinWait();
                    }
                }
            } catch (IOException _) { // checked by the datagrams that arrive
            }
        }

        @Override
        public void close() {
            isSilent = true;
            socket.close();
        }
    }
}
