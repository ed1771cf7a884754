package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ManualClock;
import dev.pitot.wire.datagram.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramWindowTest {
    private static final Duration NO_PROGRESS = Duration.ofMillis(5);
    private static final int ROOM = 100;

    private final ManualClock clock = new ManualClock();
    private final UdpConnectionStub connection = new UdpConnectionStub(0);
    private DatagramWindow window = new DatagramWindow(connection, Duration.ZERO, clock);

    @BeforeEach
    void waitingTakesTime() {
        connection.onWait(clock::advanceNanos);
        window.start();
    }

    private static byte[] report(int room, long... highest) {
        ByteBuffer all = ByteBuffer.allocate(highest.length * ReadReport.BYTES);
        for (int i = 0; i < highest.length; i++) {
            ReadReport.write(all.slice(i * ReadReport.BYTES, ReadReport.BYTES), room, highest[i]);
        }
        return all.array();
    }

    /// Sends as many calls as fit without waiting.
    private long sendAll(long from, int perCall) throws IOException {
        connection.onWait(nanos -> {});
        long sent = from;
        while (sent - from < 100_000 && window.awaitPlace(sent, perCall)) {
            sent += perCall;
        }
        connection.onWait(clock::advanceNanos);
        return sent;
    }

    @Test
    void oneCallLeavesBeforeTheFirstReport() throws IOException {
        assertThat(sendAll(0, 44)).isEqualTo(44);
    }

    @Test
    void whatTheReceiverHoldsMayBeUnread() throws IOException {
        connection.arrive(report(ROOM, 0));

        assertThat(sendAll(0, 10)).isEqualTo(ROOM);

        connection.arrive(report(ROOM, 35));
        assertThat(sendAll(ROOM, 10)).isEqualTo(ROOM + 30);
    }

    /// So that what the receiver has read and not reported yet cannot keep the next call back.
    @Test
    void aCallIsAtMostHalfTheRoom() throws IOException {
        assertThat(window.perCall(128)).isEqualTo(128);

        connection.arrive(report(104, 0));
        sendAll(0, 44);

        assertThat(window.perCall(128)).isEqualTo(52);
        assertThat(window.perCall(44)).isEqualTo(44);
        connection.arrive(report(1, 44));
        sendAll(44, 44);
        assertThat(window.perCall(128)).isEqualTo(1);
    }

    @Test
    void aCallThatIsLongerThanTheRoomLeavesAlone() throws IOException {
        connection.arrive(report(5, 0));
        long sent = sendAll(0, 44);

        connection.arrive(report(5, 44));

        assertThat(sent).isEqualTo(44);
        assertThat(sendAll(sent, 44)).isEqualTo(88);
    }

    @Test
    void twiceWhatIsReadInARoundTripMayBeOnThePath() throws IOException {
        window = new DatagramWindow(connection, Duration.ofMillis(2), clock);
        window.start();
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);
        for (int i = 1; i <= 3; i++) { // 100 datagrams in 10 ms: 20 in a round trip
            clock.advance(Duration.ofMillis(10));
            connection.arrive(report(ROOM, sent));
            sent = Math.min(sendAll(sent, 10), sent + 100);
        }

        connection.arrive(report(ROOM, sent));

        assertThat(sendAll(sent, 10)).isEqualTo(sent + ROOM + 40);
    }

    @Test
    void aLongerPathGivesItsRoundTripToTheProgress() throws IOException {
        window = new DatagramWindow(connection, Duration.ofMillis(50), clock);
        window.start();
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        clock.advance(Duration.ofMillis(54));
        assertThat(window.awaitPlace(sent, 10)).isFalse(); // it waited for the last millisecond
        assertThat(window.awaitPlace(sent, 10)).isTrue();
    }

    @Test
    void oneCallLeavesWhenNothingIsReadForAWhile() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        assertThat(window.awaitPlace(sent, 10)).isFalse();
        clock.advance(NO_PROGRESS);
        assertThat(window.awaitPlace(sent, 10)).isTrue();
        assertThat(window.awaitPlace(sent + 10, 10)).isFalse();
    }

    @Test
    void lostDatagramsDoNotCountOnceALaterOneWasRead() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);
        clock.advance(NO_PROGRESS);
        assertThat(window.awaitPlace(sent, 10)).isTrue();

        connection.arrive(report(ROOM, sent + 10)); // whatever else arrived

        assertThat(sendAll(sent + 10, 10)).isEqualTo(sent + 10 + ROOM);
    }

    @Test
    void withoutReportsThereIsNoLimitAfterASecond() throws IOException {
        assertThat(sendAll(0, 10)).isEqualTo(10);

        clock.advance(Duration.ofMillis(1001));
        assertThat(sendAll(10, 10)).isEqualTo(100_010);

        connection.arrive(report(ROOM, 100_000));
        assertThat(sendAll(100_010, 10)).isEqualTo(100_100);
    }

    @Test
    void reportsThatTheKernelJoinedAreReadOneByOne() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        connection.arrive(report(ROOM, 10, 20, 60));

        assertThat(sendAll(sent, 10)).isEqualTo(sent + 60);
    }

    @Test
    void reportsOfNobodyAreIgnored() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        connection.arrive(report(ROOM, sent + 1)); // never sent
        connection.arrive(report(ROOM, -1));
        connection.arrive(report(0, 50));
        connection.arrive(report(-1, 50));
        connection.arrive(new byte[] {1, 2, 3, 4});
        connection.arrive(new byte[ReadReport.BYTES]);
        connection.arrive(new byte[70_000]);

        assertThat(sendAll(sent, 10)).isEqualTo(sent);
    }

    @Test
    @Timeout(60)
    void aFloodOfDatagramsDoesNotHoldTheSender() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        connection.floodWith(new byte[] {1, 2, 3, 4});

        assertThat(window.awaitPlace(sent, 10)).isFalse();
    }

    @Test
    void anOldReportTakesNothingBack() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);
        connection.arrive(report(ROOM, 60));
        connection.arrive(report(ROOM, 20)); // overtaken

        assertThat(sendAll(sent, 10)).isEqualTo(sent + 60);
    }

    @Test
    void aConnectionThatWasShutDownDoesNotHoldTheSender() throws IOException {
        connection.arrive(report(ROOM, 0));
        long sent = sendAll(0, 10);

        connection.shutdown();

        assertThat(window.awaitPlace(sent, 10)).isTrue();
    }

    /// A receiver of any speed whose reports are lost, late or overtaken, and a path that loses datagrams: the
    /// receiver never holds more than its room, but for calls that left after a while without progress.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theReceiversBufferNeverOverflows(long seed) throws IOException {
        var random = new Random(seed);
        var path = new DatagramWindow(connection, Duration.ZERO, clock);
        path.start();
        int room = 1 + random.nextInt(300);
        int perCall = 1 + random.nextInt(60);
        int loss = random.nextInt(30);
        int reportLoss = random.nextInt(60);
        long sent = 0;
        long read = 0;
        List<Long> held = new ArrayList<>();
        connection.arrive(report(room, 0));
        int calls = 0;
        int extra = 0;
        for (int step = 0; step < 20_000; step++) {
            clock.advanceNanos(random.nextInt(200_000));
            long before = clock.nanoTime();
            boolean wasFree = path.awaitPlace(sent, perCall);
            extra += clock.nanoTime() - before > 4_000_000 ? 1 : 0;
            if (wasFree) {
                for (int i = 1; i <= perCall; i++) {
                    if (random.nextInt(100) >= loss) {
                        held.add(sent + i);
                    }
                }
                sent += perCall;
                calls++;
            }
            assertThat(held.size()).isLessThanOrEqualTo(Math.max(room, perCall) + (1 + extra) * perCall);
            int taken = Math.min(held.size(), random.nextInt(2 * perCall));
            for (int i = 0; i < taken; i++) {
                read = held.removeFirst();
            }
            if (random.nextInt(100) >= reportLoss) {
                connection.arrive(report(room, random.nextInt(20) == 0 ? read / 2 : read));
                extra = held.isEmpty() ? 0 : extra;
            }
        }

        assertThat(calls).isGreaterThan(100);
    }
}
