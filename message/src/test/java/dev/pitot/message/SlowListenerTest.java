package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Endpoints whose handlers run on an executor that is slow: here, tasks wait until a test runs them.
class SlowListenerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int BOUND = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(8);

    /// A message whose bytes are `m` and a digit: legume has to know its length.
    record Step(byte number) {}

    private static final MessageTypes TYPES =
            MessageTypes.builder(MethodHandles.lookup()).add('m', Step.class).build();

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Journal served = new Journal();
    private final Journal told = new Journal();
    private final Dependencies dependencies = new Dependencies(FakeNegotiation.USUAL, TYPES, network);
    private final EndpointOptions narrow =
            EndpointOptions.of(network).withTimeout(TIMEOUT).withQueue(new EndpointOptions.Queue(BOUND, 1000));
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>(); // of the server's socket, while it waits

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void run(Duration time, Runnable... turns) {
        network.runUntil(() -> false, time, turns);
    }

    private MessageServer server(Dependencies parts, EndpointOptions options) throws IOException {
        var server = new MessageServer(parts, options, ServerLimits.DEFAULT, served, tasks::add);
        server.listen(SERVER);
        return server;
    }

    private MessageClient connect(Dependencies parts, EndpointOptions options, MessageServer server)
            throws IOException {
        var client = new MessageClient(parts, options, new MessageClientListener() {});
        client.connect(SERVER);
        int before = server.peers().size();
        assertThat(network.runUntil(
                        () -> client.isConnected() && server.peers().size() > before,
                        LONG,
                        client::update,
                        server::update,
                        this::runTasks))
                .isTrue();
        return client;
    }

    private static void fill(MessageClient client) {
        for (int i = 0; i < BOUND; i++) {
            assertThat(client.sendReliable(payload("m" + i))).isTrue();
        }
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void noNewClientIsAcceptedWhileTheListenerIsBehind() throws IOException {
        MessageServer server = server(dependencies, narrow);
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < 3 * BOUND; i++) {
            var client = new MessageClient(dependencies, narrow, new MessageClientListener() {});
            client.connect(SERVER);
            clients.add(client);
        }
        Runnable turns = () -> {
            clients.forEach(MessageClient::update);
            server.update();
        };

        run(Duration.ofSeconds(1), turns);
        assertThat(server.peers()).hasSize(BOUND);

        tasks.remove().run();
        run(Duration.ofSeconds(1), turns);
        assertThat(served.lines).hasSize(BOUND);
        assertThat(server.peers()).hasSize(2 * BOUND);
    }

    @Test
    void whileTheListenerIsBehindDatagramsWakeNobodyAndItsFirstRoomDoes() throws IOException {
        var recording = new Dependencies(FakeNegotiation.USUAL, TYPES, recordingSockets());
        MessageServer server = server(recording, narrow);
        MessageClient client = connect(dependencies, narrow, server);
        server.await(Duration.ofSeconds(1));
        assertThat(calls).containsExactly("await true");
        fill(client);
        run(Duration.ofMillis(10), client::update, server::update);
        calls.clear();

        client.sendReliable(payload("m8"));
        client.update();
        run(Duration.ofMillis(1));
        assertThat(server.update()).isFalse();
        server.await(Duration.ofSeconds(1));
        assertThat(calls).containsExactly("await false");

        calls.clear();
        runTasks();
        assertThat(calls).containsExactly("wakeup");
        server.await(Duration.ofSeconds(1));
        assertThat(calls).containsExactly("wakeup", "await true");
        assertThat(server.update()).isTrue();
    }

    private Dependencies.SocketFactory recordingSockets() {
        return new Dependencies.SocketFactory() {
            @Override
            public UdpSocket connected(InetSocketAddress server) throws IOException {
                return network.connected(server);
            }

            @Override
            public UdpSocket bound(InetSocketAddress local) throws IOException {
                UdpSocket socket = network.bound(local);
                return (UdpSocket) Proxy.newProxyInstance(
                        SlowListenerTest.class.getClassLoader(),
                        new Class<?>[] {UdpSocket.class},
                        (_, method, arguments) -> {
                            switch (method.getName()) {
                                case "await" -> calls.add("await " + arguments[1]);
                                case "wakeup" -> calls.add("wakeup");
                                default -> {}
                            }
                            return method.invoke(socket, arguments);
                        });
            }
        };
    }

    private EndpointOptions speaking(String mode, @Nullable Identity own, Trust trust) {
        return switch (mode) {
            case "DTLS" -> narrow.withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(own, trust)));
            default -> narrow.withProtocol(ProtocolOptions.DEFAULT.with(ProtocolMode.valueOf(mode)));
        };
    }

    private Dependencies real(EndpointOptions options) {
        return new Dependencies(Dependencies.real(TYPES, options).negotiation(), TYPES, network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "LEGUME", "DTLS"})
    void aPeerIsSilentOnlyWhileTheServerReads(String mode) throws IOException {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        EndpointOptions serving = speaking(mode, identity, new Trust.NoClientAuthentication());
        EndpointOptions asking = speaking(mode, null, new Trust.Pins(Set.of(identity.fingerprint())));
        MessageServer server = server(real(serving), serving);
        MessageClient living = connect(real(asking), asking, server);
        connect(real(asking), asking, server);
        runTasks();
        served.lines.clear();

        network.crash(10_001);
        run(TIMEOUT.multipliedBy(3).dividedBy(4), living::update, server::update, this::runTasks);
        fill(living);
        run(LONG, living::update, server::update);
        assertThat(served.lines).isEmpty();
        assertThat(server.peers()).hasSize(2);
        assertThat(living.isConnected()).isTrue();

        run(TIMEOUT.dividedBy(2), living::update, server::update, this::runTasks);
        assertThat(served.lines).hasSize(BOUND);
        assertThat(server.peers()).hasSize(2);

        run(TIMEOUT, living::update, server::update, this::runTasks);
        assertThat(server.peers()).hasSize(1);
        assertThat(served.lines.getLast()).startsWith("disconnected 10001 TIMEOUT");
        assertThat(living.isConnected()).isTrue();
        assertThat(living.sendReliable(payload("m9"))).isTrue();
        run(Duration.ofMillis(100), living::update, server::update, this::runTasks);
        assertThat(served.lines.getLast()).isEqualTo("10000 m9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "LEGUME"})
    void aClientThatIsComingInMeanwhileIsIn(String mode) throws IOException {
        EndpointOptions options = speaking(mode, null, new Trust.NoClientAuthentication());
        MessageServer server = server(real(options), options);
        EndpointOptions patient = options.withTimeout(LONG.multipliedBy(2)); // nothing is confirmed to them
        MessageClient inside = connect(real(patient), patient, server);
        var coming = new MessageClient(real(patient), patient, told);
        coming.connect(SERVER);
        runTasks();

        network.runUntil(() -> coming.isConnected(), LONG, server::update, coming::update); // the server does not know
        inside.update();
        for (int i = 0; i < 2 * BOUND; i++) { // so many datagrams that the other's is behind them
            assertThat(inside.sendReliable(payload("m" + i))).isTrue();
            inside.update();
        }
        run(LONG, server::update, inside::update, coming::update);
        assertThat(server.peers()).hasSize(1);
        assertThat(coming.isConnected()).isTrue();

        run(Duration.ofMillis(100), server::update, inside::update, coming::update, this::runTasks);
        assertThat(server.peers()).hasSize(2);
        assertThat(told.lines).containsExactly("accepted");
        assertThat(served.lines).contains("accepted 10001");
    }

    @Test
    void aServerThatHasToWaitNowAndThenStillFindsOutWhoIsGone() throws IOException {
        MessageServer server = server(real(narrow), narrow);
        MessageClient busy = connect(real(narrow), narrow, server);
        connect(real(narrow), narrow, server);
        network.crash(10_001);
        int[] turn = {0};

        boolean isFound = network.runUntil(
                () -> server.peers().size() == 1,
                TIMEOUT.multipliedBy(4),
                () -> {
                    for (int i = 0; i < 2 * BOUND; i++) {
                        busy.send(payload("x"), Channel.UNRELIABLE);
                    }
                },
                busy::update,
                server::update,
                () -> {
                    if (turn[0]++ % 3 == 0) {
                        runTasks();
                    }
                });

        assertThat(isFound).isTrue();
        assertThat(busy.isConnected()).isTrue();
    }

    @Test
    void aPeerThatIsNearlyTimedOutKeepsNobodyBusyWhileNothingIsRead() throws IOException {
        var negotiation = new FakeNegotiation(TIMEOUT.toNanos(), Long.MAX_VALUE);
        var parts = new Dependencies(negotiation, TYPES, network);
        MessageServer server = server(parts, narrow);
        connect(parts, narrow, server);
        MessageClient living = connect(parts, narrow, server);
        run(TIMEOUT.minusMillis(20), living::update, server::update, this::runTasks); // the first one sends nothing
        fill(living);
        int[] busyTurns = {0};

        run(LONG, living::update, () -> busyTurns[0] += server.update() ? 1 : 0);

        assertThat(server.peers()).hasSize(2);
        assertThat(busyTurns[0]).isLessThan(200); // of 8,000
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "LEGUME"})
    void aServerIsSilentOnlyWhileTheClientReads(String mode) throws IOException {
        EndpointOptions options = speaking(mode, null, new Trust.NoClientAuthentication());
        var server = new MessageServer(real(options), options, ServerLimits.DEFAULT, served);
        server.listen(SERVER);
        var client = new MessageClient(real(options), options, told, tasks::add, new Reconnection(Duration.ZERO));
        client.connect(SERVER);
        network.runUntil(() -> !server.peers().isEmpty(), LONG, client::update, server::update, this::runTasks);
        for (int i = 0; i < BOUND; i++) {
            server.broadcastReliable(payload("m" + i));
        }

        run(LONG, client::update, server::update);
        assertThat(server.peers()).hasSize(1);
        network.crash(9000);
        run(LONG, client::update);
        assertThat(client.isConnected()).isTrue();
        assertThat(told.lines).containsExactly("accepted");

        run(TIMEOUT.dividedBy(2), client::update, this::runTasks);
        assertThat(client.isConnected()).isTrue();
        run(TIMEOUT, client::update, this::runTasks);
        assertThat(client.state()).isEqualTo(EndpointState.ERRORED);
    }

    @Test
    void aListenerThatIsSlowForEverIsNotToldEverMore() throws IOException {
        var reports = new AtomicInteger();
        var listener = new MessageServerListener() {
            @Override
            public void writable(Peer peer) {
                reports.incrementAndGet();
            }
        };
        var server = new MessageServer(dependencies, narrow, ServerLimits.DEFAULT, listener, tasks::add);
        server.listen(SERVER);
        connect(dependencies, narrow, server);
        Peer peer = server.peers().getFirst();

        for (int i = 0; i < 1000; i++) {
            while (peer.sendReliable(payload("x"))) {
                server.update();
            }
            server.update();
        }
        runTasks();
        assertThat(reports.get()).isBetween(1, BOUND);

        int before = reports.get();
        run(Duration.ofMillis(1), server::update, this::runTasks); // before any timer is due
        assertThat(reports.get()).isEqualTo(before + 1); // what waited for room
    }
}
