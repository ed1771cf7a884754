package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server whose handlers run on an executor that refuses tasks, or is behind, when that matters.
class ListenerExecutorTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int BOUND = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final FakeNegotiation PROTOCOL = new FakeNegotiation(TIMEOUT.toNanos(), Long.MAX_VALUE);
    private static final Duration LONG = Duration.ofSeconds(8);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final EndpointOptions narrow =
            EndpointOptions.of(network).withTimeout(TIMEOUT).withQueue(new EndpointOptions.Queue(BOUND, 1000));
    private final Dependencies dependencies = new Dependencies(PROTOCOL, MessageTypes.of(), network);
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicBoolean isFull = new AtomicBoolean();
    private final List<String> told = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    private final MessageServerListener listener = new MessageServerListener() {
        @Override
        public void message(Peer peer, ReceivedMessage message) {
            told.add("message");
        }

        @Override
        public void writable(Peer peer) {
            told.add("writable");
        }

        @Override
        public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
            errors.add(sentence);
        }

        @Override
        public void disconnected(Peer peer, CloseReason reason) {
            told.add(reason.cause().name());
        }
    };

    private void execute(Runnable task) {
        if (isFull.get()) {
            throw new RejectedExecutionException("for a test");
        }
        tasks.add(task);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void run(Duration time, Runnable... turns) {
        network.runUntil(() -> false, time, turns);
    }

    private MessageServer server(Dependencies parts) throws IOException {
        var server = new MessageServer(parts, narrow, ServerLimits.DEFAULT, listener, this::execute);
        server.listen(SERVER);
        return server;
    }

    private MessageClient connect(MessageServer server) throws IOException {
        var client = new MessageClient(dependencies, narrow, new MessageClientListener() {});
        client.connect(SERVER);
        int before = server.peers().size();
        network.runUntil(
                () -> client.isConnected() && server.peers().size() > before,
                LONG,
                client::update,
                server::update,
                this::runTasks);
        return client;
    }

    private static void send(MessageClient client, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(client.sendReliable(ByteBuffer.allocate(1).put(0, (byte) 'x')))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BOUND})
    void whatTheExecutorHasRefusedIsSubmittedAgainThoughNothingElseComes(int messages) throws IOException {
        MessageServer server = server(dependencies);
        MessageClient client = connect(server);
        isFull.set(true);
        send(client, messages);
        run(Duration.ofMillis(10), client::update, server::update);
        assertThat(tasks).isEmpty();

        isFull.set(false);
        server.update();

        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(told).hasSize(messages).containsOnly("message");
    }

    @Test
    void anExecutorThatRefusesTasksIsReportedOnceAndEachOfThemCounted() throws IOException {
        MessageServer server = server(dependencies);
        MessageClient client = connect(server);
        isFull.set(true);
        send(client, 1);

        run(Duration.ofMillis(10), client::update, server::update);

        assertThat(errors)
                .containsExactly("The executor of the listener refused a task (for a test): what comes waits until it"
                        + " takes one, so shut it down behind the endpoint.");
        assertThat(server.counts().handlerFailures()).isGreaterThan(1);
        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatWasBehindForOneTurnOnlyHearsOfRoom() throws IOException {
        MessageServer server = server(dependencies);
        MessageClient client = connect(server);
        runTasks();
        Peer peer = server.peers().getFirst();
        send(client, BOUND);
        client.update();
        run(Duration.ofMillis(2));
        while (peer.sendReliable(ByteBuffer.allocate(1).put(0, (byte) 'x'))) {
            assertThat(told).isEmpty(); // until it takes no more
        }

        server.update();
        runTasks();
        assertThat(told).hasSize(BOUND).containsOnly("message");
        server.update(); // at the same time: no timer is due
        runTasks();

        assertThat(told).hasSize(BOUND + 1).endsWith("writable");
    }

    @Test
    void aListenerThatIsBehindForTenTimeoutsKeepsNoConnectionAnyMore() throws IOException {
        MessageServer server = server(dependencies);
        MessageClient client = connect(server);
        send(client, BOUND);
        run(Duration.ofMillis(10), client::update, server::update);
        client.close();

        run(TIMEOUT.multipliedBy(9), server::update);
        assertThat(server.peers()).hasSize(1);
        run(TIMEOUT.multipliedBy(4), server::update);
        assertThat(server.peers()).isEmpty();

        runTasks();
        assertThat(told).hasSize(BOUND + 1).endsWith("TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({"600, 100", "420, 1580"}) // ms; the second is a turn that lasts as long as the timeout
    void aListenerThatIsBehindAgainAndAgainKeepsNobodyWhoIsGone(int pause, int reading) throws IOException {
        MessageServer server = server(dependencies);
        MessageClient living = connect(server);
        connect(server);
        Peer busy = server.peers().getFirst();

        Duration waited = Duration.ZERO;
        while (server.peers().size() == 2 && waited.compareTo(TIMEOUT.multipliedBy(20)) < 0) {
            send(living, BOUND);
            run(Duration.ofMillis(pause), living::update, server::update);
            run(Duration.ofMillis(reading), living::update, server::update, this::runTasks);
            waited = waited.plusMillis(pause + reading);
        }

        assertThat(server.peers()).containsExactly(busy);
        assertThat(living.isConnected()).isTrue();
    }

    private RunningServer running(Executor executor) throws IOException {
        var real = new Dependencies(PROTOCOL, MessageTypes.of(), Dependencies.SocketFactory.REAL);
        return RunningServer.start(
                new MessageServer(real, EndpointOptions.DEFAULT, ServerLimits.DEFAULT, listener, executor),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void aServerIsClosedWhenAListenerThatIsBehindHasHeardOfTheEnd() throws IOException {
        var waiting = new ConcurrentLinkedQueue<Runnable>();
        RunningServer server = running(waiting::add);
        var real = new Dependencies(PROTOCOL, MessageTypes.of(), Dependencies.SocketFactory.REAL);
        try (var _ = RunningClient.start(
                new MessageClient(real, EndpointOptions.DEFAULT, new MessageClientListener() {}),
                server.localAddress())) {
            await(() -> !server.peers().isEmpty());
            CompletableFuture<Boolean> isTold = server.closed().thenApply(_ -> told.add("closed"));

            server.close();
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }

            assertThat(isTold).isCompleted();
            assertThat(told).containsExactly("LOCAL", "closed");
        }
    }

    @Test
    void aServerIsClosedThoughItsExecutorDoesNothing() throws Exception {
        RunningServer server = running(_ -> {});

        server.close();

        assertThat(server.closed().get(30, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void whatWasNotReadBeforeItBeganProlongsNoConnection() throws IOException {
        List<Object> extended = new ArrayList<>();
        var recording = new Dependencies(recording(extended), MessageTypes.of(), network);
        MessageServer server = server(recording);
        MessageClient client = connect(server);
        send(client, BOUND);
        run(LONG, client::update, server::update);
        run(Duration.ofMillis(100), client::update, server::update, this::runTasks);
        assertThat(extended).isNotEmpty();
        extended.clear();

        MessageClient other = connect(server);
        run(Duration.ofMillis(100), client::update, other::update, server::update, this::runTasks);

        assertThat(server.peers()).hasSize(2);
        assertThat(extended).isEmpty();
    }

    /// Protocols whose servers' connections write down by how much their timeouts are extended.
    private static ProtocolNegotiation recording(List<Object> extended) {
        return new ProtocolNegotiation() {
            @Override
            public ProtocolConnection client(String host, LinkListener heard, long now) {
                return PROTOCOL.client(host, heard, now);
            }

            @Override
            public Acceptor acceptor(long now) {
                Acceptor usual = PROTOCOL.acceptor(now);
                return (datagram, sender, at) -> {
                    ProtocolConnection made = usual.accept(datagram, sender, at);
                    return made == null ? null : recording(made, extended);
                };
            }
        };
    }

    private static ProtocolConnection recording(ProtocolConnection link, List<Object> extended) {
        return (ProtocolConnection) Proxy.newProxyInstance(
                ListenerExecutorTest.class.getClassLoader(),
                new Class<?>[] {ProtocolConnection.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("extendTimeouts")) {
                        extended.add(arguments[0]);
                    }
                    return method.invoke(link, arguments);
                });
    }
}
