package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Senders whose writes the running kernel timestamps, over loopback.
@Timeout(120)
class TimedSenderTest {
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;
    private static final int BLOCK_BYTES = 32 * 1024;

    private final SocketFamily family = SocketFamilies.best();

    @Test
    void everyByteIsSentAndSomeWritesAreTimed() throws Exception {
        assumeTrue(family.name().equals("linux"));
        int blocks = 2000;
        try (var ends = Ends.of(family)) {
            TcpSender sender = ends.sender(blocks, null, ticking());

            ends.transfer(sender);

            assertThat(sender.snapshot().bytes()).isEqualTo((long) blocks * BLOCK_BYTES);
            assertThat(ends.received.get()).isEqualTo((long) blocks * BLOCK_BYTES);
            WriteTimes times = Objects.requireNonNull(sender.writeTimes());
            var acknowledged = Objects.requireNonNull(times.acknowledged());
            assertThat(times.refusals()).isZero();
            assertThat(times.requests()).isGreaterThan(1).isLessThan(blocks);
            assertThat(acknowledged.samples() + times.lost()).isBetween(times.requests() - 64, times.requests());
            assertThat(acknowledged.minMicros()).isPositive();
            assertThat(Objects.requireNonNull(times.localQueue()).samples()).isPositive();
        }
    }

    /// sendfile(2) carries no request.
    @Test
    void zeroCopyIsNotTimed() throws Exception {
        try (var ends = Ends.of(family);
                ZeroCopyBlock block = family.zeroCopyBlock(ByteBuffer.allocateDirect(BLOCK_BYTES))) {
            TcpSender sender = ends.sender(10, block, ticking());

            ends.transfer(sender);

            assertThat(ends.received.get()).isEqualTo(10L * BLOCK_BYTES);
            assertThat(sender.writeTimes()).isNull();
        }
    }

    @Test
    void portableSocketsAreNotTimed() throws Exception {
        try (var ends = Ends.of(SocketFamilies.portable())) {
            TcpSender sender = ends.sender(10, null, ticking());

            ends.transfer(sender);

            assertThat(ends.received.get()).isEqualTo(10L * BLOCK_BYTES);
            assertThat(sender.writeTimes()).isNull();
        }
    }

    /// Clock that ticks a millisecond with each look, so that many writes are timed.
    private static NanoClock ticking() {
        return new NanoClock() {
            private long nanos;

            @Override
            public long nanoTime() {
                nanos += 1_000_000;
                return nanos;
            }
        };
    }

    /// Both ends of a connection over loopback; the server's end discards everything.
    private record Ends(TcpConnection client, TcpConnection server, CompletableFuture<Long> received)
            implements AutoCloseable {
        static Ends of(SocketFamily family) throws IOException {
            var local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
            try (TcpListener listener = family.listen(local, ListenSetup.DEFAULT)) {
                TcpConnection client = family.connect(listener.local(), TcpSetup.CONTROL, PLENTY);
                var ends = new Ends(client, listener.accept(PLENTY), new CompletableFuture<>());
                Thread.ofPlatform().daemon().start(ends::discard);
                return ends;
            }
        }

        private void discard() {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            long total = 0;
            try {
                for (int n = server.receive(block); n >= 0; n = server.receive(block.clear())) {
                    total += n;
                }
                received.complete(total);
            } catch (IOException e) {
                received.completeExceptionally(new UncheckedIOException(e));
            }
        }

        TcpSender sender(int blocks, @Nullable ZeroCopyBlock zeroCopy, NanoClock clock) {
            var settings = new StreamSettings(
                    1,
                    BLOCK_BYTES,
                    Pacing.NONE,
                    SocketSettings.DEFAULT,
                    PayloadSettings.DEFAULT,
                    DatagramSettings.DEFAULT);
            var quota = new SendQuota();
            quota.arm((long) blocks * BLOCK_BYTES);
            return new TcpSender(
                    client,
                    settings,
                    new TcpSender.Amount(quota, TcpSender.AtLimit.STOP),
                    clock,
                    ByteBuffer.allocateDirect(BLOCK_BYTES),
                    new TcpSender.Source(zeroCopy, null));
        }

        void transfer(TcpSender sender) throws IOException {
            sender.transfer(0);
            while (client.unacknowledgedBytes() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            client.shutdownOutput();
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
