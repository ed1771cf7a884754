package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LowWaterMarkTest {
    private static final long START = Long.MAX_VALUE - 1_000_000; // the clock may overflow at any moment
    private static final int PIECE_BYTES = 128 * 1024;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StubConnection connection = new StubConnection();
    private long now = START;

    private LowWaterMark mark(boolean isUsed) {
        var mark = new LowWaterMark(connection, PIECE_BYTES, isUsed);
        mark.start(now);
        return mark;
    }

    /// Receives whole pieces at a rate for some periods.
    private void receive(LowWaterMark mark, double gigabitsPerSecond) throws IOException {
        long step = (long) (PIECE_BYTES * 8 / gigabitsPerSecond);
        for (long end = now + 3 * PERIOD_NANOS; now - end < 0; ) {
            now += step;
            assertThat(mark.onReceived(PIECE_BYTES, now)).isEqualTo(now);
        }
    }

    @Test
    void isWhatArrivesIn200Microseconds() throws IOException {
        receive(mark(true), 20);

        assertThat(connection.lowWaterMark()).isBetween(490_000, 510_000); // 20 Gbit/s are 500,000 bytes
    }

    @Test
    void isOneByteForSlowStreams() throws IOException {
        LowWaterMark mark = mark(true);

        receive(mark, 2);
        assertThat(connection.lowWaterMark()).isEqualTo(1);

        receive(mark, 20);
        receive(mark, 2);
        assertThat(connection.lowWaterMark()).isEqualTo(1);
    }

    @Test
    void isAtMostAMebibyte() throws IOException {
        receive(mark(true), 400);

        assertThat(connection.lowWaterMark()).isEqualTo(1024 * 1024);
    }

    @Test
    void isOneByteWhereItIsNotUsed() throws IOException {
        receive(mark(false), 20);

        assertThat(connection.lowWaterMark()).isEqualTo(1);
    }

    /// Unread bytes would take a part of the window that a long path needs.
    @Test
    void isOneByteOnLongPaths() throws IOException {
        connection.tell(0, 65_536, 1_001);

        receive(mark(true), 20);

        assertThat(connection.lowWaterMark()).isEqualTo(1);
    }

    /// The bytes had arrived before the wait for more, which was in vain: so had the last byte of the test.
    @Test
    void aPauseSetsItBackAndTakesNoTimeOfTheBytes() throws IOException {
        LowWaterMark mark = mark(true);
        receive(mark, 20);
        long before = now;
        now += TimeUnit.MILLISECONDS.toNanos(8);

        long arrived = mark.onReceived(1000, now);

        assertThat(arrived).isEqualTo(before);
        assertThat(connection.lowWaterMark()).isEqualTo(1);
        now += TimeUnit.MILLISECONDS.toNanos(8);
        assertThat(mark.onReceived(1000, now)).isEqualTo(now);
    }
}
