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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server says on its side of clients that it refuses because of how they are protected.
class RefusedClientsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Identity identity = Identity.selfSigned("10.0.0.9", InstantSource.system());
    private final Journal served = new Journal();
    private final Journal reported = new Journal();

    @Test
    void aClientWithoutDtls() throws IOException {
        MessageServer server = connect(new Trust.NoClientAuthentication(), null, null);

        assertThat(served.lines)
                .containsExactly("error The client 10.0.0.1:10000 was refused: this server wants DTLS.");
        assertThat(reported.lines).contains("disconnected UNTRUSTED this server wants DTLS");
        assertThat(server.counts().refused()).isEqualTo(1);
    }

    @Test
    void aClientWhoseKeyIsNotPinned() throws IOException {
        Identity stranger = Identity.selfSigned("client", InstantSource.system());
        Trust pins = new Trust.Pins(Set.of(identity.fingerprint()));
        MessageServer server = connect(pins, pins, stranger);

        assertThat(served.lines).hasSize(1);
        assertThat(served.lines.getFirst())
                .startsWith("error The client 10.0.0.1:10000 was refused: ")
                .contains(stranger.fingerprint().toString());
        assertThat(server.counts().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "EXTENDED, rejected FULL the server takes no new clients at this time",
        "LEGUME, rejected REJECTED the server refused the connection"
    })
    void aClientOfAServerThatTakesNobody(ProtocolMode mode, String told) throws IOException {
        EndpointOptions options = EndpointOptions.of(network).withProtocol(ProtocolOptions.DEFAULT.with(mode));
        var listening = new MessageServer(dependencies(options), options, ServerLimits.DEFAULT, served);
        listening.listen(SERVER);
        listening.acceptNew(false);
        var asking = new MessageClient(dependencies(options), options, reported);
        asking.connect(SERVER);

        network.runUntil(() -> !asking.state().isActive(), Duration.ofSeconds(5), asking::update, listening::update);

        assertThat(reported.lines).containsExactly(told);
        assertThat(served.lines).isEmpty();
        assertThat(listening.peers()).isEmpty();
        assertThat(listening.counts().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 64, 1023, 1024, 65_535, 65_536, -1, Long.MIN_VALUE})
    void noServerBeginsWithAnIdByWhichAClientWouldTakeItForAnOriginal(long random) {
        long seed = DefaultProtocolNegotiation.serverSeed(random);

        assertThat(seed & 0xFFFF).isGreaterThanOrEqualTo(1024);
        assertThat(seed & ~1024L).isEqualTo(random & ~1024L);
    }

    /// @param client what the client trusts; null lets it do without DTLS
    private MessageServer connect(Trust server, @Nullable Trust client, @Nullable Identity clientIdentity)
            throws IOException {
        MessageServer listening = new MessageServer(
                dependencies(secured(identity, server)), secured(identity, server), ServerLimits.DEFAULT, served);
        listening.listen(SERVER);
        EndpointOptions options = client == null ? EndpointOptions.of(network) : secured(clientIdentity, client);
        var asking = new MessageClient(dependencies(options), options, reported);
        asking.connect(SERVER);
        network.runUntil(() -> !asking.state().isActive(), Duration.ofSeconds(15), asking::update, listening::update);
        network.runUntil(() -> false, Duration.ofSeconds(15), listening::update);
        return listening;
    }

    private EndpointOptions secured(@Nullable Identity own, Trust trust) {
        return EndpointOptions.of(network)
                .withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(own, trust)));
    }

    private Dependencies dependencies(EndpointOptions options) {
        return new Dependencies(
                Dependencies.real(MessageTypes.of(), options).negotiation(), MessageTypes.of(), network);
    }
}
