package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.NioUdpSocket;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An endpoint whose thread fails by an [Error]: it must not stay behind without a port, or unheard of.
@Timeout(60)
class EndpointDeathTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Error failure = new OutOfMemoryError("for a test");
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    private final MessageServerListener served = new MessageServerListener() {
        @Override
        public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
            told.add(sentence);
        }

        @Override
        public void disconnected(Peer peer, CloseReason reason) {
            told.add("disconnected: " + reason.text());
        }
    };

    private final MessageClientListener connected = new MessageClientListener() {
        @Override
        public void error(String sentence, @Nullable Throwable cause) {
            told.add(sentence);
        }

        @Override
        public void disconnected(CloseReason reason) {
            told.add("disconnected: " + reason.text());
        }
    };

    @Test
    void aServerWhoseThreadFailsFreesItsPortAndTells() throws Exception {
        check(null);
    }

    @Test
    void aServerWhoseThreadFailsTellsByTheExecutorOfItsListener() throws Exception {
        check(Runnable::run);
    }

    private void check(@Nullable Executor executor) throws Exception {
        var failing = new MessageServer(failing(true), EndpointOptions.DEFAULT, ServerLimits.DEFAULT, served, executor);
        RunningServer server = RunningServer.start(failing, ANY);
        awaitFailure(server);

        assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
        assertThat(told)
                .containsExactly(
                        "The server failed and is closed: out of memory (for a test).",
                        "disconnected: the server failed");
        assertThat(server.peers()).isEmpty();
        NioUdpSocket.bound(server.localAddress()).close(); // throws if it is taken
        server.close();
    }

    @Test
    void aServerThatCannotEvenSayThatItFailedIsClosedAndSaysItLater() throws Exception {
        var lacks = new AtomicInteger(2);
        RunningServer server =
                server(new Dependencies(failing(true).negotiation(), MessageTypes.of(), withoutMemory(lacks)));
        awaitFailure(server);

        assertThat(lacks).hasValue(0);
        assertThat(told).startsWith("The server failed and is closed: out of memory (for a test).");
        NioUdpSocket.bound(server.localAddress()).close(); // throws if it is taken
    }

    private void awaitFailure(RunningServer server) throws Exception {
        try (var client = RunningClient.start(
                new MessageClient(
                        dependencies(FakeNegotiation.USUAL), EndpointOptions.DEFAULT, new MessageClientListener() {}),
                server.localAddress())) {
            sendWhenConnected(client);

            assertThat(server.closed().get(30, TimeUnit.SECONDS)).isSameAs(failure);
        }
    }

    /// Sockets that cannot be closed at first, for lack of memory.
    private static Dependencies.SocketFactory withoutMemory(AtomicInteger lacks) {
        return new Dependencies.SocketFactory() {
            @Override
            public UdpSocket bound(InetSocketAddress local) throws IOException {
                UdpSocket socket = REAL.bound(local);
                return (UdpSocket) Proxy.newProxyInstance(
                        EndpointDeathTest.class.getClassLoader(),
                        new Class<?>[] {UdpSocket.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close") && lacks.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                throw new OutOfMemoryError("at the end, for a test");
                            }
                            try {
                                return method.invoke(socket, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }

            @Override
            public UdpSocket connected(InetSocketAddress server) throws IOException {
                return REAL.connected(server);
            }
        };
    }

    @Test
    void aClientWhoseThreadFailsSaysSo() throws Exception {
        try (RunningServer server = server(dependencies(FakeNegotiation.USUAL));
                var client = RunningClient.start(
                        new MessageClient(failing(false), EndpointOptions.DEFAULT, connected), server.localAddress())) {
            await(() -> !server.peers().isEmpty());
            server.broadcast(ByteBuffer.wrap(new byte[] {'X'}), Channel.RELIABLE);

            assertThat(client.closed().get(30, TimeUnit.SECONDS)).isSameAs(failure);

            assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
            assertThat(told)
                    .containsExactly(
                            "The client failed and is closed: out of memory (for a test).",
                            "disconnected: the client failed");
        }
    }

    @Test
    void anEndpointThatIsClosedHasNotFailed() throws Exception {
        RunningServer server = server(dependencies(FakeNegotiation.USUAL));
        CompletableFuture<@Nullable Throwable> closed = server.closed();
        assertThat(closed).isNotDone();

        server.close();

        assertThat(closed.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(told).isEmpty();
    }

    private RunningServer server(Dependencies dependencies) throws IOException {
        return RunningServer.start(
                new MessageServer(dependencies, EndpointOptions.DEFAULT, ServerLimits.DEFAULT, served), ANY);
    }

    private static void sendWhenConnected(RunningClient client) {
        await(client::isConnected);
        client.sendReliable(ByteBuffer.wrap(new byte[] {'X'}));
    }

    private static Dependencies dependencies(ProtocolNegotiation negotiation) {
        return new Dependencies(negotiation, MessageTypes.of(), Dependencies.SocketFactory.REAL);
    }

    /// One end's connections fail by an error at the first message, and at whatever is asked of them
    /// afterwards.
    private Dependencies failing(boolean isServer) {
        return dependencies(new ProtocolNegotiation() {
            @Override
            public ProtocolConnection client(String host, LinkListener listener, long now) {
                return isServer
                        ? FakeNegotiation.USUAL.client(host, listener, now)
                        : mortal(FakeNegotiation.USUAL.client(host, listener, now));
            }

            @Override
            public Acceptor acceptor(long now) {
                Acceptor usual = FakeNegotiation.USUAL.acceptor(now);
                return (datagram, sender, at) -> {
                    ProtocolConnection made = usual.accept(datagram, sender, at);
                    return made == null || !isServer ? made : mortal(made);
                };
            }
        });
    }

    private ProtocolConnection mortal(ProtocolConnection link) {
        var isDead = new AtomicBoolean();
        return (ProtocolConnection) Proxy.newProxyInstance(
                EndpointDeathTest.class.getClassLoader(),
                new Class<?>[] {ProtocolConnection.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("receive")
                            && ((ByteBuffer) arguments[0]).get(((ByteBuffer) arguments[0]).position()) == 'D') {
                        isDead.set(true);
                    }
                    if (isDead.get()) {
                        throw failure;
                    }
                    try {
                        return method.invoke(link, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
