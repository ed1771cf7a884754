package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Impairment SLOW = Impairment.NONE.withDelay(Duration.ofMillis(5), Duration.ZERO);

    private SimulatedNetwork network = new SimulatedNetwork(SLOW);
    private final Journal reported = new Journal();
    private final Journal served = new Journal();

    @Test
    void connectsExchangesMessagesAndDisconnects() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);

        client.connect(SERVER);
        assertThat(client.state().code()).isEqualTo(103);
        assertThat(run(client::isConnected, client, server)).isTrue();
        Peer peer = server.peers().getFirst();
        client.sendReliable(payload("ping"));
        peer.send(payload("pong"), Channel.UNRELIABLE);
        run(() -> reported.lines.size() == 2 && served.lines.size() == 2, client, server);
        client.disconnect();
        run(() -> served.lines.size() == 3, client, server);

        assertThat(reported.lines).containsExactly("accepted", "pong", "disconnected LOCAL ");
        assertThat(served.lines).containsExactly("accepted 10000", "10000 ping", "disconnected 10000 REMOTE ");
        assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
        assertThat(client.metrics().received().messages()).isEqualTo(1);
        assertThat(client.metrics().sent().messages()).isEqualTo(1);
        assertThat(client.latency()).isNull();
        assertThat(server.peers()).isEmpty();
        assertThat(peer.isConnected()).isFalse();
        assertThatThrownBy(() -> peer.sendReliable(payload("late")))
                .isInstanceOf(EndpointStateException.class)
                .hasMessageContaining("is not connected");
    }

    @Test
    void aClientCanConnectAgainFromTheHandlerOfItsEnd() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        var again = new MessageClient[1];
        MessageClient client = client(new MessageClientListener() {
            @Override
            public void disconnected(CloseReason reason) {
                reported.lines.add(reason.cause().name());
                try {
                    again[0].connect(SERVER);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        again[0] = client;

        client.connect(SERVER);
        run(() -> !server.peers().isEmpty(), client, server);
        server.disconnectAll("restart");
        run(() -> served.lines.contains("accepted 10001"), client, server);

        assertThat(reported.lines).containsExactly("REMOTE");
        assertThat(served.lines)
                .containsExactly("accepted 10000", "disconnected 10000 LOCAL restart", "accepted 10001");
    }

    @Test
    void aHandlerRejectsWithAReason() throws IOException {
        MessageServer server = server(
                new MessageServerListener() {
                    @Override
                    public Admission connecting(Peer peer) {
                        return Admission.reject("members only");
                    }
                },
                ServerLimits.DEFAULT);
        MessageClient client = client(reported);

        client.connect(SERVER);
        run(() -> !client.state().isActive(), client, server);

        assertThat(reported.lines).containsExactly("rejected REJECTED members only");
        assertThat(client.state()).isEqualTo(EndpointState.ERRORED);
        assertThat(server.counts().refused()).isEqualTo(1);
        assertThat(server.peers()).isEmpty();
        assertThat(server.peers()).isEmpty();
    }

    @Test
    void mistakesAreReportedInOneSentence() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);

        assertThatThrownBy(() -> client.sendReliable(payload("x")))
                .isInstanceOf(EndpointStateException.class)
                .hasMessage(
                        "The client is not connected: send when it has been accepted, and before its connection ends.");
        assertThatThrownBy(() -> client.connect("localhost", 70_000))
                .isInstanceOf(EndpointAddressException.class)
                .hasMessage("A server's port is 1 to 65535, not 70000.");
        assertThatThrownBy(() -> client.connect("no host.invalid", 1))
                .isInstanceOf(EndpointAddressException.class)
                .hasMessage("The host 'no host.invalid' is not known: check its spelling, or give its address.");
        client.connect(SERVER);
        assertThatThrownBy(() -> client.connect(SERVER))
                .isInstanceOf(EndpointStateException.class)
                .hasMessageContaining("already: disconnect it first");
        assertThatThrownBy(() -> server.listen(9001))
                .isInstanceOf(EndpointStateException.class)
                .hasMessageEndingWith("already: close it first.");
        run(client::isConnected, client, server);
        assertThatThrownBy(() -> client.send(payload("x"), new Channel(Channel.Kind.UNRELIABLE_SEQUENCED, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The fake protocol has no sequenced channels.");
        server.close();
        assertThatThrownBy(() -> server.broadcastReliable(payload("x")))
                .isInstanceOf(EndpointStateException.class)
                .hasMessage("The server does not listen: start it, or another one if it was closed.");
    }

    @Test
    void silenceEndsInAnErrorAtBothEnds() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        client.connect(SERVER);
        run(client::isConnected, client, server);

        network.runUntil(() -> !client.state().isActive(), LONG, client::update); // the server stands still
        network.runUntil(() -> server.peers().isEmpty(), LONG, server::update);

        assertThat(client.state()).isEqualTo(EndpointState.ERRORED);
        assertThat(reported.lines)
                .containsExactly(
                        "accepted",
                        "error The connection to 10.0.0.9:9000 is lost: nothing came from it for too long.",
                        "disconnected TIMEOUT ");
        assertThat(served.lines).containsExactly("accepted 10000", "disconnected 10000 TIMEOUT ");
    }

    @Test
    void limitsHoldInAllAndPerAddress() throws IOException {
        MessageServer server = server(served, new ServerLimits(3, 2));
        Journal[] journals = IntStream.range(0, 5).mapToObj(_ -> new Journal()).toArray(Journal[]::new);
        for (int i = 0; i < journals.length; i++) {
            network.host = i < 3 ? "10.0.0.1" : "10.0.0." + i; // the third is one too many of its address
            MessageClient client = client(journals[i]);
            client.connect(SERVER);
            run(() -> !client.state().isActive() || client.isConnected(), client, server);
        }

        assertThat(server.peers()).hasSize(3);
        assertThat(journals[1].lines).containsExactly("accepted");
        assertThat(journals[2].lines).containsExactly("rejected REJECTED the server has as many clients as it takes");
        assertThat(journals[3].lines).containsExactly("accepted");
        assertThat(journals[4].lines).containsExactly("rejected REJECTED the server has as many clients as it takes");

        server.peers().getFirst().disconnect("make room");
        run(() -> server.peers().size() == 2, client(reported), server);
        network.host = "10.0.0.4";
        MessageClient late = client(reported);
        late.connect(SERVER);
        assertThat(run(late::isConnected, late, server)).isTrue();
    }

    @Test
    void detailsAreNotGuessedBeforeTheServerHasAccepted() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        assertThatThrownBy(client::details)
                .isInstanceOf(EndpointStateException.class)
                .hasMessage("The client has no connection: connect first, with a new client if this one has ended.");

        client.connect(SERVER);
        assertThatThrownBy(client::details)
                .isInstanceOf(EndpointStateException.class)
                .hasMessage("The client is not connected yet: ask for details when it has been accepted.");
        run(client::isConnected, client, server);

        assertThat(client.details().largestPayload()).isPositive();
    }

    @Test
    void aServerThatAcceptsNoNewClientsSaysSo() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        server.acceptNew(false);

        client.connect(SERVER);
        run(() -> !client.state().isActive(), client, server);

        assertThat(reported.lines).containsExactly("rejected REJECTED the server takes no new clients at this time");
        assertThat(server.counts().refused()).isEqualTo(1);
        assertThat(served.lines).isEmpty();

        server.acceptNew(true);
        client.connect(SERVER);
        assertThat(run(client::isConnected, client, server)).isTrue();
    }

    @Test
    void aBroadcastSkipsPeersThatAreClosing() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        Journal[] journals = {new Journal(), new Journal(), new Journal()};
        MessageClient[] clients = new MessageClient[3];
        for (int i = 0; i < 3; i++) {
            clients[i] = client(journals[i]);
            clients[i].connect(SERVER);
            run(clients[i]::isConnected, clients[i], server);
        }

        Peer second =
                Objects.requireNonNull(server.peer(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 10_001)));
        second.disconnect("you not");
        assertThat(server.broadcastReliable(payload("all"))).isEqualTo(2);
        network.runUntil(
                () -> !clients[1].state().isActive(),
                LONG,
                server::update,
                clients[0]::update,
                clients[1]::update,
                clients[2]::update);

        assertThat(journals[0].lines).containsExactly("accepted", "all");
        assertThat(journals[1].lines).containsExactly("accepted", "disconnected REMOTE you not");
        assertThat(journals[2].lines).containsExactly("accepted", "all");
    }

    @Test
    void unknownSendersAndNoiseAffectNoConnection() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        client.connect(SERVER);
        run(client::isConnected, client, server);

        var random = new Random(1);
        var unknownSender = network.connected(SERVER);
        for (int i = 0; i < 10_000; i++) {
            var noise = new byte[1 + random.nextInt(100)];
            random.nextBytes(noise);
            noise[0] = (byte) (noise[0] == 'H' && noise.length == 1 ? 'X' : noise[0]);
            unknownSender.send(ByteBuffer.wrap(noise), null);
        }
        client.sendReliable(payload("still here"));
        run(() -> served.lines.size() == 2, client, server);
        run(() -> server.counts().unknownSenders() == 10_000, client, server);

        assertThat(served.lines).containsExactly("accepted 10000", "10000 still here");
        assertThat(server.counts().unknownSenders()).isEqualTo(10_000);
        assertThat(server.peers()).hasSize(1);
    }

    @Test
    void lossAndReorderingLeaveReliableMessagesWhole() throws IOException {
        network = new SimulatedNetwork(SLOW.withLoss(0.2)
                .withReorder(0.2, Duration.ofMillis(12))
                .withDuplicates(0.1)
                .withSeed(7));
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        client.connect(SERVER);
        run(client::isConnected, client, server);

        int[] next = {0};
        network.runUntil(
                () -> served.lines.size() == 2001,
                Duration.ofMinutes(5),
                () -> next[0] += next[0] < 2000 && client.sendReliable(payload("m" + next[0])) ? 1 : 0,
                client::update,
                server::update);

        assertThat(served.lines.stream().skip(1))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 2000).mapToObj(i -> "10000 m" + i).toList());
    }

    @Test
    void aConnectionWithoutIdsMigratesToAnotherPortAndLosesNothing() throws IOException {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        var client = new MessageClient(
                new Dependencies(new FakeNegotiation(2_000_000_000L, 10), MessageTypes.of(), network),
                EndpointOptions.of(network),
                reported);
        client.connect(SERVER);
        run(client::isConnected, client, server);

        for (int i = 0; i < 40; i++) {
            int number = i;
            client.sendReliable(payload("up" + i));
            server.broadcastReliable(payload("down" + i));
            run(() -> reported.lines.contains("down" + number), client, server);
        }
        run(() -> served.lines.stream().filter(line -> line.contains("up")).count() == 40, client, server);

        assertThat(reported.lines).startsWith("accepted").doesNotContain("disconnected LOCAL ");
        assertThat(reported.lines.stream()
                        .filter(line -> line.startsWith("down"))
                        .distinct())
                .hasSize(40);
        assertThat(served.lines).contains("accepted 10001", "accepted 10002");
        assertThat(client.metrics().sent().messages()).isEqualTo(40);
        assertThat(client.state()).isEqualTo(EndpointState.CONNECTED);
    }

    @Test
    void whatALinkDoesNotTakeFromAnotherThreadWaitsForItsTurn() throws Exception {
        MessageServer server = server(served, ServerLimits.DEFAULT);
        MessageClient client = client(reported);
        client.connect(SERVER);
        run(client::isConnected, client, server);
        Peer peer = server.peers().getFirst();
        server.eventLoop().ownedBy(new Thread()); // not this one

        int many = 3 * FakeLink.WINDOW;
        for (int i = 0; i < many; i++) {
            assertThat(peer.sendReliable(payload("n" + i))).isTrue();
        }
        server.eventLoop().ownedBy(null);
        server.update();
        assertThat(peer.sendReliable(payload("too much"))).isFalse();
        run(() -> reported.lines.size() == 1 + many, client, server);
        run(() -> peer.metrics().waiting().pendingAcks() == 0, client, server);

        assertThat(reported.lines.stream().skip(1))
                .containsExactlyElementsOf(
                        IntStream.range(0, many).mapToObj(i -> "n" + i).toList());
        assertThat(peer.sendReliable(payload("room again"))).isTrue();
    }

    private boolean run(BooleanSupplier isSo, MessageClient client, MessageServer server) {
        return network.runUntil(isSo, LONG, client::update, server::update);
    }

    private MessageServer server(MessageServerListener listener, ServerLimits limits) throws IOException {
        var server = new MessageServer(dependencies(), EndpointOptions.of(network), limits, listener);
        server.listen(SERVER);
        return server;
    }

    private MessageClient client(MessageClientListener listener) {
        return new MessageClient(dependencies(), EndpointOptions.of(network), listener);
    }

    private Dependencies dependencies() {
        return new Dependencies(new FakeNegotiation(2_000_000_000L, Long.MAX_VALUE), MessageTypes.of(), network);
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
