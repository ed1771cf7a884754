package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Behaviour specific to the Linux family.
@OnLinux
class LinuxFamilyTest {
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;

    private final LinuxFamily family = new LinuxFamily();

    @Test
    void aRehearsalLeavesNothingOpen() throws IOException {
        family.rehearse(3); // opens files for classes
        long before = openDescriptors();

        for (int i = 0; i < 100; i++) {
            family.rehearse(3);
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before);
    }

    /// The wait for the compiler would else be switched off without a sign.
    @Test
    void theCompilersThreadHasTheNameThatIsLookedFor() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    names.add(Files.readString(thread.resolve("comm")));
                } catch (IOException _) { // the thread has just ended
                }
            }
        }

        assertThat(names).anyMatch(name -> name.startsWith(LinuxFamily.COMPILER));
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void everyByteIsInOneOfTheQueuesOrReceived() throws IOException {
        try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
            ByteBuffer block = ByteBuffer.allocateDirect(100_000);
            long sent = 0;
            for (int n = ends.client().send(block); n > 0; n = ends.client().send(block.clear())) {
                sent += n;
            }
            long received = ends.server().receive(block.clear().limit(1000));

            // Acknowledged data is moving from one counter to the other, so both must be stable.
            long waiting = ends.client().unacknowledgedBytes() + ends.server().unreadBytes();
            while (sent != received + waiting) {
                Thread.onSpinWait();
                waiting = ends.client().unacknowledgedBytes() + ends.server().unreadBytes();
            }

            assertThat(sent).isEqualTo(received + waiting);
            assertThat(received).isEqualTo(1000);
        }
    }

    @Test
    void tcpInfoCountsBytesExactly() throws IOException {
        try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
            ByteBuffer block = ByteBuffer.allocateDirect(12_345);
            while (block.hasRemaining()) {
                ends.client().send(block);
            }
            block.clear();
            while (block.hasRemaining()) {
                ends.server().receive(block);
            }
            while (ends.client().unacknowledgedBytes() > 0) {
                Thread.onSpinWait();
            }

            TcpInfo client = Objects.requireNonNull(ends.client().info());
            TcpInfo server = Objects.requireNonNull(ends.server().info());

            assertThat(client.fields().get(TcpField.BYTES_ACKED)).hasValue(12_345 + 1); // the SYN
            assertThat(client.fields().get(TcpField.BYTES_RECEIVED)).hasValue(0);
            assertThat(server.fields().get(TcpField.BYTES_RECEIVED)).hasValue(12_345);
        }
    }

    @Test
    void tcpInfoMakesSense() throws IOException {
        try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
            var sample = Objects.requireNonNull(ends.client().info()).sample();

            assertThat(sample.retransmits()).isZero();
            assertThat(sample.reorderSeen()).isZero();
            assertThat(sample.window().congestionBytes()).isBetween(1000L, 1L << 30);
            assertThat(sample.window().peerBytes()).isBetween(1000L, 1L << 30);
            assertThat(sample.roundTrip().smoothedMicros()).isBetween(1L, 1_000_000L);
            assertThat(sample.pathMtuBytes()).isBetween(1280L, 65_536L);
        }
    }

    @Test
    void theSegmentSizeIsAsAsked() throws IOException {
        try (Ends ends = Ends.of(family, setup(new SocketSettings(0, 1000, false, 0, null)))) {
            assertThat(ends.client().mss()).isBetween(980, 1000); // minus the timestamp option
        }
    }

    @Test
    void anImpossibleSegmentSizeIsRefused() {
        assertThatThrownBy(() -> Ends.of(family, setup(new SocketSettings(0, 1, false, 0, null))))
                .isInstanceOf(SocketException.class)
                .hasMessage("Invalid argument")
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.SET_MSS);
    }

    @Test
    void theCongestionControlIsAsAsked() throws IOException {
        var reno = setup(new SocketSettings(0, 0, false, 0, "reno")); // part of every kernel

        try (Ends ends = Ends.of(family, reno)) {
            ends.server().apply(reno);

            assertThat(ends.client().congestion()).isEqualTo("reno");
            assertThat(ends.server().congestion()).isEqualTo("reno");
        }
    }

    @Test
    void anUnknownCongestionControlIsRefusedAtBothEnds() throws IOException {
        var unknown = setup(new SocketSettings(0, 0, false, 0, "nonesuch"));

        assertThatThrownBy(() -> Ends.of(family, unknown))
                .isInstanceOf(SocketException.class)
                .hasMessage("No such file or directory")
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.CONGESTION);
        try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
            assertThatThrownBy(() -> ends.server().apply(unknown))
                    .extracting(e -> ((SocketException) e).error())
                    .isEqualTo(IperfError.CONGESTION);
        }
    }

    @Test
    void anUnknownDeviceIsRefused() {
        var setup = new TcpSetup(
                null, "nonesuch0", SocketSettings.DEFAULT, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);

        assertThatThrownBy(() -> Ends.of(family, setup))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BIND_DEVICE);
    }

    @Test
    void theHotLoopAllocatesNothing() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
            ByteBuffer out = ByteBuffer.allocateDirect(1000);
            ByteBuffer in = ByteBuffer.allocateDirect(1000);
            long allocated = Long.MAX_VALUE;
            // the optimizing compiler removes the allocations; on a busy machine it takes its time
            for (int round = 0; round < 100 && allocated >= 10_000; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                exchange(ends, out, in, 10_000);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(allocated).isLessThan(10_000); // for 20 000 calls: at most the measurement itself
        }
    }

    private static void exchange(Ends ends, ByteBuffer out, ByteBuffer in, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ends.client().send(out.clear());
            ends.server().receive(in.clear());
        }
    }

    @Test
    void askingWhileClosingIsSafe() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Ends ends = Ends.of(family, TcpSetup.CONTROL)) {
                Thread asking = Thread.ofPlatform().start(() -> {
                    while (ends.client().info() != null) {}
                });

                ends.client().close();
                asking.join();

                assertThat(ends.client().unacknowledgedBytes()).isEqualTo(-1);
            }
        }
    }

    private static TcpSetup setup(SocketSettings settings) {
        return new TcpSetup(null, null, settings, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
    }

    /// Both ends of a connection over loopback.
    private record Ends(TcpConnection client, TcpConnection server) implements AutoCloseable {
        static Ends of(LinuxFamily family, TcpSetup setup) throws IOException {
            try (TcpListener listener =
                    family.listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), ListenSetup.DEFAULT)) {
                TcpConnection client = family.connect(listener.local(), setup, PLENTY);
                return new Ends(client, listener.accept(PLENTY));
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
