package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server survives internal failures: out of memory, exceptions of its listeners, and clients with
/// extreme timing.
class RobustServerTest {
    private static final String COOKIE = "abcdefghijklmnopqrstuvwxyz234567abcd\0";
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte TEST_END = 4;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte SERVER_TERMINATE = 11;

    private static TestConfig small() {
        return TestConfig.builder().limit(new Limit.ForBytes(100_000)).build();
    }

    @Test
    void anErrorInsideATestIsItsOutcomeAndLeavesNothingBehind() throws Exception {
        var broken = Ledger.withoutMemory(SocketFamilies.best());
        var watcher = new Watcher();
        try (Server server =
                Iperf.server().port(0).sockets(broken).listener(watcher).start()) {
            Outcome client = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(small().toBuilder()
                            .direction(Direction.REVERSE)
                            .zeroCopy(true)
                            .build())
                    .run();

            assertThat(watcher.awaitOutcome().ending())
                    .isEqualTo(new Ending.Failed(IperfError.INIT_TEST, "Cannot allocate memory", false));
            assertThat(client.ending())
                    .isEqualTo(new Ending.Failed(IperfError.INIT_TEST, "Cannot allocate memory", true));
            assertThat(Iperf.client("127.0.0.1")
                            .port(server.port())
                            .test(small())
                            .run()
                            .ending())
                    .isEqualTo(new Ending.Completed());
        }
    }

    @Test
    void aListenerThatNeverReturnsDoesNotHoldTheServer() throws Exception {
        var never = new CountDownLatch(1);
        TestListener stuck = _ -> awaitQuietly(never);
        ServerListener listener = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                awaitQuietly(never);
            }

            @Override
            public TestListener onTest(int testNumber) {
                return stuck;
            }
        };
        Server server = Iperf.server().port(0).listener(listener).start();
        Outcome first =
                Iperf.client("127.0.0.1").port(server.port()).test(small()).run();

        server.close();

        Outcome late = Iperf.client("127.0.0.1").port(server.port()).run();
        assertThat(first.ending()).isEqualTo(new Ending.Completed());
        assertThat(late.ending()).isEqualTo(new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
        never.countDown();
    }

    @Test
    void aServerListenerThatThrowsDisturbsNothing() throws Exception {
        ServerListener listener = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                throw new IllegalStateException("listener trouble");
            }

            @Override
            public TestListener onTest(int testNumber) {
                throw new IllegalStateException("more of it");
            }
        };
        try (Server server = Iperf.server().port(0).listener(listener).start()) {
            Outcome outcome =
                    Iperf.client("127.0.0.1").port(server.port()).test(small()).run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            server.stop(null);
            server.await();
            assertThat(server.listenerFailure()).hasMessage("listener trouble");
        }
    }

    @Test
    void aSilentConnectionDoesNotKeepAServerOfOneTest() throws Exception {
        var config = new ServerConfig(
                0,
                LocalBinding.ANY,
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT,
                new ServerConfig.Lifetime(true, Duration.ZERO));
        Server server = Iperf.server(config).start();
        try (ScriptedPeer _ = ScriptedPeer.client(server.port(), Script.start().stall())) {
            var _ = Iperf.client("127.0.0.1").port(server.port()).test(small()).run();

            server.await();

            assertThat(Iperf.client("127.0.0.1").port(server.port()).run().ending())
                    .isInstanceOf(Ending.Failed.class);
        }
    }

    @Test
    void aClientThatDripsAfterItsEndCannotOutlastAStop() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start()) {
            Script control = Script.start()
                    .send(COOKIE)
                    .expect(PARAM_EXCHANGE)
                    .sendFrame("{\"tcp\":true,\"num\":1000000000}")
                    .take(1)
                    .expect(TEST_START, TEST_RUNNING)
                    .send(TEST_END)
                    .stall();
            Script data = Script.start().send(COOKIE);
            for (int i = 0; i < 100; i++) {
                data = data.send((byte) 0).pause(Duration.ofMillis(50));
            }
            try (ScriptedPeer first = ScriptedPeer.client(server.port(), control)) {
                assertThat(first.take()).containsExactly(PARAM_EXCHANGE);
                assertThat(first.take()).containsExactly(CREATE_STREAMS);
                ScriptedPeer second = ScriptedPeer.client(server.port(), data);
                watcher.awaitStart();

                server.stop("Terminated(15)");

                assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.Cancelled("Terminated(15)"));
                second.close();
            }
        }
    }

    /// An iperf3 that sends stops at the first connection that breaks, and prints the reason only if it has it by then.
    @Test
    void aClientKnowsWhyItsTestEndsBeforeItsDataConnectionsBreak() throws Exception {
        var isReceived = new CountDownLatch(1);
        var sockets = Ledger.beforeShutdown(SocketFamilies.best(), () -> awaitQuietly(isReceived));
        var watcher = new Watcher();
        try (Server server =
                Iperf.server().port(0).sockets(sockets).listener(watcher).start()) {
            Script control = Script.start()
                    .send(COOKIE)
                    .expect(PARAM_EXCHANGE)
                    .sendFrame("{\"tcp\":true,\"time\":100}")
                    .expect(CREATE_STREAMS)
                    .expect(TEST_START, TEST_RUNNING)
                    .expect(SERVER_TERMINATE);
            try (ScriptedPeer client = ScriptedPeer.client(server.port(), control)) {
                client.take();
                client.take();
                ScriptedPeer data = ScriptedPeer.client(
                        server.port(), Script.start().send(COOKIE).flood(new byte[1_000]));
                client.take();
                watcher.awaitStart();

                server.stop("Interrupt(2)");

                assertThat(client.take()).containsExactly(SERVER_TERMINATE);
                isReceived.countDown();
                assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.Cancelled("Interrupt(2)"));
                data.close();
            } finally {
                isReceived.countDown();
            }
        }
    }

    /// Four clients that negotiated all streams of a server and opened none are closed in favour of
    /// another client.
    @Test
    @Timeout(180)
    void streamsThatAreNeverOpenedKeepNobodyOutForLong() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            List<ScriptedPeer> greedy = new ArrayList<>();
            for (char c = 'a'; c < 'e'; c++) {
                ScriptedPeer peer = ScriptedPeer.client(server.port(), greedy(c));
                greedy.add(peer);
                assertThat(peer.take()).containsExactly(PARAM_EXCHANGE);
                assertThat(peer.take()).containsExactly(CREATE_STREAMS);
            }
            Outcome outcome =
                    Iperf.client("127.0.0.1").port(server.port()).test(small()).run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            for (ScriptedPeer peer : greedy) {
                peer.close();
            }
        }
    }

    private static Script greedy(char first) {
        return Script.start()
                .send(COOKIE.replace('a', first))
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true,\"parallel\":128,\"bidirectional\":true}")
                .take(1)
                .stall();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
