package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server and a peer that connects and then confirms nothing.
class SilentPeerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int BOUND = 10;
    private static final int MOST = FakeLink.WINDOW + 1 + BOUND; // its link, what is on turn, and what waits

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Journal served = new Journal();
    private final Dependencies dependencies = new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), network);
    private final EndpointOptions options =
            EndpointOptions.of(network).withQueue(new EndpointOptions.Queue(BOUND, 1_000_000));
    private final MessageServer server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, served);
    private final MessageClient client = new MessageClient(dependencies, options, new MessageClientListener() {});

    @BeforeEach
    void connect() throws IOException {
        server.listen(SERVER);
        client.connect(SERVER);
        network.runUntil(client::isConnected, Duration.ofSeconds(5), client::update, server::update);
        served.lines.clear();
    }

    @Test
    void aPeerThatConfirmsNothingIsGivenUpWhenTooMuchWaitsForIt() {
        for (int i = 0; i < MOST; i++) {
            server.broadcastQueued(payload(), Channel.RELIABLE);
            server.update();
        }
        assertThat(served.lines).isEmpty();

        server.broadcastQueued(payload(), Channel.RELIABLE);
        server.broadcastQueued(payload(), Channel.RELIABLE);
        server.update();

        assertThat(served.lines).containsExactly("disconnected 10000 TIMEOUT it does not take what is sent");
        assertThat(server.peers()).isEmpty();
        assertThat(server.counts().unsent()).isEqualTo(BOUND + 2); // with what waited for it
    }

    @Test
    void unreliableMessagesThatItDoesNotTakeAreLeftOut() {
        for (int i = 0; i < MOST; i++) {
            server.broadcastQueued(payload(), Channel.RELIABLE);
            server.update();
        }

        for (int i = 0; i < 100; i++) {
            server.broadcastQueued(payload(), Channel.UNRELIABLE);
            server.update();
        }

        assertThat(served.lines).isEmpty();
        assertThat(server.counts().unsent()).isEqualTo(100);
    }

    private static ByteBuffer payload() {
        return ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII));
    }
}
