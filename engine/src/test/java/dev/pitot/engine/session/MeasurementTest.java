package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.interval.FakeStream;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.testkit.Awaiter;
import dev.pitot.testkit.ManualClock;
import dev.pitot.wire.control.ProtocolExtension;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final ManualClock clock = new ManualClock();

    private static OpenStream stream(StreamRole role, FakeStream stream) {
        var info = new StreamInfo(1, 5, role, new Endpoint("local", 1), new Endpoint("remote", 2));
        return new OpenStream(info, new StubConnection(), stream, null);
    }

    private Measurement measurement(List<OpenStream> streams) {
        return measurement(streams, Duration.ZERO);
    }

    private Measurement measurement(List<OpenStream> streams, Duration warmUp) {
        return measurement(streams, warmUp, TestConfig.builder().build());
    }

    private Measurement measurement(List<OpenStream> streams, Duration warmUp, TestConfig test) {
        var context = new SessionContext(
                SocketFamilies.best(), clock, InstantSource.system(), new SecureRandom(), new StreamLabels());
        var limits = new TransferLimit(test, ProtocolExtension.NONE, false, () -> {});
        var threads =
                new StreamThreads(streams, () -> {}, () -> 0, clock, new StreamObserver(new EventQueue(), limits));
        var meter = new IntervalMeter(streams, Protocol.TCP, ReportInterval.DEFAULT, warmUp.toNanos(), Long.MAX_VALUE);
        return new Measurement(
                threads,
                new Measurement.Meters(meter, new LatencyMeter()),
                limits,
                List.of(),
                context,
                new EventDispatcher(List.of()));
    }

    /// The senders end at the start, before the clock goes on.
    private void runFor(Measurement measurement, Duration length) {
        measurement.prepare();
        measurement.start();
        Awaiter.await(() -> measurement.hasEnded(StreamRole.SENDER));
        clock.advance(length);
    }

    private static double seconds(@Nullable Total total) {
        return Objects.requireNonNull(total).seconds();
    }

    /// A server's receivers may wait for their connections or files when they are closed: that is not time of the test.
    @Test
    void theTimeOfAServerEndsWhenItsSendersHaveStopped() {
        var slow = new FakeStream(() -> clock.advance(Duration.ofSeconds(1)));
        try (Measurement measurement =
                measurement(List.of(stream(StreamRole.SENDER, new FakeStream()), stream(StreamRole.RECEIVER, slow)))) {
            measurement.prepare();
            measurement.start();
            clock.advance(Duration.ofSeconds(2));

            measurement.hangUp();
            measurement.finish(0);

            List<Summary.OfStream> totals = measurement.totals();
            assertThat(seconds(totals.getFirst().sent())).isEqualTo(2);
            assertThat(seconds(totals.getLast().received())).isEqualTo(2);
        }
    }

    /// The thread that reads the end of the test asks for it; the session's thread comes a second later.
    @Test
    void theTimeOfAServerEndsWhenTheEndIsRead() {
        try (Measurement measurement = measurement(List.of(stream(StreamRole.SENDER, new FakeStream())))) {
            measurement.onEndRead(); // of a peer that does not wait for the start
            runFor(measurement, Duration.ofSeconds(2));

            measurement.onEndRead();
            clock.advance(Duration.ofSeconds(1));
            measurement.lookIfDue(clock.nanoTime());
            measurement.hangUp();
            measurement.finish(0);

            List<Summary.OfStream> totals = measurement.totals();
            assertThat(seconds(totals.getFirst().sent())).isEqualTo(2);
        }
    }

    /// Receivers wait for what is on its way, so intervals go on until the session's thread has handled the end.
    @Test
    void anEndThatReceivesEndsWithTheSession() {
        try (Measurement measurement = measurement(
                List.of(stream(StreamRole.SENDER, new FakeStream()), stream(StreamRole.RECEIVER, new FakeStream())))) {
            runFor(measurement, Duration.ofSeconds(2));

            measurement.onEndRead();
            clock.advance(Duration.ofSeconds(1));
            measurement.hangUp();
            measurement.finish(0);

            assertThat(seconds(measurement.totals().getFirst().sent())).isEqualTo(3);
        }
    }

    /// The warm-up would end when the end has been read: the counted part would begin after its end.
    @Test
    void theWarmUpDoesNotEndAfterTheTest() {
        try (Measurement measurement =
                measurement(List.of(stream(StreamRole.SENDER, new FakeStream())), Duration.ofSeconds(2))) {
            runFor(measurement, Duration.ofMillis(1999));

            measurement.onEndRead();
            clock.advance(Duration.ofMillis(2));
            measurement.lookIfDue(clock.nanoTime());
            measurement.hangUp();
            measurement.finish(0);

            assertThat(seconds(measurement.totals().getFirst().sent())).isEqualTo(1.999);
        }
    }

    /// A client may read no more once it has sent the end, so that a sender waits in its call.
    @Test
    void aSenderThatWaitsForItsPeerEndsAtOnce() {
        var isShutDown = new CountDownLatch(1);
        var blocked = new FakeStream(() -> {}, () -> awaitUninterruptibly(isShutDown));
        var info = new StreamInfo(1, 5, StreamRole.SENDER, new Endpoint("local", 1), new Endpoint("remote", 2));
        var open = new OpenStream(info, new StubConnection(isShutDown::countDown), blocked, null);
        try (Measurement measurement = measurement(List.of(open))) {
            measurement.prepare();
            measurement.start();

            measurement.onEndRead();

            Awaiter.await(() -> measurement.hasEnded(StreamRole.SENDER));
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) { // nobody does
            throw new AssertionError(e);
        }
    }

    /// A sender that has sent the agreed amount has ended by itself, in --bidir often long before the test.
    @Test
    void theTimeOfAnAmountEndsWithItsLastByte() {
        TestConfig test =
                TestConfig.builder().limit(new Limit.ForBytes(1_000_000)).build();
        try (Measurement measurement = measurement(
                List.of(stream(StreamRole.SENDER, new FakeStream()), stream(StreamRole.RECEIVER, new FakeStream())),
                Duration.ZERO,
                test)) {
            runFor(measurement, Duration.ofSeconds(2));

            measurement.hangUp();
            measurement.finish(0);

            assertThat(seconds(measurement.totals().getFirst().sent())).isZero();
            assertThat(seconds(measurement.totals().getLast().received())).isEqualTo(2);
        }
    }
}
