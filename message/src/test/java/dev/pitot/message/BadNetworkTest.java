package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import dev.pitot.testkit.simulate.LossModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole endpoints, as programs use them, on a bad network in virtual time.
@Timeout(180)
class BadNetworkTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final MessageTypes TYPES =
            MessageTypes.of(MessageType.of(30, "Number", new MessageField("number", FieldType.INT)));
    private static final int MESSAGES = 4_000;

    private final List<Integer> receivedByServer = new ArrayList<>();
    private final List<Integer> receivedByClient = new ArrayList<>();
    private final Journal reported = new Journal();

    enum Network {
        /// 5 % are lost, each for itself; 20 ms one way.
        FIVE_PERCENT,
        /// A loss takes the next datagram too with a chance of 0.9.
        LONG_BURSTS;

        Impairment impairment() {
            Impairment slow = Impairment.NONE.withDelay(Duration.ofMillis(20), Duration.ofMillis(5));
            return switch (this) {
                case FIVE_PERCENT -> slow.withLoss(0.05).withSeed(3);
                case LONG_BURSTS ->
                    slow.withLoss(new LossModel.Burst(0.02, 0.1, 0, 1)).withSeed(4);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LEGUME, RELIABLE, FIVE_PERCENT",
        "LEGUME, RELIABLE_ORDERED, FIVE_PERCENT",
        "LEGUME, RELIABLE, LONG_BURSTS",
        "LEGUME, RELIABLE_ORDERED, LONG_BURSTS",
        "EXTENDED, RELIABLE, FIVE_PERCENT",
        "EXTENDED, RELIABLE_ORDERED, FIVE_PERCENT",
        "EXTENDED, RELIABLE, LONG_BURSTS",
        "EXTENDED, RELIABLE_ORDERED, LONG_BURSTS"
    })
    void everythingComesExactlyOnceBothWays(ProtocolMode mode, Channel.Kind kind, Network network) throws IOException {
        var net = new SimulatedNetwork(network.impairment());
        EndpointOptions options = EndpointOptions.of(net).withProtocol(ProtocolOptions.DEFAULT.with(mode));
        Dependencies real = Dependencies.real(TYPES, options);
        var dependencies = new Dependencies(real.negotiation(), real.types(), net);
        var channel = new Channel(kind, 0);
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                receivedByServer.add(number(message));
                assertThat(peer.send(message.payload(), channel)).isTrue();
            }
        });
        server.listen(SERVER);
        var client = new MessageClient(dependencies, options, new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                receivedByClient.add(number(message));
            }

            @Override
            public void error(String sentence, @Nullable Throwable cause) {
                reported.error(sentence, cause);
            }
        });
        client.connect(SERVER);
        assertThat(net.runUntil(client::isConnected, Duration.ofSeconds(30), client::update, server::update))
                .isTrue();

        sendAll(net, client, server, channel);

        assertThat(reported.lines).isEmpty();
        checkReceived(kind);
        assertThat(client.metrics().errors().resent()).isPositive();
        assertThat(server.peers()).hasSize(1);
    }

    private void sendAll(SimulatedNetwork net, MessageClient client, MessageServer server, Channel channel) {
        int[] sent = new int[1];
        Runnable source = () -> {
            while (sent[0] < MESSAGES && client.isConnected() && client.send(payload(sent[0]), channel)) {
                sent[0]++;
            }
        };
        net.runUntil(
                () -> receivedByClient.size() >= MESSAGES || !client.isConnected(),
                Duration.ofMinutes(30),
                source,
                client::update,
                server::update);
        net.runUntil(
                () -> client.metrics().waiting().pendingAcks() == 0,
                Duration.ofMinutes(1),
                client::update,
                server::update);
        net.runUntil(() -> false, Duration.ofSeconds(5), client::update, server::update); // what would come twice
    }

    private void checkReceived(Channel.Kind kind) {
        List<Integer> all = IntStream.range(0, MESSAGES).boxed().toList();
        if (kind == Channel.Kind.RELIABLE_ORDERED) {
            assertThat(receivedByServer).isEqualTo(all);
            assertThat(receivedByClient).isEqualTo(all);
        } else {
            assertThat(receivedByServer).hasSize(MESSAGES).containsAll(all);
            assertThat(receivedByClient).hasSize(MESSAGES).containsAll(all);
        }
    }

    private static int number(ReceivedMessage message) {
        ByteBuffer payload = message.payload();
        return payload.getInt(payload.position() + 1);
    }

    private static ByteBuffer payload(int number) {
        return ByteBuffer.allocate(5).put(0, (byte) 30).putInt(1, number);
    }
}
