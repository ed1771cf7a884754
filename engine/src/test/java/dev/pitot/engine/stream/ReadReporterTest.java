package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.wire.datagram.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadReporterTest {
    private static final int DATAGRAM_BYTES = 1_488; // 2,000 with what the kernel adds
    private static final int RECEIVE_BYTES = 320_000; // room for 40

    private final UdpConnectionStub connection = new UdpConnectionStub(RECEIVE_BYTES);

    private List<Long> reported() {
        return connection.sent().stream()
                .map(ByteBuffer::wrap)
                .map(report -> ReadReport.highest(report, 0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "320000, 1488, 40",
        "425984, 1460, 54", // Linux's default of 212,992, doubled
        "8388608, 1460, 1063", // what Pitot asks for
        "8388608, 64, 3640",
        "425984, 65507, 1",
        "2304, 65507, 1", // the least that Linux gives
        "0, 16, 1"
    })
    void theRoomIsWhatHalfOfTheBufferHolds(int receiveBytes, int datagramBytes, int room) {
        assertThat(ReadReporter.room(receiveBytes, datagramBytes)).isEqualTo(room);
    }

    @Test
    void reportsEveryQuarterOfTheRoom() throws IOException {
        var reporter = new ReadReporter(connection, DATAGRAM_BYTES);

        reporter.report(0);
        for (long highest = 1; highest <= 22; highest++) {
            reporter.onRead(highest);
        }

        assertThat(reported()).containsExactly(0L, 10L, 20L);
        assertThat(connection.sent()).allSatisfy(report -> {
            assertThat(report).hasSize(ReadReport.BYTES);
            assertThat(ReadReport.room(ByteBuffer.wrap(report), 0)).isEqualTo(40);
        });
    }

    @Test
    void reportsAgainWhileNothingArrives() throws IOException {
        var reporter = new ReadReporter(connection, DATAGRAM_BYTES);

        reporter.report(3);
        reporter.report(3);
        reporter.onRead(12);
        reporter.onRead(13);

        assertThat(reported()).containsExactly(3L, 3L, 13L);
    }

    @Test
    void aSenderThatIsGoneDoesNotEndTheReceiver() throws IOException {
        var reporter = new ReadReporter(connection, DATAGRAM_BYTES);
        connection.unreachable();

        reporter.report(0);
        reporter.onRead(1000);

        assertThat(reported()).isEmpty();
        connection.reachableAgain(); // a route may come back
        reporter.onRead(2000);
        assertThat(reported()).containsExactly(2000L);
    }
}
