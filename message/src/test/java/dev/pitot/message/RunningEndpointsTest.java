package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.socket.NioUdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningEndpointsTest {
    private static final Dependencies DEPENDENCIES =
            new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), Dependencies.SocketFactory.REAL);
    private static final EndpointOptions OPTIONS = EndpointOptions.of(System::nanoTime);

    private final Journal reported = new Journal();
    private final Journal served = new Journal();

    @ParameterizedTest
    @ValueSource(strings = {"SPIN", "PARK", "SELECT"})
    void answersWhicheverWayItWaits(String way) throws IOException {
        EndpointOptions options = OPTIONS.withIdle(
                switch (way) {
                    case "SPIN" -> IdleStrategy.SPIN;
                    case "PARK" -> IdleStrategy.park(Duration.ofMillis(1));
                    default -> IdleStrategy.SELECT;
                });
        var echo = new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                peer.send(message.payload(), message.channel());
            }
        };

        try (var server = server(echo, null);
                var client = client(options, server.localAddress(), reported, null)) {
            await(client::isConnected);
            for (int i = 0; i < 20; i++) {
                int expected = i + 2;
                client.sendReliable(payload("m" + i));
                await(() -> reported.lines.size() >= expected);
            }
        }

        assertThat(reported.lines)
                .containsExactlyElementsOf(List.of(("accepted,"
                                + String.join(
                                        ",",
                                        IntStream.range(0, 20)
                                                .mapToObj(i -> "m" + i)
                                                .toList()) + ",disconnected LOCAL ")
                        .split(",")));
    }

    @Test
    void callbacksOnAnExecutorComeOneByOneAndInOrder() throws Exception {
        try (var executor = Executors.newFixedThreadPool(4);
                var server = server(served, null)) {
            RunningClient client = client(OPTIONS, server.localAddress(), reported, executor);
            await(client::isConnected);
            for (int i = 0; i < 500; i++) {
                int number = i;
                await(() -> server.broadcast(payload("n" + number), Channel.UNRELIABLE));
                int enough = i - 50; // no more under way than any receive buffer holds
                await(() -> reported.lines.size() >= enough);
            }
            await(() -> reported.lines.size() >= 501);
            client.close();
            await(() -> reported.lines.size() >= 502);
        }

        assertThat(reported.lines.getFirst()).isEqualTo("accepted");
        assertThat(reported.lines.subList(1, 501))
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
        assertThat(reported.lines.getLast()).startsWith("disconnected LOCAL");
    }

    @Test
    void aSlowListenerOnAnExecutorSlowsItsPeersAndLosesNothing() throws Exception {
        var gate = new CountDownLatch(1);
        var slow = new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                awaitGate(gate);
                reported.message(message);
            }
        };
        EndpointOptions narrow = OPTIONS.withQueue(new EndpointOptions.Queue(10, 10_000));
        try (var executor = Executors.newSingleThreadExecutor();
                var server = server(served, null);
                var client = client(narrow, server.localAddress(), slow, executor)) {
            await(client::isConnected);
            for (int i = 0; i < 1000; i++) {
                int number = i;
                await(() -> server.broadcastReliable(payload("n" + number)));
            }
            await(() -> client.metrics().received().messages() >= 10);
            long under = client.metrics().received().messages();
            gate.countDown();
            await(() -> reported.lines.size() >= 1000);

            assertThat(under).isLessThan(1000);
            assertThat(reported.lines)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 1000).mapToObj(i -> "n" + i).toList());
        }
    }

    @Test
    void sendsFromManyThreadsAllArriveAndEachThreadsInOrder() throws Exception {
        try (var server = server(served, null);
                var client = client(OPTIONS, server.localAddress(), reported, null)) {
            await(client::isConnected);
            List<Thread> threads = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 300; i++) {
                        int number = i;
                        await(() -> client.sendReliable(payload(name + number)));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            await(() -> served.lines.size() >= 901);

            for (String name : List.of("a", "b", "c")) {
                assertThat(served.lines.stream()
                                .filter(line -> line.contains(" " + name))
                                .map(line -> line.substring(line.indexOf(name) + 1)))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300)
                                .mapToObj(String::valueOf)
                                .toList());
            }
            assertThat(client.metrics().sent().messages()).isEqualTo(900);
            assertThat(client.counts().unsent()).isZero();
        }
    }

    @Test
    void aFullQueueIsReported() throws IOException {
        var gate = new CountDownLatch(1);
        var blocking = new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                awaitGate(gate);
            }
        };
        EndpointOptions narrow = OPTIONS.withQueue(new EndpointOptions.Queue(5, 1000));
        try (var server = server(served, null);
                var client = client(narrow, server.localAddress(), blocking, null)) {
            await(client::isConnected);
            await(() -> !server.peers().isEmpty());
            server.broadcast(payload("wait"), Channel.UNRELIABLE);

            await(() -> !client.sendReliable(payload("x"))); // soon the thread takes nothing any more
            gate.countDown();
            await(() -> client.sendReliable(payload("y")));
        }
    }

    @Test
    void aHandlerThatThrowsAffectsNoOtherConnection() throws IOException {
        var errors = new ConcurrentLinkedQueue<String>();
        var clumsy = new MessageServerListener() {
            @Override
            public void accepted(Peer peer) {
                throw new IllegalStateException("clumsy");
            }

            @Override
            public void message(Peer peer, ReceivedMessage message) {
                peer.send(message.payload(), message.channel());
                throw new AssertionError("very clumsy");
            }

            @Override
            public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
                errors.add(sentence);
                throw new IllegalStateException("even here");
            }
        };
        try (var server = server(clumsy, null);
                var client = client(OPTIONS, server.localAddress(), reported, null)) {
            await(client::isConnected);
            client.sendReliable(payload("one"));
            client.sendReliable(payload("two"));
            await(() -> reported.lines.size() == 3);

            assertThat(reported.lines).containsExactly("accepted", "one", "two");
            assertThat(server.counts().handlerFailures()).isEqualTo(6);
            assertThat(errors).contains("The handler accepted failed (clumsy): it should catch that itself.");
        }
    }

    @Test
    void closesThoughAHandlerDoesNotReturn() throws IOException {
        var gate = new CompletableFuture<@Nullable Void>();
        var entered = new CountDownLatch(1);
        var stuck = new MessageClientListener() {
            @Override
            public void accepted() {
                entered.countDown();
                gate.join(); // deaf to interrupts
            }
        };
        try (var server = server(served, null)) {
            RunningClient client = client(OPTIONS, server.localAddress(), stuck, null);
            awaitGate(entered);

            client.close(); // does not wait for the gate

            assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
        } finally {
            gate.complete(null);
        }
    }

    @Test
    void closesThoughAListenerOnItsExecutorDoesNotReturn() throws Exception {
        var gate = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        var stuck = new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                entered.countDown();
                awaitGate(gate);
            }
        };
        EndpointOptions narrow = OPTIONS.withQueue(new EndpointOptions.Queue(5, 1000));
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var executor = Executors.newSingleThreadExecutor()) {
            RunningServer server = RunningServer.start(
                    new MessageServer(DEPENDENCIES, narrow, ServerLimits.DEFAULT, stuck, executor), local);
            try (var client = client(OPTIONS, server.localAddress(), reported, null)) {
                await(client::isConnected);
                for (int i = 0; i < 100; i++) {
                    await(() -> client.sendReliable(payload("x")));
                }
                awaitGate(entered);
                server.broadcast(payload("y"), Channel.RELIABLE);

                server.close(); // does not wait for the gate

                assertThat(server.closed().get(30, TimeUnit.SECONDS)).isNull();
            } finally {
                gate.countDown();
            }
        }
    }

    @Test
    void closingFromManyThreadsAndFromHandlersIsHarmless() throws Exception {
        for (int round = 0; round < 20; round++) {
            var self = new RunningClient[1];
            var journal = new Journal();
            var closing = new MessageClientListener() {
                @Override
                public void accepted() {
                    journal.lines.add("accepted");
                    RunningClient running = self[0];
                    if (running != null) {
                        running.close();
                    }
                }

                @Override
                public void disconnected(CloseReason reason) {
                    journal.lines.add("disconnected");
                }
            };
            RunningServer server = server(served, null);
            RunningClient client = client(OPTIONS, server.localAddress(), closing, null);
            self[0] = client;
            List<Thread> closers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                closers.add(Thread.ofPlatform().start(client::close));
                closers.add(Thread.ofPlatform().start(server::close));
            }
            for (Thread closer : closers) {
                closer.join();
            }

            assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
            assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
            assertThat(journal.lines.stream().filter("disconnected"::equals)).hasSize(1);
            assertThat(client.metrics()).isNotNull();
            assertThat(server.counts()).isNotNull();
        }
    }

    @Test
    void anUnreachableServerPortIsReportedSoon() throws IOException {
        InetSocketAddress nobody;
        try (var gone = NioUdpSocket.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            nobody = gone.localAddress();
        }
        try (var _ = client(OPTIONS, nobody, reported, null)) {
            await(() -> !reported.lines.isEmpty());
        }

        assertThat(reported.lines.getFirst())
                .isEqualTo("error Nobody listens at the server's port, as the system reports: is the server running?");
        assertThat(reported.lines).hasSize(2);
    }

    @Test
    void speaksIpv6() throws IOException {
        var six = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        boolean hasIt;
        try (var socket = NioUdpSocket.bound(six)) {
            hasIt = socket.localAddress().getPort() > 0;
        } catch (IOException _) { // this machine has none
            hasIt = false;
        }
        assumeThat(hasIt).isTrue();
        try (var server = server(served, null, new InetSocketAddress(0));
                var client = client(
                        OPTIONS,
                        new InetSocketAddress(
                                InetAddress.ofLiteral("::1"),
                                server.localAddress().getPort()),
                        reported,
                        null)) {
            await(client::isConnected);
            client.sendReliable(payload("six"));
            await(() -> served.lines.size() == 2);

            assertThat(served.lines.getLast()).endsWith(" six");
            assertThat(server.peers().getFirst().address().getAddress()).isEqualTo(six.getAddress());
        }
    }

    private static RunningServer server(MessageServerListener listener, @Nullable Executor executor)
            throws IOException {
        return server(listener, executor, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static RunningServer server(
            MessageServerListener listener, @Nullable Executor executor, InetSocketAddress local) throws IOException {
        return RunningServer.start(
                new MessageServer(DEPENDENCIES, OPTIONS, ServerLimits.DEFAULT, listener, executor), local);
    }

    private static RunningClient client(
            EndpointOptions options,
            InetSocketAddress server,
            MessageClientListener listener,
            @Nullable Executor executor)
            throws IOException {
        return RunningClient.start(
                new MessageClient(DEPENDENCIES, options, listener, executor, new Reconnection(Duration.ZERO)), server);
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) { // being closed
            Thread.currentThread().interrupt();
        }
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
