package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.pitot.metrics.Played;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PushSinkTest {
    private static final SnapshotFormat INTERVALS = new Iperf3RsText().format();
    private static final SnapshotFormat WINDOWS = new Iperf3RsText().format().withWindow(Duration.ofSeconds(1));

    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    private PushSink sink(TestGateway server, SnapshotFormat format, boolean deletes) {
        PushConfig config = PushConfig.to(server.address())
                .with(new PushDelivery(Duration.ofSeconds(3), 0, "x"))
                .deletingOnFinish(deletes);
        return PushSink.open(config, format, failures::add);
    }

    private static TestListener running(PushSink sink) {
        TestListener listener = sink.forTest();
        Played.to(listener, Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
        return listener;
    }

    @Test
    void metricsArriveWhileTheTestRunsAndGoWhenTheSinkIsClosed() throws Exception {
        try (var server = TestGateway.answering()) {
            PushSink sink = sink(server, INTERVALS, true);
            TestListener listener = running(sink);

            listener.onEvent(Played.tcpInterval(0, false));

            TestGateway.Request push = server.next();
            assertThat(push.line()).isEqualTo("PUT /metrics/job/iperf3");
            assertThat(push.body()).contains("\niperf3_transferred_bytes 1000\n");
            sink.close();
            assertThat(server.rest()).containsExactly("DELETE /metrics/job/iperf3");
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(1, 0, 0, 0));
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void theGroupStaysUnlessItShallGo() throws Exception {
        try (var server = TestGateway.answering()) {
            PushSink sink = sink(server, INTERVALS, false);
            sink.close();

            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void onlyTheNewestIntervalWaitsForASlowServer() throws Exception {
        try (var server = TestGateway.waiting()) {
            PushSink sink = sink(server, INTERVALS, false);
            TestListener listener = running(sink);
            listener.onEvent(Played.tcpInterval(0, false));
            assertThat(server.next().body()).contains("_bytes 1000\n");

            listener.onEvent(Played.tcpInterval(1, false));
            listener.onEvent(Played.tcpInterval(2, false));
            listener.onEvent(Played.tcpInterval(3, false));
            server.letGo();
            server.letGo();

            assertThat(server.next().body()).contains("_bytes 7000\n");
            sink.close();
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(2, 0, 2, 0));
        }
    }

    @Test
    void allWindowsArePushedOfAllTests() throws Exception {
        try (var server = TestGateway.waiting()) {
            PushSink sink = sink(server, WINDOWS, false);
            Played.to(sink.forTest(), Played.tcp(3));
            Played.to(sink.forTest(), Played.tcp(1));
            for (int push = 0; push < 4; push++) {
                server.letGo();
            }

            for (int bytes : List.of(1000, 3000, 5000, 1000)) {
                assertThat(server.next().body()).contains("\niperf3_window_transferred_bytes " + bytes + "\n");
            }
            sink.close();
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(4, 0, 0, 0));
        }
    }

    @Test
    void theOldestOfTooManyWindowsAreDropped() throws Exception {
        try (var server = TestGateway.waiting();
                var sink = sink(server, WINDOWS, false)) {
            TestListener listener = running(sink);
            listener.onEvent(Played.tcpInterval(0, false));
            listener.onEvent(Played.tcpInterval(1, false)); // the first window has ended
            server.next();

            for (int second = 2; second <= 260; second++) { // 259 more have
                listener.onEvent(Played.tcpInterval(second, false));
            }

            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(0, 0, 0, 3));
            for (int push = 0; push < 260; push++) {
                server.letGo();
            }
            assertThat(server.next().body()).contains("_transferred_bytes 9000\n"); // 3000, 5000, 7000 were replaced
        }
    }

    @Test
    void failuresAreToldAndNothingElseHappens() throws Exception {
        try (var server = TestGateway.answering(500, 404)) {
            PushSink sink = sink(server, INTERVALS, true);
            running(sink).onEvent(Played.tcpInterval(0, false));
            server.next();

            sink.close();

            assertThat(failures)
                    .containsExactly(
                            "failed to push metrics: the Pushgateway at " + server.address() + " answered 500",
                            "failed to delete Pushgateway metrics: the Pushgateway at " + server.address()
                                    + " answered 404");
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(0, 1, 0, 0));
        }
    }

    @Test
    void failuresOfWindowsSaySo() throws Exception {
        try (var server = TestGateway.answering(400, 200)) {
            PushSink sink = sink(server, WINDOWS, false);
            Played.to(sink.forTest(), Played.tcp(2));

            assertThat(failures.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(
                            "failed to push window metrics: the Pushgateway at " + server.address() + " answered 400");
            sink.close();
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(1, 1, 0, 0));
        }
    }

    @Test
    void whoCannotTakeAFailureDoesNotEndThePushing() throws Exception {
        try (var server = TestGateway.answering(500)) {
            var thread = new AtomicReference<String>();
            var sink = PushSink.open(PushConfig.to(server.address()), INTERVALS, text -> {
                thread.set(Thread.currentThread().getName());
                throw new StackOverflowError(text);
            });
            TestListener listener = running(sink);
            listener.onEvent(Played.tcpInterval(0, false));
            server.next();
            listener.onEvent(Played.tcpInterval(1, false));
            server.next();

            sink.close();

            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(1, 1, 0, 0));
            assertThat(thread).hasValue("pitot-push");
        }
    }

    /// The worker retries one window for so long that no other is pushed before the time limit
    /// expires.
    @Test
    void closingDropsWhatCannotBePushedInTime() throws Exception {
        var timeout = new PushDelivery(Duration.ofMillis(200), 10, "x"); // 10 s for each window
        try (var server = TestGateway.waiting()) {
            PushConfig config = PushConfig.to(server.address()).with(timeout);
            var sink = PushSink.open(config, WINDOWS, failures::add);
            Played.to(sink.forTest(), Played.tcp(3));
            server.next();

            sink.close(); // after 2.2 s

            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(0, 0, 0, 3));
            sink.close();
            assertThat(failures)
                    .containsExactly("dropped 3 pushes of metrics: the Pushgateway at " + server.address()
                            + " did not accept them in time");
        }
    }

    @Test
    void theLastPushesAndTheDeletionShareOneTime() throws Exception {
        var timeout = new PushDelivery(Duration.ofMillis(200), 10, "x");
        try (var server = TestGateway.waiting()) {
            PushConfig config = PushConfig.to(server.address()).with(timeout).deletingOnFinish(true);
            var sink = PushSink.open(config, INTERVALS, failures::add);
            Played.to(sink.forTest(), Played.tcp(1));
            server.next();

            assertTimeout(Duration.ofMillis(3_900), sink::close); // 2.2 s, and up to 1 s for the client's threads

            assertThat(server.rest()).contains("DELETE /metrics/job/iperf3");
            assertThat(failures)
                    .containsExactly(
                            "failed to delete Pushgateway metrics: no answer in time",
                            "dropped 1 push of metrics: the Pushgateway at " + server.address()
                                    + " did not accept them in time");
        }
    }

    @Test
    void whoDidNotAnswerTheLastPushIsNotAskedForADeletion() throws Exception {
        var timeout = new PushDelivery(Duration.ofSeconds(3), 0, "x"); // the push and the close come in this time
        try (var server = TestGateway.waiting()) {
            PushConfig config = PushConfig.to(server.address()).with(timeout).deletingOnFinish(true);
            var sink = PushSink.open(config, INTERVALS, failures::add);
            Played.to(sink.forTest(), Played.tcp(1));
            server.next();

            sink.close();

            assertThat(failures)
                    .containsExactly(
                            "failed to push metrics: the Pushgateway at " + server.address()
                                    + " did not answer within 3 s",
                            "failed to delete Pushgateway metrics: not attempted, because the last push was not answered");
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void ofTextsThatShowAllThatIsKnownOnlyTheNewestWaits() throws Exception {
        try (var server = TestGateway.waiting()) {
            var whole = new SnapshotFormat(WINDOWS.text(), WINDOWS.directions(), WINDOWS.window(), new LiveMetrics());
            PushSink sink = sink(server, whole, false);
            TestListener listener = running(sink);
            listener.onEvent(Played.tcpInterval(0, false));
            listener.onEvent(Played.tcpInterval(1, false)); // the first window has ended
            server.next();
            for (int second = 2; second <= 4; second++) {
                listener.onEvent(Played.tcpInterval(second, false));
            }
            server.letGo();
            server.letGo();

            assertThat(server.next().body()).contains("_transferred_bytes 7000\n");
            sink.close();
            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(2, 0, 2, 0));
        }
    }

    @Test
    void whatComesAfterTheEndIsDropped() throws Exception {
        try (var server = TestGateway.answering()) {
            PushSink sink = sink(server, INTERVALS, false);
            TestListener listener = running(sink);
            sink.close();

            listener.onEvent(Played.tcpInterval(0, false));

            assertThat(sink.counters()).isEqualTo(new PushSink.PushCounters(0, 0, 0, 1));
            assertThat(server.rest()).isEmpty();
        }
    }
}
