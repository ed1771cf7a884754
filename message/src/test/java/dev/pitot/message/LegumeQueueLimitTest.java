package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The limit of the send queue, where legume's protocol is spoken.
class LegumeQueueLimitTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int PAYLOAD = 1_000;
    private static final int COST = 5; // of each message

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);

    @Test
    void aConnectionOfLegumeTakesAsManyBytesAsTheOptionSays() throws IOException {
        assertThat(taken(64 << 10)).isEqualTo((64 << 10) / (PAYLOAD + COST));
        assertThat(taken(3 << 20)).isEqualTo((3 << 20) / (PAYLOAD + COST));
    }

    /// Returns the number of messages that a connected client takes at once.
    private int taken(int queueBytes) throws IOException {
        var protocol = ProtocolOptions.DEFAULT.withSizes(1_300, queueBytes).with(ProtocolMode.LEGUME);
        var options = EndpointOptions.of(network).withProtocol(protocol);
        var negotiation = Dependencies.real(MessageTypes.of(), options).negotiation();
        var dependencies = new Dependencies(negotiation, MessageTypes.of(), network);
        int count = 0;
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, new Journal());
        var client = new MessageClient(dependencies, options, new Journal());
        server.listen(SERVER);
        client.connect(SERVER);
        network.runUntil(client::isConnected, Duration.ofSeconds(5), client::update, server::update);
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD).put(0, (byte) 20);
        while (client.send(payload, Channel.RELIABLE)) {
            count++;
        }
        client.close();
        server.close();
        return count;
    }
}
