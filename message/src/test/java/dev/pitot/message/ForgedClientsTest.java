package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Clients that ask to come in and are not heard of again, as those of forged addresses are.
class ForgedClientsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Journal reported = new Journal();
    private final Journal served = new Journal();
    private final EndpointOptions options = EndpointOptions.of(network);

    @Test
    void requestsOfLegumesThatAcknowledgeNothingHoldHalfOfThePendingConnectionsForThreeSeconds() throws IOException {
        MessageServer server = server(options, new ServerLimits(4, 4));
        for (int i = 0; i < 20; i++) {
            network.host = "10.0.1." + i;
            ask(speaking(ProtocolMode.LEGUME), 1, server);
        }
        assertThat(server.counts().unknownSenders()).isEqualTo(18);

        MessageClient client = client(options);
        pass(Duration.ofMillis(500), client, server);
        assertThat(client.isConnected()).isTrue();
        assertThat(server.peers()).hasSize(1);

        pass(Duration.ofSeconds(3), client, server);
        assertThat(server.peers()).hasSize(1);
        assertThat(client.isConnected()).isTrue();
        assertThat(served.lines).hasSize(1); // no other was ever a client
    }

    @Test
    void anUnvalidatedConnectionIsEvictedForAClientWithAValidatedAddress() throws IOException {
        MessageServer server = server(options, new ServerLimits(1, 1));
        ask(speaking(ProtocolMode.LEGUME), 1, server);

        network.host = "10.0.0.2";
        MessageClient client = client(options);
        pass(Duration.ofMillis(500), client, server);

        assertThat(client.isConnected()).isTrue();
        assertThat(server.peers()).hasSize(1);
        assertThat(served.lines).hasSize(1);
    }

    @Test
    void aLegumeThatAcknowledgesKeepsItsConnection() throws IOException {
        MessageServer server = server(options, new ServerLimits(1, 1));
        MessageClient client = client(speaking(ProtocolMode.LEGUME));

        pass(Duration.ofSeconds(8), client, server);

        assertThat(client.isConnected()).isTrue();
        assertThat(served.lines).containsExactly("accepted 10000");
    }

    @Test
    void refusalsOfOneAddressAreFew() throws IOException {
        MessageServer server = server(options, new ServerLimits(100, 1));
        for (int i = 0; i < 30; i++) {
            ask(speaking(ProtocolMode.LEGUME), 1, server);
        }

        assertThat(server.peers()).isEmpty();
        assertThat(server.counts().refused()).isEqualTo(3); // half of the places of an address, one of them a peer's
    }

    @Test
    void requestsFromAForgedAddressDoNotKeepTheClientAtItOut() throws IOException {
        MessageServer server = server(options, new ServerLimits(100, 20));
        for (int i = 0; i < 100; i++) {
            ask(speaking(ProtocolMode.LEGUME), 1, server);
        }

        MessageClient client = client(speaking(ProtocolMode.EXTENDED));
        pass(Duration.ofSeconds(1), client, server);

        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void handshakesThatDoNotGoOnAreFewOfOneAddressAndEndAfterThreeSeconds() throws IOException {
        Identity identity = Identity.selfSigned("10.0.0.9", InstantSource.system());
        MessageServer server = server(
                options.withProtocol(ProtocolOptions.DEFAULT.withDtls(
                        new Protection.Dtls(identity, new Trust.NoClientAuthentication()))),
                new ServerLimits(100, 1));
        EndpointOptions secured = options.withProtocol(ProtocolOptions.DEFAULT.withDtls(
                new Protection.Dtls(null, new Trust.Pins(Set.of(identity.fingerprint())))));
        for (int i = 0; i < 12; i++) {
            ask(secured, 3, server);
        }

        MessageClient client = client(secured);
        pass(Duration.ofSeconds(2), client, server);
        assertThat(client.isConnected()).isFalse();

        pass(Duration.ofSeconds(5), client, server);
        assertThat(client.isConnected()).isTrue();
        assertThat(served.lines).hasSize(1);
    }

    /// A client that gets as far as to be taken note of, and stops.
    ///
    /// @param turns 1 for a request, 3 for a hello too
    private void ask(EndpointOptions speaking, int turns, MessageServer server) throws IOException {
        var client = new MessageClient(dependencies(speaking), speaking, new MessageClientListener() {});
        client.connect(SERVER);
        for (int i = 0; i < turns; i++) {
            network.runUntil(() -> false, Duration.ofMillis(1), client::update, server::update);
        }
        network.runUntil(() -> false, Duration.ofMillis(5), server::update);
    }

    private void pass(Duration length, MessageClient client, MessageServer server) {
        network.runUntil(() -> false, length, client::update, server::update);
    }

    private EndpointOptions speaking(ProtocolMode mode) {
        return options.withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private MessageServer server(EndpointOptions speaking, ServerLimits limits) throws IOException {
        var server = new MessageServer(dependencies(speaking), speaking, limits, served);
        server.listen(SERVER);
        return server;
    }

    private MessageClient client(EndpointOptions speaking) throws IOException {
        var client = new MessageClient(dependencies(speaking), speaking, reported);
        client.connect(SERVER);
        return client;
    }

    private Dependencies dependencies(EndpointOptions speaking) {
        return new Dependencies(
                Dependencies.real(MessageTypes.of(), speaking).negotiation(), MessageTypes.of(), network);
    }
}
