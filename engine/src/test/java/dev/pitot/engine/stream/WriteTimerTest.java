package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the answers of a kernel become, in the orders in which kernels give them.
class WriteTimerTest {
    private static final int BLOCK = 1000;
    private static final long EPOCH = 1_700_000_000_000_000_000L; // the kernel's clock

    private final ManualClock clock = new ManualClock();
    private final ScriptedTimestamps kernel = new ScriptedTimestamps();
    private WriteTimer timer = new WriteTimer(kernel, 1, clock);
    private long sent;

    /// Kernel that answers what a test says.
    private static final class ScriptedTimestamps implements TransmitTimestamps {
        private record Answer(Point point, long position, long nanos) {}

        private final Queue<Answer> answers = new ArrayDeque<>();
        private @Nullable Answer last;
        private boolean isOn = true;
        private boolean refuses;

        void answer(Point point, long position, long micros) {
            answers.add(new Answer(point, position, EPOCH + micros * 1000));
        }

        @Override
        public boolean start() {
            return isOn;
        }

        @Override
        public int send(ByteBuffer block) {
            int bytes = block.remaining();
            return refuses ? REFUSED : bytes;
        }

        @Override
        public boolean next() {
            last = answers.poll();
            return last != null;
        }

        private Answer last() {
            return Objects.requireNonNull(last);
        }

        @Override
        public Point point() {
            return last().point;
        }

        @Override
        public int position() {
            return (int) last().position;
        }

        @Override
        public long nanos() {
            return last().nanos;
        }
    }

    /// Sends a block when the timer is due again.
    ///
    /// @return position of its last byte, or −1 if the timer did not want it
    private long write() throws IOException {
        clock.advance(Duration.ofMillis(100));
        if (!timer.isDue(1 << 20)) {
            return -1;
        }
        sent += timer.send(ByteBuffer.allocate(BLOCK), sent);
        return sent - 1;
    }

    private WriteTimes finish() {
        clock.advance(Duration.ofSeconds(1));
        timer.finish();
        return Objects.requireNonNull(timer.times());
    }

    private static RoundTripStatistics present(@Nullable RoundTripStatistics statistics) {
        return Objects.requireNonNull(statistics);
    }

    @Test
    void aWriteIsTimedFromTheQueueToItsAcknowledgement() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 10);
        kernel.answer(TransmitTimestamps.Point.SENT, position, 210);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 1210);

        WriteTimes times = finish();

        assertThat(present(times.acknowledged()).samples()).isEqualTo(1);
        assertThat(present(times.acknowledged()).minMicros()).isEqualTo(1200);
        assertThat(present(times.localQueue()).maxMicros()).isEqualTo(200);
        assertThat(times.requests()).isEqualTo(1);
        assertThat(times.lost()).isZero();
    }

    @Test
    void positionsMayExceed32Bits() throws IOException {
        sent = 5L << 32;
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 7);

        assertThat(present(finish().acknowledged()).maxMicros()).isEqualTo(7);
    }

    @Test
    void driversNeedNotTimestamp() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 7);

        assertThat(finish().localQueue()).isNull();
    }

    @Test
    void aRetransmissionBelongsToTheAcknowledgementTimeAndNotToTheQueue() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 0); // dropped by the own queue
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 200_000);
        kernel.answer(TransmitTimestamps.Point.SENT, position, 200_030);
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 500_000); // lost on the path
        kernel.answer(TransmitTimestamps.Point.SENT, position, 500_900);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 600_000);

        WriteTimes times = finish();

        assertThat(present(times.acknowledged()).maxMicros()).isEqualTo(600_000);
        assertThat(present(times.localQueue()).samples()).isEqualTo(1);
        assertThat(present(times.localQueue()).maxMicros()).isEqualTo(30);
    }

    @Test
    void anEarlierRequestWithoutAnswerIsLost() throws IOException {
        timer.start();
        write();
        write();
        long third = write();
        write(); // not acknowledged yet
        kernel.answer(TransmitTimestamps.Point.QUEUED, third, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, third, 5);

        WriteTimes times = finish();

        assertThat(times.requests()).isEqualTo(4);
        assertThat(times.lost()).isEqualTo(2);
        assertThat(present(times.acknowledged()).samples()).isEqualTo(1);
    }

    @Test
    void withoutItsBeginningARequestIsLost() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 5);

        WriteTimes times = finish();

        assertThat(times.lost()).isEqualTo(1);
        assertThat(times.acknowledged()).isNull();
    }

    @Test
    void answersThatBelongToNoRequestAreIgnored() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position - 1, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position + 1, 5);

        WriteTimes times = finish();

        assertThat(times.lost()).isZero();
        assertThat(times.acknowledged()).isNull();
    }

    /// Both are impossible: the system's clock was set between two answers.
    @Test
    void aStepOfTheSystemsClockGivesNoTimes() throws IOException {
        timer.start();
        long back = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, back, 0);
        kernel.answer(TransmitTimestamps.Point.SENT, back, -3_600_000_000L);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, back, -3_600_000_000L);
        long ahead = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, ahead, 0);
        kernel.answer(TransmitTimestamps.Point.SENT, ahead, 30_000_000);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, ahead, 30_000_000);

        WriteTimes times = finish();

        assertThat(times.acknowledged()).isNull();
        assertThat(times.localQueue()).isNull();
        assertThat(times.lost()).isEqualTo(2);
    }

    @Test
    void aRefusalEndsTheRequests() throws IOException {
        timer.start();
        long position = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, position, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, position, 5);
        clock.advance(Duration.ofMillis(100));
        assertThat(timer.isDue(1 << 20)).isTrue();
        kernel.refuses = true;

        assertThat(timer.send(ByteBuffer.allocate(BLOCK), sent)).isEqualTo(TransmitTimestamps.REFUSED);

        assertThat(write()).isEqualTo(-1);
        WriteTimes times = finish();
        assertThat(times.refusals()).isEqualTo(1);
        assertThat(times.requests()).isEqualTo(1);
        assertThat(present(times.acknowledged()).samples()).isEqualTo(1);
    }

    @Test
    void withoutTimestampsNothingIsTimed() throws IOException {
        kernel.isOn = false;
        timer.start();

        assertThat(write()).isEqualTo(-1);
        timer.finish();
        assertThat(timer.times()).isNull();
        assertThat(WriteTimer.of(new StubConnection(), 1, clock)).isNull();
    }

    @Test
    void aSingleStreamIsTimedEveryFiveMilliseconds() {
        timer.start();

        assertThat(timer.isDue(BLOCK)).isTrue();
        clock.advance(Duration.ofNanos(4_999_999));
        assertThat(timer.isDue(1 << 20)).isFalse();
        clock.advanceNanos(1);
        assertThat(timer.isDue(1 << 20)).isTrue();
    }

    @Test
    void manyStreamsShareTheSamples() {
        timer = new WriteTimer(kernel, 128, clock);
        timer.start();

        assertThat(timer.isDue(BLOCK)).isTrue();
        clock.advance(Duration.ofMillis(319));
        assertThat(timer.isDue(1 << 20)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(timer.isDue(1 << 20)).isTrue();
    }

    @Test
    void smallWritesDoNotLookAtTheClockEachTime() {
        timer.start();
        assertThat(timer.isDue(1)).isTrue();
        clock.advance(Duration.ofSeconds(1));

        for (int bytes = 0; bytes < 16 * 1024; bytes += 128) {
            assertThat(timer.isDue(128)).isFalse();
        }
        assertThat(timer.isDue(128)).isTrue();
    }

    @Test
    void onlySoManyRequestsWait() throws IOException {
        timer.start();
        long last = -1;
        for (int i = 0; i < 64; i++) {
            last = write();
        }

        assertThat(last).isPositive();
        assertThat(write()).isEqualTo(-1);

        kernel.answer(TransmitTimestamps.Point.QUEUED, last, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, last, 5);
        assertThat(write()).isPositive();
        WriteTimes times = finish();
        assertThat(times.requests()).isEqualTo(65);
        assertThat(times.lost()).isEqualTo(63);
    }

    @Test
    void requestsWithoutAnyAnswerAreGivenUpAfterAMinute() throws IOException {
        timer.start();
        for (int i = 0; i < 64; i++) {
            write();
        }
        clock.advance(Duration.ofSeconds(60));

        assertThat(write()).isPositive();
        assertThat(finish().lost()).isEqualTo(64);
    }

    @Test
    void theWarmUpDoesNotCount() throws IOException {
        timer.start();
        long warm = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, warm, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, warm, 5);
        long late = write();
        timer.restart();
        long counted = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, late, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, late, 6);
        kernel.answer(TransmitTimestamps.Point.QUEUED, counted, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, counted, 7);

        WriteTimes times = finish();

        assertThat(present(times.acknowledged()).samples()).isEqualTo(1);
        assertThat(present(times.acknowledged()).minMicros()).isEqualTo(7);
        assertThat(times.requests()).isEqualTo(1);
        assertThat(times.lost()).isZero();
    }

    @Test
    void aStreamThatEndsInTheWarmUpHasNoTimes() throws IOException {
        timer.start();
        long warm = write();
        kernel.answer(TransmitTimestamps.Point.QUEUED, warm, 0);
        kernel.answer(TransmitTimestamps.Point.ACKNOWLEDGED, warm, 5);
        finish();

        timer.restart();

        WriteTimes times = Objects.requireNonNull(timer.times());
        assertThat(times.acknowledged()).isNull();
        assertThat(times.requests()).isZero();
    }
}
