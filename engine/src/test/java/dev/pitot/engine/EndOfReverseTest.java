package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that sends does so until it receives the end of the test: whatever a client does before sending that
/// makes the seconds of the two ends differ.
@Tag("slow")
class EndOfReverseTest {
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte TEST_END = 4;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;

    /// The processor time is read when the test stops; here that takes until the server has the end.
    @Test
    void theEndIsSentBeforeTheClientStopsAnything() throws Exception {
        Script control = Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(CREATE_STREAMS)
                .send(TEST_START, TEST_RUNNING)
                .take(1)
                .close();
        Script data = Script.start().take(37).flood(new byte[1 << 16]);
        var hasStarted = new AtomicBoolean();
        var hasEnd = new CompletableFuture<Boolean>();
        var received = new CompletableFuture<byte[]>();
        TestListener listener = event -> {
            if (event instanceof TestEvent.Started) {
                hasStarted.set(true);
            }
        };
        Runnable onProcessTimes = () -> {
            if (hasStarted.get() && !hasEnd.isDone()) {
                received.completeOnTimeout(new byte[0], 2, TimeUnit.SECONDS);
                hasEnd.complete(received.join().length == 1);
            }
        };
        try (ScriptedPeer server = ScriptedPeer.server(control, data);
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .direction(Direction.REVERSE)
                        .duration(Duration.ofSeconds(2))
                        .sockets(new FaultySockets(FaultySockets.Call.PROCESS_TIMES, onProcessTimes))
                        .listener(listener)
                        .start()) {
            server.take();
            server.take();
            received.complete(server.take());

            assertThat(received.join()).containsExactly(TEST_END);
            assertThat(hasEnd.get(10, TimeUnit.SECONDS)).isTrue();
            run.await();
        }
    }

    /// On a busy machine a server's thread gets no processor for a while; here it reads times, which takes until
    /// long after the end.
    @Test
    void theTimeOfTheServerEndsWhenTheEndArrives() throws Exception {
        var atServer = new Watcher();
        var isFirst = new AtomicBoolean(true);
        Runnable onThreadTimes = () -> {
            boolean hasStarted = atServer.events().stream().anyMatch(TestEvent.Started.class::isInstance);
            if (hasStarted && isFirst.getAndSet(false)) {
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            }
        };
        try (Server server = Iperf.server()
                .port(0)
                .sockets(new FaultySockets(FaultySockets.Call.THREAD_TIMES, onThreadTimes))
                .listener(atServer)
                .start()) {
            Iperf.client("127.0.0.1")
                    .port(server.port())
                    .direction(Direction.REVERSE)
                    .duration(Duration.ofSeconds(2))
                    .run();

            Summary summary =
                    Objects.requireNonNull(atServer.awaitOutcome().report().summary());
            Total sent = Objects.requireNonNull(summary.streams().getFirst().sent());
            assertThat(sent.seconds()).isBetween(1.0, 2.9);
            assertThat(atServer.lastInterval().sums().getFirst().span().endNanos())
                    .isEqualTo(sent.nanos());
        }
    }
}
