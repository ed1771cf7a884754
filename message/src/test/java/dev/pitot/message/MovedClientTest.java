package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A client whose address changes, and one whose server restarts.
class MovedClientTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SimulatedNetwork network =
            new SimulatedNetwork(Impairment.NONE.withDelay(Duration.ofMillis(5), Duration.ZERO));
    private final EndpointOptions options = EndpointOptions.of(network);
    private final Dependencies dependencies =
            new Dependencies(Dependencies.real(MessageTypes.of(), options).negotiation(), MessageTypes.of(), network);
    private final Journal told = new Journal();
    private final Journal served = new Journal();

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private MessageServer server() throws IOException {
        MessageServer server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, served);
        server.listen(SERVER);
        return server;
    }

    private MessageClient connect(MessageServer server) throws IOException {
        MessageClient client = new MessageClient(dependencies, options, told);
        client.connect(SERVER);
        assertThat(network.runUntil(
                        () -> client.isConnected() && !server.peers().isEmpty(), LONG, client::update, server::update))
                .isTrue();
        return client;
    }

    @Test
    void aClientWhoseAddressChangesGoesOn() throws IOException {
        MessageServer server = server();
        MessageClient client = connect(server);
        Peer peer = server.peers().getFirst();
        client.sendReliable(payload("before"));
        network.runUntil(() -> served.lines.size() == 2, LONG, client::update, server::update);

        network.rebind(10_000, 20_000);
        client.sendReliable(payload("behind"));
        peer.send(payload("back"), Channel.RELIABLE);
        boolean isThere = network.runUntil(
                () -> served.lines.size() == 3 && told.lines.size() == 2,
                Duration.ofSeconds(3),
                client::update,
                server::update);

        assertThat(isThere).isTrue();
        assertThat(served.lines).containsExactly("accepted 10000", "10000 before", "20000 behind");
        assertThat(told.lines).containsExactly("accepted", "back");
        assertThat(peer.address().getPort()).isEqualTo(20_000);
        assertThat(server.peer(peer.address())).isSameAs(peer);
        network.runUntil(() -> false, Duration.ofSeconds(15), client::update, server::update);
        assertThat(server.peers()).containsExactly(peer);
        client.disconnect();
        network.runUntil(() -> served.lines.size() == 4, LONG, client::update, server::update);
        assertThat(served.lines.getLast()).isEqualTo("disconnected 20000 REMOTE ");
    }

    @Test
    void aClientThatOnlyListensGoesOnWithItsNextKeepAlive() throws IOException {
        MessageServer server = server();
        MessageClient client = connect(server);

        network.rebind(10_000, 20_000);
        network.runUntil(() -> false, Duration.ofSeconds(30), client::update, server::update);

        assertThat(client.isConnected()).isTrue();
        assertThat(server.peers()).hasSize(1);
        assertThat(server.peers().getFirst().address().getPort()).isEqualTo(20_000);
    }

    @Test
    void aClientLearnsAtOnceThatItsServerHasRestarted() throws IOException {
        MessageServer gone = server();
        var client = new MessageClient[1];
        client[0] = connect(gone);

        network.crash(9000);
        MessageServer server = server();
        client[0].sendReliable(payload("hello?"));
        boolean isOver = network.runUntil(
                () -> !client[0].state().isActive(), Duration.ofMillis(100), client[0]::update, server::update);

        assertThat(isOver).isTrue();
        assertThat(client[0].state()).isEqualTo(EndpointState.ERRORED);
        assertThat(told.lines.getLast()).startsWith("disconnected RESET the server has restarted");
        client[0].connect(SERVER);
        assertThat(network.runUntil(client[0]::isConnected, LONG, client[0]::update, server::update))
                .isTrue();
    }
}
