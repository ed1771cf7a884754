package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One peer sends more than the server's listener can handle: here, tasks wait until a test runs them.
class FairListenerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final int BOUND = 40;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(8);

    /// A message whose bytes are `m` and a digit: legume has to know its length.
    record Turn(byte number) {}

    private static final MessageTypes TYPES =
            MessageTypes.builder(MethodHandles.lookup()).add('m', Turn.class).build();

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Journal served = new Journal();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void run(Duration time, Runnable... turns) {
        network.runUntil(() -> false, time, turns);
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private EndpointOptions options(String mode) {
        return EndpointOptions.of(network)
                .withTimeout(TIMEOUT)
                .withQueue(new EndpointOptions.Queue(BOUND, 100 * BOUND))
                .withProtocol(ProtocolOptions.DEFAULT.with(ProtocolMode.valueOf(mode)));
    }

    private MessageClient client(EndpointOptions options) throws IOException {
        Dependencies parts = new Dependencies(Dependencies.real(TYPES, options).negotiation(), TYPES, network);
        var client = new MessageClient(parts, options, new MessageClientListener() {});
        client.connect(SERVER);
        return client;
    }

    private MessageServer server(EndpointOptions options) throws IOException {
        Dependencies parts = new Dependencies(Dependencies.real(TYPES, options).negotiation(), TYPES, network);
        var server = new MessageServer(parts, options, ServerLimits.DEFAULT, served, tasks::add);
        server.listen(SERVER);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "LEGUME"})
    void whoSendsMoreThanTheListenerHandlesKeepsNobodyOut(String mode) throws IOException {
        EndpointOptions options = options(mode);
        MessageServer server = server(options);
        MessageClient greedy = client(options.withTimeout(LONG.multipliedBy(2))); // nothing is confirmed to it
        MessageClient gone = client(options);
        network.runUntil(() -> server.peers().size() == 2, LONG, greedy::update, gone::update, server::update);
        runTasks();
        served.lines.clear();
        network.crash(10_001);
        Runnable flood = () -> {
            greedy.send(payload("m0"), Channel.UNRELIABLE);
            greedy.update();
        };

        run(Duration.ofMillis(200), flood, server::update);
        MessageClient other = client(options);
        network.runUntil(other::isConnected, LONG, flood, other::update, server::update);
        for (int i = 0; i < 4; i++) {
            assertThat(other.sendReliable(payload("m1"))).isTrue();
        }
        run(TIMEOUT.multipliedBy(3), flood, other::update, server::update);

        assertThat(other.isConnected()).isTrue();
        assertThat(greedy.isConnected()).isTrue();
        assertThat(server.peers()).hasSize(2);
        runTasks();
        assertThat(served.lines)
                .contains("accepted 10002")
                .filteredOn("10002 m1"::equals)
                .hasSize(4);
        assertThat(served.lines).filteredOn("10000 m0"::equals).hasSizeBetween(BOUND / 2, BOUND / 2 + 10);
        assertThat(served.lines.getLast()).startsWith("disconnected 10001 TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "LEGUME"})
    void whatIsReliableOfOneThatSendsTooMuchComesInTheEnd(String mode) throws IOException {
        EndpointOptions options = options(mode);
        MessageServer server = server(options);
        MessageClient greedy = client(options);
        network.runUntil(() -> server.peers().size() == 1, LONG, greedy::update, server::update);
        runTasks();
        served.lines.clear();
        for (int i = 0; i < 3 * BOUND; i++) {
            assertThat(greedy.sendReliable(payload("m" + i % 10))).isTrue();
            greedy.update();
        }

        run(TIMEOUT.dividedBy(2), greedy::update, server::update);
        run(LONG.multipliedBy(2), greedy::update, server::update, this::runTasks);

        assertThat(served.lines).hasSize(3 * BOUND).allMatch(line -> line.startsWith("10000 m"));
        assertThat(greedy.isConnected()).isTrue();
    }
}
