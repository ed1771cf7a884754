package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.UdpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The rate is kept on average since the start of the test, whenever the stream's thread is first
/// scheduled.
class LateStartTest {
    private static final int DATAGRAM_BYTES = 1_000;
    private static final Bitrate BYTE_PER_MICRO = new Bitrate(8_000_000);

    /// Connection that counts what is sent.
    private static final class Sink implements UdpConnection {
        private long datagrams;

        @Override
        public int send(ByteBuffer block) {
            int bytes = block.remaining();
            datagrams++;
            block.position(block.limit());
            return bytes;
        }

        @Override
        public int receive(ByteBuffer block) {
            return -1;
        }

        @Override
        public int receive(ByteBuffer block, long nanos) {
            return -1;
        }

        @Override
        public int peek(ByteBuffer block) {
            return -1;
        }

        @Override
        public int receiveNow(ByteBuffer block) {
            return -1;
        }

        @Override
        public long unsentBytes() {
            return 0;
        }

        @Override
        public long receiveDrops() {
            return 0;
        }

        @Override
        public boolean hasOffload() {
            return false;
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress(1);
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(1);
        }

        @Override
        public BufferSizes buffers() {
            return new BufferSizes(0, 0);
        }

        @Override
        public void shutdown() {
            // There is no kernel.
        }

        @Override
        public void close() {
            // There is no kernel.
        }
    }

    @Test
    @Timeout(180)
    void aThreadThatBeginsLateCatchesUp() throws IOException {
        var settings = new StreamSettings(
                1,
                DATAGRAM_BYTES,
                new Pacing(BYTE_PER_MICRO, 0, Bitrate.UNLIMITED),
                SocketSettings.DEFAULT,
                PayloadSettings.DEFAULT,
                DatagramSettings.DEFAULT);
        long late = TimeUnit.MILLISECONDS.toNanos(100);
        var quota = new SendQuota();
        quota.arm(100 * DATAGRAM_BYTES); // the quota of a hundred milliseconds
        var sink = new Sink();
        var sender = new UdpSender(
                sink,
                settings,
                new TcpSender.Amount(quota, TcpSender.AtLimit.STOP),
                () -> late, // time stands
                ByteBuffer.allocateDirect(DATAGRAM_BYTES),
                null);

        sender.transfer(0);

        assertThat(sink.datagrams).isEqualTo(100);
    }
}
