package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What must not stay behind, or take too long, when something goes wrong.
class EndpointFailureTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final EndpointOptions options = EndpointOptions.of(network);
    private final Dependencies working = new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), network);

    /// Protocols that cannot be had.
    private record NoNegotiation() implements ProtocolNegotiation {
        @Override
        public ProtocolConnection client(String host, LinkListener listener, long now) {
            throw new IllegalArgumentException("no client");
        }

        @Override
        public Acceptor acceptor(long now) {
            throw new IllegalArgumentException("no door");
        }
    }

    @Test
    void aServerWhoseProtocolCannotBeHadLeavesItsPortFree() throws IOException {
        Dependencies dependencies = new Dependencies(new NoNegotiation(), MessageTypes.of(), network);
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, new MessageServerListener() {});
        assertThatThrownBy(() -> server.listen(SERVER)).hasMessage("no door");

        network.bound(SERVER); // throws if it is taken
        assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    @Test
    void aClientWhoseProtocolCannotBeHadLeavesItsPortFree() throws IOException {
        Dependencies dependencies = new Dependencies(new NoNegotiation(), MessageTypes.of(), network);
        var client = new MessageClient(dependencies, options, new MessageClientListener() {});
        assertThatThrownBy(() -> client.connect(SERVER)).hasMessage("no client");

        network.bound(new InetSocketAddress(10_000));
        assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    @Test
    void datagramsThatTakeLongLeaveTimeForOthers() throws IOException {
        var spent = new AtomicLong();
        var listener = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                spent.addAndGet(2_000_000);
                return Admission.accept();
            }
        };
        EndpointOptions slow = EndpointOptions.of(() -> network.nanoTime() + spent.get());
        var server = new MessageServer(working, slow, ServerLimits.DEFAULT, listener);
        server.listen(SERVER);
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(new MessageClient(working, options, new MessageClientListener() {}));
            clients.getLast().connect(SERVER);
        }
        network.runUntil(() -> false, Duration.ofMillis(1), () -> clients.forEach(MessageClient::update));
        network.runUntil(() -> false, Duration.ofMillis(5));

        server.update();
        assertThat(server.peers()).hasSize(4); // in 8 ms
        server.update();
        assertThat(server.peers()).hasSize(8);
    }

    @Test
    void anExecutorThatFailsOnceIsTriedAgain() {
        var done = new ArrayList<String>();
        var failures = new AtomicLong();
        var listenerExecutor = new ListenerExecutor(
                task -> {
                    if (failures.getAndIncrement() == 0) {
                        throw new IllegalStateException("no thread");
                    }
                    task.run();
                },
                options.queue(),
                (_, _, _) -> true,
                _ -> {},
                () -> {});

        listenerExecutor.post(() -> done.add("first"));
        listenerExecutor.post(null, Channel.RELIABLE, ByteBuffer.allocate(1));

        assertThat(done).containsExactly("first");
    }

    @Test
    void whatComesWhenTheThreadTakesNothingMoreIsDoneAtItsEnd() throws Exception {
        var done = new ArrayList<String>();
        var eventLoop = new EndpointLoop(options);
        eventLoop.commands().close(); // as its thread does, before it ends
        eventLoop.ownedBy(new Thread());

        eventLoop.execute(() -> done.add("late"));
        CompletableFuture<Void> confirmed = eventLoop.confirmed(
                ByteBuffer.allocate(1), Channel.RELIABLE, (_, _) -> false, future -> future.complete(null), () -> {});
        assertThat(done).isEmpty();
        assertThat(confirmed).isNotDone();
        eventLoop.start("over"); // it has nothing to do
        eventLoop.stop();

        assertThat(done).containsExactly("late");
        assertThat(confirmed).isCompletedExceptionally();
        eventLoop.ownedBy(new Thread());
        eventLoop.execute(() -> done.add("later"));
        assertThat(done).containsExactly("late", "later");
    }

    @Test
    void aClientWhoseQueueIsFullIsLookedAtOnceMore() throws IOException {
        EndpointOptions narrow = options.withQueue(new EndpointOptions.Queue(2, 100));
        var server = new MessageServer(working, narrow, ServerLimits.DEFAULT, new MessageServerListener() {});
        server.listen(SERVER);
        var told = new ArrayList<String>();
        var client = new MessageClient(working, narrow, new MessageClientListener() {
            @Override
            public void writable() {
                told.add("writable");
            }
        });
        client.connect(SERVER);
        network.runUntil(client::isConnected, Duration.ofSeconds(5), client::update, server::update);
        client.eventLoop().ownedBy(new Thread()); // not this one

        ByteBuffer payload = ByteBuffer.allocate(1);
        assertThat(client.send(payload, Channel.RELIABLE)).isTrue();
        assertThat(client.send(payload, Channel.RELIABLE)).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(client.send(payload, Channel.RELIABLE)).isFalse();
        }
        client.eventLoop().ownedBy(null);

        assertThat(client.eventLoop().commands().drain((_, _, _) -> true, 100)).isEqualTo(2 + 1);
        client.update();
        assertThat(told).containsExactly("writable");
    }

    @Test
    void whoCannotHaveAMessageConfirmedForNowHearsWhenThereIsRoom() throws IOException {
        MessageTypes types = MessageTypes.of(MessageType.of(20, "Empty"));
        var dependencies = new Dependencies(FakeNegotiation.USUAL, types, network);
        EndpointOptions narrow = options.withQueue(new EndpointOptions.Queue(2, 100));
        var told = new ArrayList<String>();
        var server = new MessageServer(dependencies, narrow, ServerLimits.DEFAULT, new MessageServerListener() {
            @Override
            public void writable(Peer peer) {
                told.add("server");
            }
        });
        server.listen(SERVER);
        var client = new MessageClient(dependencies, narrow, new MessageClientListener() {
            @Override
            public void writable() {
                told.add("client");
            }
        });
        client.connect(SERVER);
        network.runUntil(
                () -> client.isConnected() && !server.peers().isEmpty(),
                Duration.ofSeconds(5),
                client::update,
                server::update);
        Message message = types.all().getFirst().message();
        Peer peer = server.peers().getFirst();
        client.eventLoop().ownedBy(new Thread()); // not this one
        server.eventLoop().ownedBy(new Thread());
        for (int i = 0; i < 2; i++) {
            assertThat(client.sendReliable(message)).isTrue();
            assertThat(peer.sendReliable(message)).isTrue();
        }

        assertThat(client.sendConfirmed(message, Channel.RELIABLE)).isCompletedExceptionally();
        assertThat(peer.sendConfirmed(message, Channel.RELIABLE)).isCompletedExceptionally();
        client.eventLoop().ownedBy(null);
        server.eventLoop().ownedBy(null);
        client.update();
        server.update();

        assertThat(told).containsExactly("client", "server");
    }

    @Test
    void whatIsToBeConfirmedAfterTheEndFailsByTheEndAndNotByWhatWaits() throws IOException {
        MessageTypes types = MessageTypes.of(MessageType.of(20, "Empty"));
        var dependencies = new Dependencies(FakeNegotiation.USUAL, types, network);
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, new MessageServerListener() {});
        server.listen(SERVER);
        var client = new MessageClient(dependencies, options, new MessageClientListener() {});
        client.connect(SERVER);
        network.runUntil(
                () -> client.isConnected() && !server.peers().isEmpty(),
                Duration.ofSeconds(5),
                client::update,
                server::update);
        Message message = types.all().getFirst().message();
        client.eventLoop().ownedBy(new Thread()); // not this one
        CompletableFuture<Void> late = client.sendConfirmed(message, Channel.RELIABLE);
        client.eventLoop().ownedBy(null);
        client.close(); // before the message's turn
        client.update();

        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOf(EndpointStateException.class)
                .hasMessageStartingWith("The client is not connected");
    }

    @Test
    void whatFailsAtTheEndOfAThreadKeepsNothingElseFromItsEnd() {
        var done = new ArrayList<String>();
        EndpointLoop eventLoop = new MessageClient(working, options, new MessageClientListener() {}).eventLoop();
        eventLoop.ownedBy(new Thread()); // not this one
        for (int i = 0; i < 2; i++) {
            eventLoop.execute(() -> {
                throw new IllegalStateException("for a test");
            });
        }
        eventLoop.execute(() -> done.add("third"));

        eventLoop.start("over"); // it has nothing to do, since its client is not connected
        eventLoop.stop();

        assertThat(eventLoop.closed()).isCompletedWithValue(null);
        assertThat(done).containsExactly("third");
    }

    @Test
    void whoAsksWhileTheThreadEndsIsAnsweredAtOnce() {
        var eventLoop = new EndpointLoop(options);
        eventLoop.ownedBy(new EndingThread(eventLoop));
        Thread.currentThread().interrupt(); // so it cannot wait

        assertThat(eventLoop.ask(() -> "answer")).isEqualTo("answer");
        assertThat(Thread.interrupted()).isTrue();
    }

    /// A thread that ends as soon as somebody has compared it with another.
    private static final class EndingThread extends Thread {
        private final EndpointLoop eventLoop;

        EndingThread(EndpointLoop eventLoop) {
            this.eventLoop = eventLoop;
        }

        @Override
        public boolean equals(Object other) {
            eventLoop.ownedBy(null);
            return false;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @Test
    void aQuestionThatNobodyAnswersIsForgotten() {
        var eventLoop = new EndpointLoop(options);
        eventLoop.ownedBy(new Thread());

        assertThatThrownBy(() -> eventLoop.ask(() -> "answer")).hasMessageContaining("does not answer");

        assertThat(eventLoop.isIdle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"broken, broken.", "Broken., Broken.", "broken?, broken?"})
    void anErrorEndsWithOnePeriodWhateverItsReasonEndsWith(String reason, String end) throws IOException {
        var reported = new Journal();
        List<LinkListener> links = new ArrayList<>();
        var negotiation = new ProtocolNegotiation() {
            @Override
            public ProtocolConnection client(String host, LinkListener listener, long now) {
                links.add(listener);
                return FakeNegotiation.USUAL.client(host, listener, now);
            }

            @Override
            public Acceptor acceptor(long now) {
                return FakeNegotiation.USUAL.acceptor(now);
            }
        };
        var sockets = new Dependencies.SocketFactory() {
            @Override
            public UdpSocket connected(InetSocketAddress server) throws IOException {
                if (!links.isEmpty()) { // the second attempt
                    throw new IOException(reason);
                }
                return network.connected(server);
            }

            @Override
            public UdpSocket bound(InetSocketAddress local) throws IOException {
                return network.bound(local);
            }
        };
        var client = new MessageClient(
                new Dependencies(negotiation, MessageTypes.of(), sockets),
                options,
                reported,
                null,
                new Reconnection(Duration.ofMillis(100)));

        client.connect(SERVER);
        links.getFirst().closed(new CloseReason(CloseReason.Cause.SOCKET, reason));
        network.runUntil(() -> reported.lines.size() == 3, Duration.ofSeconds(60), client::update);

        assertThat(reported.lines)
                .containsExactly(
                        "error No connection to 10.0.0.9:9000: " + end,
                        "disconnected SOCKET " + reason,
                        "error No connection to 10.0.0.9:9000: " + end);
    }

    @Test
    void aServerThatIsClosedSaysSoThoughAHandlerDoesNotReturn() throws Exception {
        var entered = new CountDownLatch(1);
        var gate = new CompletableFuture<@Nullable Void>();
        var stubborn = new MessageServerListener() {
            @Override
            public void accepted(Peer peer) {
                entered.countDown();
                gate.join(); // whatever interrupts it
            }
        };
        Dependencies dependencies =
                new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), Dependencies.SocketFactory.REAL);
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RunningServer server = RunningServer.start(
                new MessageServer(dependencies, EndpointOptions.DEFAULT, ServerLimits.DEFAULT, stubborn), local);
        try (var _ = RunningClient.start(
                new MessageClient(dependencies, EndpointOptions.DEFAULT, new MessageClientListener() {}),
                server.localAddress())) {
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

            server.close();

            assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
        } finally {
            gate.complete(null);
        }
    }
}
