package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.socket.TransmitTimestamps.Point;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Transmit timestamps of the running kernel, over loopback.
@OnLinux
@Timeout(60)
class TransmitTimestampsTest {
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;
    private static final int IPPROTO_MPTCP = 262;
    private static final int BLOCK_BYTES = 1000;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);

    private record Answer(Point point, int position, long nanos) {}

    @Test
    void aWriteIsQueuedThenSentThenAcknowledged() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();
            long before = nanosSince1970();

            ends.client().send(ByteBuffer.allocateDirect(BLOCK_BYTES));
            assertThat(timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES))).isEqualTo(BLOCK_BYTES);
            List<Answer> answers = await(timestamps, 3);
            long after = nanosSince1970();

            assertThat(answers).extracting(Answer::position).containsOnly(2 * BLOCK_BYTES - 1);
            assertThat(answers)
                    .extracting(Answer::point)
                    .containsExactlyInAnyOrder(Point.QUEUED, Point.SENT, Point.ACKNOWLEDGED);
            assertThat(at(Point.QUEUED, answers)).isBetween(before, at(Point.SENT, answers));
            assertThat(at(Point.ACKNOWLEDGED, answers)).isBetween(at(Point.SENT, answers), after);
        }
    }

    @Test
    void otherWritesAreNotAnswered() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();

            assertThat(timestamps.next()).isFalse();
            ends.client().send(ByteBuffer.allocateDirect(BLOCK_BYTES));
            assertThat(timestamps.send(ByteBuffer.allocateDirect(0))).isZero();
            ends.receiveAll(BLOCK_BYTES);
            timestamps.send(ByteBuffer.allocateDirect(1));
            await(timestamps, 3);
            ends.client().send(ByteBuffer.allocateDirect(BLOCK_BYTES));
            ends.receiveAll(1 + BLOCK_BYTES);

            assertThat(timestamps.next()).isFalse();
        }
    }

    @Test
    void positionsBeginAtTheNextByteEvenIfEarlierOnesAreNotAcknowledged() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            long filled = ends.fill();
            TransmitTimestamps timestamps = ends.timestamps();

            ends.receiveAll(filled);
            timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES));

            assertThat(await(timestamps, 3)).extracting(Answer::position).containsOnly(BLOCK_BYTES - 1);
        }
    }

    /// Linux before 6.2 begins with the first byte that is not acknowledged. Newer ones still do if not
    /// told otherwise.
    @Test
    void olderKernelsGiveTheSamePositions() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            long filled = ends.fill();
            TransmitTimestamps timestamps = present(ends.client().transmitTimestamps());
            assertThat(timestamps)
                    .isInstanceOfSatisfying(
                            LinuxTransmitTimestamps.class,
                            linux -> assertThat(linux.startBefore62()).isTrue());

            ends.receiveAll(filled);
            timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES));

            assertThat(await(timestamps, 3)).extracting(Answer::position).containsOnly(BLOCK_BYTES - 1);
        }
    }

    @Test
    void answersAreTheSameOverIpv6() throws IOException {
        try (Ends ends = Ends.of("::1", Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();

            timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES));

            assertThat(await(timestamps, 3)).extracting(Answer::position).containsOnly(BLOCK_BYTES - 1);
        }
    }

    /// Multipath TCP accepts the option and never answers.
    @Test
    void multipathTcpHasNone() throws IOException {
        assumeTrue(kernelHas(IPPROTO_MPTCP));

        try (Ends ends = Ends.of(Transport.MULTIPATH_TCP)) {
            assertThat(present(ends.client().transmitTimestamps()).start()).isFalse();
            assertThat(present(ends.server().transmitTimestamps()).start()).isFalse();
        }
    }

    @Test
    void aClosedConnectionHasNone() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            ends.client().close();

            assertThat(present(ends.client().transmitTimestamps()).start()).isFalse();
        }
    }

    @Test
    void thePortableFamilyHasNone() throws IOException {
        try (Ends ends = Ends.of(SocketFamilies.portable(), "127.0.0.1", Transport.TCP)) {
            assertThat(ends.client().transmitTimestamps()).isNull();
        }
    }

    /// The kernel reports unread answers as an error, which must not look like room to send or like
    /// data.
    @Test
    void unreadAnswersDoNotShortenWaits() throws Exception {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();
            timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES));
            awaitAcknowledged(ends.client());
            ends.fill();
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

            for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                assertThat(nanosOf(kind, () -> ends.client().send(block))).isGreaterThanOrEqualTo(SLICE_NANOS);
                assertThat(nanosOf(kind, () -> timestamps.send(block))).isGreaterThanOrEqualTo(SLICE_NANOS);
            }
            assertThat(nanosOf(Thread.ofPlatform(), () -> ends.client().receive(block)))
                    .isGreaterThanOrEqualTo(SLICE_NANOS);
            assertThat(block.position()).isZero();
            assertThat(await(timestamps, 3)).extracting(Answer::position).containsOnly(BLOCK_BYTES - 1);
        }
    }

    @Test
    void aThreadThatWaitsForRoomLearnsOfABrokenConnection() throws Exception {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();
            timestamps.send(ByteBuffer.allocateDirect(BLOCK_BYTES));
            awaitAcknowledged(ends.client());
            ends.fill();
            var failure = new CompletableFuture<Throwable>();
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        ends.client().send(ByteBuffer.allocateDirect(BLOCK_BYTES));
                    }
                } catch (IOException | RuntimeException e) {
                    failure.complete(e);
                }
            });

            ends.server().close(); // with unread data, which resets the connection

            assertThat(failure.get())
                    .isInstanceOf(SocketException.class)
                    .message()
                    .isIn("Connection reset by peer", "Broken pipe");
        }
    }

    @Test
    void aClosedConnectionFailsInTheUsualWay() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();

            ends.client().close();

            assertThat(timestamps.next()).isFalse();
            assertThatThrownBy(() -> timestamps.send(ByteBuffer.allocateDirect(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Bad file descriptor");
        }
    }

    @Test
    void answersThatNobodyReadsAreDiscarded() throws IOException {
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();
            BufferSizes granted = ends.client().buffers();

            int writes = granted.receiveBytes() / 100; // each answer takes some hundred bytes, and there are three
            for (int i = 0; i < writes; i++) {
                timestamps.send(ByteBuffer.allocateDirect(1));
                ends.receiveAll(1);
            }
            int answers = 0;
            while (timestamps.next()) {
                answers++;
            }

            assertThat(answers).isBetween(1, 3 * writes - 1);
        }
    }

    @Test
    void allocatesNothing() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Ends ends = Ends.of(Transport.TCP)) {
            TransmitTimestamps timestamps = ends.timestamps();
            ByteBuffer out = ByteBuffer.allocateDirect(BLOCK_BYTES);
            ByteBuffer in = ByteBuffer.allocateDirect(BLOCK_BYTES);
            long allocated = Long.MAX_VALUE;
            // the optimizing compiler removes the allocations; on a busy machine it takes its time
            for (int round = 0; round < 100 && allocated >= 10_000; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    timestamps.send(out.clear());
                    ends.server().receive(in.clear());
                    while (timestamps.next()) {}
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(allocated).isLessThan(10_000); // for 10 000 writes: at most the measurement itself
        }
    }

    private static List<Answer> await(TransmitTimestamps timestamps, int count) {
        List<Answer> answers = new ArrayList<>();
        while (answers.size() < count) {
            if (timestamps.next()) {
                answers.add(new Answer(timestamps.point(), timestamps.position(), timestamps.nanos()));
            } else {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return answers;
    }

    private static TransmitTimestamps present(@Nullable TransmitTimestamps timestamps) {
        return Objects.requireNonNull(timestamps);
    }

    private static long at(Point point, List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.point() == point)
                .mapToLong(Answer::nanos)
                .findFirst()
                .orElseThrow();
    }

    private static long nanosSince1970() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    /// Waits until the last byte is acknowledged, which the last answer follows at once.
    private static void awaitAcknowledged(TcpConnection connection) {
        while (connection.unacknowledgedBytes() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private interface Call {
        int run() throws IOException;
    }

    /// Returns the time of a call that moves nothing.
    private static long nanosOf(Thread.Builder kind, Call call) throws Exception {
        var nanos = new CompletableFuture<Long>();
        kind.start(() -> {
            long start = System.nanoTime();
            try {
                assertThat(call.run()).isZero();
                nanos.complete(System.nanoTime() - start);
            } catch (IOException | AssertionError e) {
                nanos.completeExceptionally(e);
            }
        });
        return Duration.ofNanos(nanos.get()).toNanos();
    }

    private static boolean kernelHas(int protocol) {
        try (Arena arena = Arena.ofConfined()) {
            long fd = SystemCall.SOCKET.call(
                    SystemCall.errno(arena), SocketAddresses.AF_INET, SocketCalls.SOCK_STREAM, protocol);
            return fd >= 0 && SystemCall.CLOSE.call(SystemCall.errno(arena), fd, 0, 0) == 0;
        }
    }

    /// Both ends of a connection over loopback.
    private record Ends(TcpConnection client, TcpConnection server) implements AutoCloseable {
        static Ends of(Transport transport) throws IOException {
            return of("127.0.0.1", transport);
        }

        static Ends of(String address, Transport transport) throws IOException {
            return of(new LinuxFamily(), address, transport);
        }

        static Ends of(SocketFamily family, String address, Transport transport) throws IOException {
            var local = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
            var setup =
                    new TcpSetup(null, null, SocketSettings.DEFAULT, TcpSetup.Liveness.DEFAULT, Pacing.NONE, transport);
            try (TcpListener listener = family.listen(local, new ListenSetup(false, null, transport))) {
                TcpConnection client = family.connect(listener.local(), setup, PLENTY);
                return new Ends(client, listener.accept(PLENTY));
            }
        }

        TransmitTimestamps timestamps() {
            TransmitTimestamps timestamps = present(client.transmitTimestamps());
            assertThat(timestamps.start()).isTrue();
            return timestamps;
        }

        /// Sends until the kernel takes no more.
        long fill() throws IOException {
            ByteBuffer block = ByteBuffer.allocateDirect(128 * 1024);
            long total = 0;
            for (int sent = client.send(block); sent > 0; sent = client.send(block.clear())) {
                total += sent;
            }
            return total;
        }

        void receiveAll(long bytes) throws IOException {
            ByteBuffer block = ByteBuffer.allocateDirect(128 * 1024);
            for (long left = bytes; left > 0; ) {
                left -= server.receive(block.clear().limit((int) Math.min(left, block.capacity())));
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
