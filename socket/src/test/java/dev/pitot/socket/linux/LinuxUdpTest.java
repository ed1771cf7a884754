package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// UDP behaviour specific to the Linux family.
@OnLinux
class LinuxUdpTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final InetSocketAddress LOOPBACK_V6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
    private static final UdpSetup USUAL = setup(1000, false);
    private static final UdpSetup OFFLOAD = setup(1000, true);

    private final LinuxFamily family = new LinuxFamily();

    @Test
    void longDatagramsTakeNoRoomOfAListenerThatIgnoresThem() throws IOException {
        for (InetSocketAddress address : List.of(LOOPBACK, LOOPBACK_V6)) {
            try (UdpListener listener = family.listenUdp(address, ListenSetup.DEFAULT)) {
                listener.ignoreLonger(4);
                try (UdpConnection client = family.connectUdp(listener.local(), setup(60_000, false))) {
                    for (int i = 0; i < 200; i++) {
                        client.send(ByteBuffer.allocateDirect(60_000));
                        client.send(ByteBuffer.allocateDirect(5));
                    }
                    client.send(ByteBuffer.allocateDirect(4).putInt(42).flip());
                }
                ByteBuffer datagram = ByteBuffer.allocateDirect(100);

                assertThat(listener.receive(datagram)).isNotNull();

                assertThat(datagram.flip().remaining()).isEqualTo(4);
                assertThat(datagram.getInt()).isEqualTo(42);
                assertThat(listener.receive(datagram.clear())).isNull();
            }
        }
    }

    @Test
    void tenDatagramsOfOneCallArriveAsTen() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, OFFLOAD, USUAL)) {
            assumeTrue(ends.client().hasOffload());
            ByteBuffer block = ByteBuffer.allocateDirect(10_000);

            assertThat(ends.client().send(block)).isEqualTo(10_000);

            for (int i = 0; i < 10; i++) {
                assertThat(ends.server().receive(block.clear())).isEqualTo(1000);
            }
            assertThat(ends.server().receiveNow(block.clear())).isZero();
        }
    }

    /// More than a packet, of which the kernel would make segments (EMSGSIZE).
    @Test
    void aRefusedCallSendsNothingAndTheNextOnesAreOfOneDatagram() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, OFFLOAD, USUAL)) {
            assumeTrue(ends.client().hasOffload());
            assertThat(ends.client().datagramsPerCall()).isEqualTo(128);

            assertThat(ends.client().send(ByteBuffer.allocateDirect(66_000))).isZero();
            assertThat(ends.client().datagramsPerCall()).isEqualTo(1);

            ByteBuffer block = ByteBuffer.allocateDirect(1000);
            assertThat(ends.client().send(block)).isEqualTo(1000);
            assertThat(ends.server().receive(block.clear())).isEqualTo(1000);
            assertThat(ends.server().receiveNow(block.clear())).isZero();
        }
    }

    /// More segments than this kernel takes, as an old one refuses more than 64 (EINVAL).
    @Test
    void aCallOfTooManyDatagramsIsTriedWithFewer() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, setup(100, true), USUAL)) {
            assumeTrue(ends.client().hasOffload());
            ByteBuffer tooMany = ByteBuffer.allocateDirect(100 * 200);

            assertThat(ends.client().send(tooMany)).isZero();
            assertThat(ends.client().datagramsPerCall()).isEqualTo(64);
            assertThat(ends.client().send(tooMany.clear().limit(6400))).isEqualTo(6400);

            assertThat(ends.client().send(tooMany.clear())).isZero();
            assertThat(ends.client().datagramsPerCall()).isEqualTo(1);
            assertThat(ends.client().send(tooMany.clear().limit(100))).isEqualTo(100);
        }
    }

    @Test
    void onlyTheLastOfManyIsShorter() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, OFFLOAD, USUAL)) {
            assumeTrue(ends.client().hasOffload());
            ByteBuffer block = ByteBuffer.allocateDirect(2500);

            ends.client().send(block);

            assertThat(ends.server().receive(block.clear())).isEqualTo(1000);
            assertThat(ends.server().receive(block.clear())).isEqualTo(1000);
            assertThat(ends.server().receive(block.clear())).isEqualTo(500);
        }
    }

    @Test
    void aReceiverWithOffloadCountsEveryByteOfWhatIsJoined() throws IOException {
        for (InetSocketAddress address : List.of(LOOPBACK, LOOPBACK_V6)) {
            try (Ends ends = Ends.of(family, address, OFFLOAD, OFFLOAD)) {
                assumeTrue(ends.client().hasOffload());
                ByteBuffer block = ByteBuffer.allocateDirect(10_000);
                for (int i = 0; i < 10; i++) {
                    block.putInt(i * 1000, i);
                }

                ends.client().send(block);

                block.clear();
                while (block.hasRemaining()) {
                    assertThat(ends.server().receive(block) % 1000).isZero(); // the kernel chooses how many per call
                }
                for (int i = 0; i < 10; i++) {
                    assertThat(block.getInt(i * 1000)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void whatIsJoinedButDoesNotFitIsCountedAllTheSame() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, OFFLOAD, OFFLOAD)) {
            assumeTrue(ends.client().hasOffload());
            ends.client().send(ByteBuffer.allocateDirect(10_000));
            ByteBuffer small = ByteBuffer.allocateDirect(16);

            int arrived = 0;
            for (int n = ends.server().receive(small.clear());
                    n > 0;
                    n = ends.server().receive(small.clear())) {
                arrived += n;
            }

            assertThat(arrived).isEqualTo(10_000);
        }
    }

    @Test
    void datagramsThatThePathWouldCutAreNotCutByTheKernel() throws IOException {
        // Loopback packets have 65 536 bytes, including an IPv6 and a UDP header.
        try (Ends ends = Ends.of(family, LOOPBACK_V6, setup(65_507, true), setup(65_507, true))) {
            ByteBuffer block = ByteBuffer.allocateDirect(65_507);

            assertThat(ends.client().hasOffload()).isFalse();
            assertThat(ends.client().send(block)).isEqualTo(65_507); // in two fragments
            assertThat(ends.server().receive(block.clear())).isEqualTo(65_507);
        }
    }

    @Test
    void offloadMustBeAskedFor() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, USUAL, USUAL)) {
            assertThat(ends.client().hasOffload()).isFalse();
        }
    }

    @Test
    void whatReachesASocketBeforeItsPeerIsSorted() throws IOException {
        var strays = new PreConnectDatagrams();
        Descriptor descriptor = SocketCalls.open(SocketAddresses.AF_INET, SocketCalls.SOCK_DGRAM, 0);
        InetSocketAddress place = bind(descriptor);
        try (UdpConnection peer = family.connectUdp(place, USUAL);
                UdpConnection other = family.connectUdp(place, USUAL)) {
            send(other, "other 1");
            send(peer, "peer 1");
            send(other, "other 2");
            send(peer, "peer 2");
            try (UdpConnection connection = connect(descriptor, peer, strays)) {
                send(peer, "peer 4");

                assertThat(receiveAll(connection)).containsExactly("peer 1", "peer 2", "peer 3", "peer 4");
                assertThat(contents(strays)).containsExactly("other 1", "other 2");
            }
        }
    }

    private static InetSocketAddress bind(Descriptor descriptor) throws IOException {
        int fd = descriptor.acquire();
        try (Arena arena = Arena.ofConfined()) {
            SocketCalls.bind(fd, SocketAddresses.encode(LOOPBACK, arena));
            return SocketOptions.localName(fd);
        } finally {
            descriptor.release(fd);
        }
    }

    /// Connects to a peer that sends another datagram before the queue can be read.
    private static UdpConnection connect(Descriptor descriptor, UdpConnection peer, PreConnectDatagrams strays)
            throws IOException {
        int fd = descriptor.acquire();
        try (Arena arena = Arena.ofConfined()) {
            SystemError.check(SocketCalls.connectNow(fd, SocketAddresses.encode(peer.local(), arena)));
            send(peer, "peer 3");
            return LinuxUdpConnection.of(descriptor, fd, peer.local(), false, strays);
        } finally {
            descriptor.release(fd);
        }
    }

    /// Peeks at each datagram before it is received.
    private static List<String> receiveAll(UdpConnection connection) throws IOException {
        List<String> all = new ArrayList<>();
        ByteBuffer block = ByteBuffer.allocateDirect(100);
        ByteBuffer beginning = ByteBuffer.allocateDirect(2);
        while (connection.peek(block.clear()) > 0) {
            int length = connection.receiveNow(beginning.clear());
            assertThat(length).isEqualTo(block.position());
            all.add(StandardCharsets.UTF_8.decode(block.flip()).toString());
        }
        return all;
    }

    private static List<String> contents(PreConnectDatagrams datagrams) {
        List<String> contents = new ArrayList<>();
        while (!datagrams.isEmpty()) {
            PreConnectDatagram next = Objects.requireNonNull(datagrams.poll());
            contents.add(StandardCharsets.UTF_8.decode(next.content()).toString());
        }
        return contents;
    }

    private static void send(UdpConnection from, String words) throws IOException {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        from.send(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    @Test
    void aFullSendingBufferIsNoError() throws IOException {
        var settings = new SocketSettings(5000, 0, false, 0, null);
        var small = new UdpSetup(
                null,
                null,
                settings,
                new UdpSetup.Datagrams(60_000, new DatagramSettings(false, false, Offload.OFF)),
                Pacing.NONE);
        try (Ends ends = Ends.of(family, LOOPBACK, small, USUAL)) {
            ByteBuffer block = ByteBuffer.allocateDirect(60_000);

            int sent = ends.client().send(block);

            assertThat(sent).isIn(0, 60_000); // depends on the kernel
            assertThat(block.position()).isEqualTo(sent);
        }
    }

    @Test
    void theHotLoopAllocatesNothing() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Ends ends = Ends.of(family, LOOPBACK, USUAL, USUAL)) {
            ByteBuffer out = ByteBuffer.allocateDirect(1000);
            ByteBuffer in = ByteBuffer.allocateDirect(1000);
            long allocated = Long.MAX_VALUE;
            // the optimizing compiler removes the allocations; on a busy machine it takes its time
            for (int round = 0; round < 100 && allocated >= 10_000; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                exchange(ends, out, in, 10_000);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(allocated).isLessThan(10_000); // for 30 000 calls: at most the measurement itself
        }
    }

    private static void exchange(Ends ends, ByteBuffer out, ByteBuffer in, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ends.client().send(out.clear());
            ends.server().peek(in.clear());
            ends.server().receive(in.clear());
        }
    }

    @Test
    void aReadOnlyBufferReceivesNothing() throws IOException {
        try (Ends ends = Ends.of(family, LOOPBACK, USUAL, USUAL)) {
            ByteBuffer readOnly = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();

            assertThatThrownBy(() -> ends.server().receive(readOnly)).isInstanceOf(ReadOnlyBufferException.class);
        }
    }

    private static UdpSetup setup(int bytes, boolean offload) {
        return new UdpSetup(
                null,
                null,
                SocketSettings.DEFAULT,
                new UdpSetup.Datagrams(bytes, new DatagramSettings(false, false, offload ? Offload.ON : Offload.OFF)),
                Pacing.NONE);
    }

    /// Both ends over loopback, each with its own setup.
    private record Ends(UdpConnection client, UdpConnection server) implements AutoCloseable {
        static Ends of(LinuxFamily family, InetSocketAddress address, UdpSetup client, UdpSetup server)
                throws IOException {
            try (UdpListener listener = family.listenUdp(address, ListenSetup.DEFAULT)) {
                UdpConnection connected = family.connectUdp(listener.local(), client);
                send(connected, "hello");
                InetSocketAddress sender = listener.receive(ByteBuffer.allocateDirect(5));
                return new Ends(connected, listener.connect(Objects.requireNonNull(sender), server));
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
