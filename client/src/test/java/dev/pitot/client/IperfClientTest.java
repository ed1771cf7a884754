package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.engine.Iperf;
import dev.pitot.engine.Server;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Behaviour of the client that does not depend on the server. Row numbers are those of the
/// acceptance table for the client of the DL-7450.
@Timeout(180)
@Tag("slow")
class IperfClientTest {
    /// DL-01.
    @Test
    void makingAClientOpensNothing() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new IperfClient("127.0.0.1", listener.getLocalPort());
            new IperfClient("no such name", 5201);

            listener.setSoTimeout(200);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /// DL-01.
    @Test
    void aPortOutOfRangeIsRefusedAtOnce() {
        assertThatThrownBy(() -> new IperfClient("127.0.0.1", 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port number must be between 1 and 65535");
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        assertThatThrownBy(() -> new IperfClient("127.0.0.1", 0)).hasMessageContaining("between 1 and 65535");
        assertThatThrownBy(() -> new IperfClient("", 5201)).hasMessage("host is empty: ''");
        assertThatThrownBy(() -> RunOptions.DEFAULT.withDeadline(Duration.ZERO)).hasMessage("deadline <= 0: PT0S");
        assertThatThrownBy(() -> new Retry(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessage("attempts < 1: 0");
    }

    /// DL-02: a server that never answers does not block the caller.
    @Test
    void runReturnsWhileTheServerIsSilent() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().take(37).stall())) {
            JsonRun run = new IperfClient("127.0.0.1", peer.port()).run();

            assertThat(run.isDone()).isFalse();
            assertThat(run.result()).isNotDone();
            run.close(); // waits for a second at most, which a busy machine may exceed
            run.result().get(30, TimeUnit.SECONDS);
            assertThat(run.isDone()).isTrue();
        }
    }

    /// DL-05: refused.
    @Test
    void aRefusedConnectionIsAnErrorBesideNoIntervals() throws Exception {
        JsonRun run = new IperfClient("127.0.0.1", FreePort.find()).run();

        Map<String, Object> result = run.await();

        assertThat(ResultReader.error(result))
                .startsWith("unable to connect to server")
                .endsWith("Connection refused");
        assertThat(result).containsEntry("intervals", List.of());
        assertThat(run.ending())
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(IperfError.CONNECT));
        assertThat(run.failure()).isNull();
    }

    /// DL-05: unknown host name.
    @Test
    void anUnknownHostIsAnErrorBesideNoIntervals() throws Exception {
        Map<String, Object> result =
                new IperfClient("nobody.invalid", 5201).run().await();

        assertThat(ResultReader.error(result)).startsWith("unable to connect to server");
        assertThat(result).containsEntry("intervals", List.of());
    }

    /// DL-05: another program listens on the port.
    @Test
    void aServerThatIsNoIperfIsAnErrorBesideNoIntervals() throws Exception {
        try (var peer = ScriptedPeer.server(
                Script.start().take(37).send("HTTP/1.1 400 Bad Request\r\n\r\n").drain())) {
            Map<String, Object> result =
                    new IperfClient("127.0.0.1", peer.port()).run().await();

            assertThat(ResultReader.error(result)).startsWith("received an unknown control message");
            assertThat(result).containsEntry("intervals", List.of());
        }
    }

    /// DL-06, DL+04: a failing engine gives an empty map and its cause.
    @Test
    void withoutADocumentTheMapIsEmptyAndTheCauseIsTyped() throws Exception {
        var cause = new IllegalArgumentException("no such sockets");
        var client = new IperfClient(Configs.brief(1), RunOptions.DEFAULT, _ -> {
            throw cause;
        });
        List<Map<String, Object>> results = new CopyOnWriteArrayList<>();

        JsonRun run = client.run(results::add);
        Await.delivered(run);

        assertThat(results).containsExactly(Map.of());
        assertThat(run.failure()).isSameAs(cause);
        assertThat(run.ending()).isNull();
        assertThat(run.callbackFailure()).isNull();
        assertThat(ResultReader.verdict(run.await(), 0)).isEqualTo(new Verdict.Fail("no result"));
    }

    /// DL-07.
    @Test
    void theCallbackMayBeLeftOut() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            JsonRun run = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT).run();

            assertThat(Await.result(run.result())).doesNotContainKey("error");
        }
    }

    /// DL-11: callbacks never run concurrently, although the executor could run them so.
    @Test
    void callbacksComeOnTheChosenExecutorOneAtATime() throws Exception {
        try (Server server = Iperf.server().port(0).start();
                ExecutorService pool = Executors.newFixedThreadPool(
                        4, Thread.ofPlatform().name("chosen-", 0).factory())) {
            var inside = new AtomicInteger();
            var worst = new AtomicInteger();
            List<String> threads = new CopyOnWriteArrayList<>();
            Runnable callback = () -> {
                worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
                threads.add(Thread.currentThread().getName());
                inside.decrementAndGet();
            };
            var client = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT.withCallbacks(pool));

            for (int round = 0; round < 3; round++) {
                Await.delivered(client.run(_ -> callback.run(), _ -> callback.run()));
            }

            assertThat(worst).hasValue(1);
            assertThat(threads).hasSizeGreaterThanOrEqualTo(2 * 3).allMatch(name -> name.startsWith("chosen-"));
        }
    }

    /// DL-11: a single application thread, as on the dock, which runs callbacks when it is idle.
    @Test
    void callbacksWaitForAnEventLoop() throws Exception {
        BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
        List<Thread> callers = new ArrayList<>();
        var client = new IperfClient("127.0.0.1", FreePort.find(), loop::add);

        JsonRun run = client.run(_ -> callers.add(Thread.currentThread()));
        run.await();
        assertThat(callers).isEmpty();
        Runnable task = loop.poll(30, TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        task.run();

        assertThat(callers).containsExactly(Thread.currentThread());
        assertThat(run.delivered()).isDone();
    }

    /// DL+05.
    @Test
    void runningWhileRunningIsRefusedWithASentence() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().take(37).stall())) {
            var client = new IperfClient("127.0.0.1", peer.port());
            try (JsonRun run = client.run()) {
                assertThatThrownBy(client::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "this client's test is still running: wait for its result, or use another IperfClient");
                assertThat(run.isDone()).isFalse();
            }
        }
    }

    /// DL+06: without references to the client or the handle the callback is still called.
    @Test
    void aRunThatNobodyRefersToIsCarriedOut() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            var result = new CompletableFuture<Map<String, Object>>();
            new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT).run(result::complete);

            System.gc();

            assertThat(Await.result(result)).doesNotContainKey("error");
        }
    }

    /// DL+07.
    @Test
    void aCallbackThatThrowsIsKeptAndTheRunIsNotHarmed() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            var clumsy = new IllegalStateException("clumsy");
            var results = new AtomicInteger();
            var client = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT);

            JsonRun run = client.run(
                    _ -> {
                        throw clumsy;
                    },
                    _ -> {
                        results.incrementAndGet();
                        throw new IllegalStateException("again");
                    });
            Map<String, Object> result = Await.delivered(run);

            assertThat(run.callbackFailure()).isSameAs(clumsy);
            assertThat(results).hasValue(1);
            assertThat(result).doesNotContainKey("error");
            assertThat(client.run().await()).doesNotContainKey("error");
        }
    }

    /// DL+07: an executor that rejects all tasks loses the callback, not the result.
    @Test
    void anExecutorThatRefusesLosesOnlyTheCallback() throws Exception {
        var client = new IperfClient("127.0.0.1", FreePort.find(), _ -> {
            throw new RejectedExecutionException("closed");
        });

        JsonRun run = client.run();

        assertThat(Await.delivered(run)).containsKey("error");
        assertThat(run.callbackFailure()).isInstanceOf(RejectedExecutionException.class);
    }

    /// DL+12: a pause before another attempt can be cancelled.
    @Test
    void cancellingEndsThePauseAfterABusyServer() throws Exception {
        try (var peer =
                ScriptedPeer.server(Script.start().take(37).send((byte) -1).drain())) {
            var options = RunOptions.DEFAULT.withRetry(new Retry(2, Duration.ofHours(1), Duration.ofHours(1)));
            JsonRun run = new IperfClient(Configs.brief(peer.port()), options).run();
            peer.take();

            run.cancel(null);

            Map<String, Object> result = run.await(Duration.ofSeconds(10));
            assertThat(result).isNotNull().containsKey("error");
        }
    }

    @Test
    void waitingHasAnEnd() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().take(37).stall());
                JsonRun run = new IperfClient("127.0.0.1", peer.port()).run()) {
            assertThat(run.await(Duration.ZERO)).isNull();
            assertThat(run.await(Duration.ofMillis(20))).isNull();
            run.cancel(null);
            assertThat(run.await(Duration.ofSeconds(Long.MAX_VALUE))).isNotNull();
        }
    }

    @Test
    void completingTheFutureByHandDoesNothingToTheRun() throws Exception {
        JsonRun run = new IperfClient("127.0.0.1", FreePort.find()).run();

        run.result().complete(Map.of("mine", true));

        assertThat(run.await()).doesNotContainKey("mine");
    }
}
