package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A server whose handlers run on an executor that is slow.
class SlowListenerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int BOUND = 3;

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Journal served = new Journal();
    private final Dependencies dependencies = new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), network);
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Test
    void noNewClientIsAcceptedWhileTheListenerIsBehind() throws IOException {
        EndpointOptions options = EndpointOptions.of(network).withQueue(new EndpointOptions.Queue(BOUND, 1000));
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, served, tasks::add);
        server.listen(SERVER);
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < 3 * BOUND; i++) {
            var client = new MessageClient(dependencies, options, new MessageClientListener() {});
            client.connect(SERVER);
            clients.add(client);
        }
        Runnable turns = () -> {
            clients.forEach(MessageClient::update);
            server.update();
        };

        network.runUntil(() -> false, Duration.ofSeconds(1), turns);
        assertThat(server.peers()).hasSize(BOUND);

        tasks.remove().run();
        network.runUntil(() -> false, Duration.ofSeconds(1), turns);
        assertThat(served.lines).hasSize(BOUND);
        assertThat(server.peers()).hasSize(2 * BOUND);
    }
}
