package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Lengths of the calls of a sender that does not copy (`-Z`).
class ZeroCopySenderTest {
    private static final int BLOCK_BYTES = 1000;
    private static final int MAX_BYTES = 4 * BLOCK_BYTES;

    private final StubConnection connection = new StubConnection();

    /// Clock by which every call takes so long.
    private static NanoClock callsTake(long micros) {
        return new NanoClock() {
            private long nanos;

            @Override
            public long nanoTime() {
                nanos += TimeUnit.MICROSECONDS.toNanos(micros);
                return nanos;
            }
        };
    }

    private List<Integer> calls(long bytes, Pacing pacing, NanoClock clock) throws IOException {
        var settings = new StreamSettings(
                1, BLOCK_BYTES, pacing, SocketSettings.DEFAULT, PayloadSettings.DEFAULT, DatagramSettings.DEFAULT);
        var quota = new SendQuota();
        quota.arm(bytes);
        ZeroCopyBlock blocks = new ZeroCopyBlock() {
            @Override
            public int bytes() {
                return MAX_BYTES;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        var sender = new TcpSender(
                connection,
                settings,
                new TcpSender.Amount(quota, TcpSender.AtLimit.STOP),
                clock,
                ByteBuffer.allocateDirect(BLOCK_BYTES),
                new TcpSender.Source(blocks, null));
        sender.transfer(0);
        assertThat(sender.snapshot().bytes()).isEqualTo(bytes);
        return connection.zeroCopyCalls();
    }

    @Test
    void quickCallsBecomeLonger() throws IOException {
        assertThat(calls(12_500, Pacing.NONE, callsTake(100))).containsExactly(1000, 2000, 4000, 4000, 1500);
    }

    @Test
    void callsThatTakeATimeStayAsTheyAre() throws IOException {
        assertThat(calls(3000, Pacing.NONE, callsTake(700))).containsExactly(1000, 1000, 1000);
    }

    /// Of a report of 100 ms, a longer call would be a noticeable part.
    @Test
    void slowCallsAreOfOneBlock() throws IOException {
        var later = new NanoClock() {
            private long looks;
            private long nanos;

            @Override
            public long nanoTime() {
                nanos += looks++ < 4 ? 0 : TimeUnit.MILLISECONDS.toNanos(2);
                return nanos;
            }
        };

        assertThat(calls(9000, Pacing.NONE, later)).containsExactly(1000, 2000, 4000, 1000, 1000);
    }

    @Test
    void aRateLimitIsKeptBlockByBlock() throws IOException {
        Pacing pacing = Pacing.NONE.withTarget(new Bitrate(1_000_000_000));

        assertThat(calls(3000, pacing, callsTake(100))).containsExactly(1000, 1000, 1000);
    }
}
