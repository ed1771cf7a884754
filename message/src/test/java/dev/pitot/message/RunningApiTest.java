package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What programs use of clients and servers with threads of their own: builders, futures, the event that there is
/// room again, and what each end knows of the other.
@Tag("slow")
@Timeout(180)
class RunningApiTest {
    record Text(String text) {}

    record Wide(long number) {}

    private static final MessageTypes TYPES = MessageTypes.builder(MethodHandles.lookup())
            .add(20, Text.class)
            .add(21, Wide.class)
            .build();

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private RunningServer server(EndpointOptions options) throws IOException {
        return MessageServer.builder(TYPES)
                .options(options)
                .onMessage((peer, message) -> received.add(String.valueOf(message.message())))
                .start(loopback());
    }

    private static RunningClient client(RunningServer server, EndpointOptions options) throws IOException {
        return MessageClient.builder(TYPES).options(options).start(server.localAddress());
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void futuresTellThatAClientIsConnectedAndThatAMessageHasArrived(ProtocolMode mode) throws Exception {
        try (RunningServer server = server(speaking(mode));
                RunningClient client = client(server, speaking(mode))) {
            client.connected().get(30, TimeUnit.SECONDS);
            for (Channel channel : new Channel[] {Channel.RELIABLE, Channel.RELIABLE_ORDERED}) {
                client.sendConfirmed(new Text("to " + channel.kind()), channel).get(30, TimeUnit.SECONDS);

                // confirmed means received: nothing more is waited for
                assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("Text[text=to " + channel.kind() + "]");
            }

            assertThatThrownBy(() -> client.sendConfirmed(new Text(""), Channel.UNRELIABLE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reliable");
            Peer peer = awaitPeer(server);
            peer.sendConfirmed(new Text("back"), Channel.RELIABLE).get(30, TimeUnit.SECONDS);
            ProtocolMode spoken = mode == ProtocolMode.LEGUME ? ProtocolMode.LEGUME : ProtocolMode.EXTENDED;
            assertThat(peer.details().protocol()).isEqualTo(spoken);
            assertThat(client.details().protocol()).isEqualTo(spoken);
            assertThat(client.details().largestPayload()).isGreaterThan(1_000);
            assertThat(client.details().key()).isNull();
        }
    }

    @Test
    void whoAsksAboutAConnectionThatIsGoneIsToldSoAndHarmsNobody() throws Exception {
        try (RunningServer server = server(speaking(ProtocolMode.EXTENDED))) {
            Peer peer;
            RunningClient gone = client(server, speaking(ProtocolMode.EXTENDED));
            try (gone) {
                gone.connected().get(30, TimeUnit.SECONDS);
                peer = awaitPeer(server);
            }
            assertThatThrownBy(gone::details).isInstanceOf(EndpointStateException.class);
            assertThatThrownBy(gone::localAddress).isInstanceOf(EndpointStateException.class);
            await(() -> server.peers().isEmpty());

            assertThatThrownBy(peer::details).isInstanceOf(EndpointStateException.class);

            try (RunningClient next = client(server, speaking(ProtocolMode.EXTENDED))) {
                next.connected().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aRefusedClientsFutureFailsWithTheReason() throws Exception {
        var refusing = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                return Admission.reject("not today");
            }
        };
        try (RunningServer server =
                        MessageServer.builder(TYPES).listener(refusing).start(loopback());
                RunningClient client = client(server, EndpointOptions.DEFAULT)) {
            assertThatThrownBy(() -> client.connected().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(EndpointStateException.class)
                    .hasMessageContaining("not today");
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void whatIsNotConfirmedWhenTheConnectionEndsFails(ProtocolMode mode) throws Exception {
        var gate = new CountDownLatch(1);
        RunningServer server = MessageServer.builder(TYPES)
                .options(speaking(mode))
                .onMessage((peer, message) -> awaitQuietly(gate))
                .start(loopback());
        try (server;
                RunningClient client = client(server, speaking(mode).withTimeout(Duration.ofSeconds(3)))) {
            client.connected().get(30, TimeUnit.SECONDS);
            client.sendReliable(new Text("the server's handler waits, so nothing more is confirmed"));
            CompletableFuture<Void> never = client.sendConfirmed(new Text("lost"), Channel.RELIABLE_ORDERED);

            assertThatThrownBy(() -> never.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
            gate.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void bothEndsHearThatThereIsRoomAgain(ProtocolMode mode) throws Exception {
        // So short that it is full however fast the endpoint takes messages out of it.
        EndpointOptions options = speaking(mode).withQueue(new EndpointOptions.Queue(16, 64 * 1024));
        var clientRoom = new Semaphore(0);
        var serverRoom = new Semaphore(0);
        Map<String, Boolean> told = new ConcurrentHashMap<>();
        var serverListener = new MessageServerListener() {
            @Override
            public void writable(Peer peer) {
                serverRoom.release();
            }
        };
        var clientListener = new MessageClientListener() {
            @Override
            public void writable() {
                clientRoom.release();
            }

            @Override
            public void disconnected(CloseReason reason) {
                told.put(reason.text(), true);
            }
        };
        try (RunningServer server = MessageServer.builder(TYPES)
                        .options(options)
                        .listener(serverListener)
                        .start(loopback());
                RunningClient client = MessageClient.builder(TYPES)
                        .options(options)
                        .listener(clientListener)
                        .start(server.localAddress())) {
            client.connected().get(30, TimeUnit.SECONDS);
            var text = new Text("x".repeat(1_000));
            Peer peer = awaitPeer(server);
            for (int round = 0; round < 3; round++) {
                sendUntilFull(() -> client.send(text, Channel.RELIABLE_ORDERED));
                assertThat(clientRoom.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                sendUntilFull(() -> peer.send(text, Channel.RELIABLE_ORDERED));
                assertThat(serverRoom.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(told).isEmpty();
        }
    }

    /// A client is connected a little earlier than its server hears of it.
    private static Peer awaitPeer(RunningServer server) {
        await(() -> !server.peers().isEmpty());
        return server.peers().getFirst();
    }

    private static void sendUntilFull(BooleanSupplier send) {
        while (send.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void numbersOf64BitsGoBetweenPitotsInBothProtocols() throws Exception {
        for (ProtocolMode mode : new ProtocolMode[] {ProtocolMode.EXTENDED, ProtocolMode.LEGUME}) {
            try (RunningServer server = server(speaking(mode));
                    RunningClient client = client(server, speaking(mode))) {
                client.connected().get(30, TimeUnit.SECONDS);
                await(() -> mode == ProtocolMode.EXTENDED // else the peer is known by a ping
                        || client.metrics().received().keepAlives() > 0);
                assertThat(client.send(new Wide(Long.MIN_VALUE + 1), Channel.RELIABLE))
                        .isTrue();

                assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("Wide[number=-9223372036854775807]");
            }
        }
    }

    @Test
    void aServerAuthorisesByTheKeyOfAClient() throws Exception {
        Identity own = Identity.selfSigned("server", InstantSource.system());
        Identity known = Identity.selfSigned("known", InstantSource.system());
        Identity other = Identity.selfSigned("other", InstantSource.system());
        var admitted = new LinkedBlockingQueue<Fingerprint>();
        var authorising = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                Fingerprint key = peer.details().key();
                return key != null && known.fingerprint().equals(key)
                        ? Admission.accept()
                        : Admission.reject("unknown key");
            }

            @Override
            public void accepted(Peer peer) {
                Fingerprint key = peer.details().key();
                if (key != null) {
                    admitted.add(key);
                }
            }
        };
        var trust = new Trust.Pins(Set.of(known.fingerprint(), other.fingerprint()));
        try (RunningServer server = MessageServer.builder(TYPES)
                        .options(secured(own, trust))
                        .listener(authorising)
                        .start(loopback());
                RunningClient accepted = client(server, secured(known, pin(own)));
                RunningClient refused = client(server, secured(other, pin(own)))) {
            accepted.connected().get(60, TimeUnit.SECONDS);
            assertThat(accepted.details().key()).isEqualTo(own.fingerprint());
            assertThat(admitted.poll(30, TimeUnit.SECONDS)).isEqualTo(known.fingerprint());
            assertThatThrownBy(() -> refused.connected().get(60, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("unknown key");
        }
    }

    private static Trust pin(Identity identity) {
        return new Trust.Pins(Set.of(identity.fingerprint()));
    }

    private static EndpointOptions secured(@Nullable Identity own, Trust trust) {
        return EndpointOptions.DEFAULT
                .withTimeout(Duration.ofSeconds(60))
                .withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(own, trust)));
    }

    @Test
    void aClientSendsFromTheAddressThatItIsGiven() throws Exception {
        InetAddress second = InetAddress.getByName("127.0.0.2");
        try (RunningServer server = MessageServer.builder(TYPES).start(loopback());
                RunningClient client =
                        MessageClient.builder(TYPES).localAddress(second).start(server.localAddress())) {
            client.connected().get(30, TimeUnit.SECONDS);

            assertThat(awaitPeer(server).address().getAddress()).isEqualTo(second);
        }
        assertThatThrownBy(() -> MessageClient.builder(TYPES)
                        .localAddress(InetAddress.getByName("192.0.2.1"))
                        .start("127.0.0.1", 9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no address");
    }

    @Test
    void anExecutorIsForClientsAndServersWithThreads() {
        assertThatThrownBy(() ->
                        MessageClient.builder(TYPES).executor(Runnable::run).build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        MessageServer.builder(TYPES).executor(Runnable::run).build())
                .isInstanceOf(IllegalStateException.class);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException _) { // the server is closed
            Thread.currentThread().interrupt();
        }
    }
}
