package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Endpoints that close or disconnect while reliable messages are not confirmed.
class PromptCloseTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final MessageType NUMBER = MessageType.of(30, "Number", new MessageField("n", FieldType.INT));

    private final SimulatedNetwork network =
            new SimulatedNetwork(Impairment.NONE.withDelay(Duration.ofMillis(5), Duration.ZERO));
    private final Journal reported = new Journal();
    private final Journal served = new Journal();

    private record Ends(MessageClient client, MessageServer server) {}

    private Ends connected(ProtocolMode mode) throws IOException {
        EndpointOptions options = EndpointOptions.of(network).withProtocol(ProtocolOptions.DEFAULT.with(mode));
        Dependencies real = Dependencies.real(MessageTypes.of(NUMBER), options);
        var dependencies = new Dependencies(real.negotiation(), real.types(), network);
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, served);
        var client = new MessageClient(dependencies, options, reported);
        server.listen(SERVER);
        client.connect(SERVER);
        assertThat(network.runUntil(
                        () -> client.isConnected() && !server.peers().isEmpty(),
                        Duration.ofSeconds(5),
                        client::update,
                        server::update))
                .isTrue();
        network.runUntil(() -> false, Duration.ofSeconds(1), client::update, server::update);
        return new Ends(client, server);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void aClientThatClosesSaysGoodbyeThoughMessagesAreUnconfirmed(ProtocolMode mode) throws IOException {
        Ends ends = connected(mode);
        for (int i = 0; i < 100; i++) {
            assertThat(ends.client.sendReliable(NUMBER.message(i))).isTrue();
        }
        ends.client.update();

        ends.client.close();

        assertThat(reported.lines.getLast()).isEqualTo("disconnected LOCAL the client was closed");
        assertThat(network.runUntil(() -> ends.server.peers().isEmpty(), SOON, ends.server::update))
                .isTrue();
        assertThat(served.lines.getLast()).startsWith("disconnected 10000 REMOTE");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void aServerThatClosesSaysGoodbyeThoughMessagesAreUnconfirmed(ProtocolMode mode) throws IOException {
        Ends ends = connected(mode);
        for (int i = 0; i < 100; i++) {
            assertThat(ends.server.broadcastReliable(NUMBER.message(i))).isEqualTo(1);
        }
        ends.server.update();

        ends.server.close();

        assertThat(served.lines.getLast()).isEqualTo("disconnected 10000 LOCAL the server was closed");
        assertThat(network.runUntil(() -> !ends.client.isConnected(), SOON, ends.client::update))
                .isTrue();
        assertThat(reported.lines.getLast()).startsWith("disconnected REMOTE");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void whatDisconnectsAlreadySaysGoodbyeAtOnceWhenItIsClosed(ProtocolMode mode) throws IOException {
        Ends ends = connected(mode);
        assertThat(ends.client.sendReliable(NUMBER.message(1))).isTrue();
        ends.client.disconnect();
        ends.client.update();

        ends.client.close();

        assertThat(network.runUntil(() -> ends.server.peers().isEmpty(), SOON, ends.server::update))
                .isTrue();
        assertThat(served.lines.getLast()).startsWith("disconnected 10000 REMOTE");
    }

    private static void elsewhere(Runnable action) {
        CompletableFuture.runAsync(action, command -> {
                    Thread thread = Thread.ofPlatform().start(command);
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .join();
    }

    @Test
    void aClientRefusesMessagesAsSoonAsItIsToDisconnectAndDeliversThoseBefore() throws IOException {
        Ends ends = connected(ProtocolMode.LEGUME);
        ends.client.eventLoop().ownedBy(Thread.currentThread());

        elsewhere(() -> {
            assertThat(ends.client.sendReliable(NUMBER.message(1))).isTrue();
            ends.client.disconnect();
            assertThatThrownBy(() -> ends.client.sendReliable(NUMBER.message(2)))
                    .isInstanceOf(EndpointStateException.class);
        });
        network.runUntil(() -> ends.server.peers().isEmpty(), SOON, ends.client::update, ends.server::update);

        assertThat(served.lines).hasSize(3); // accepted, the message, disconnected
        assertThat(ends.client.counts().unsent()).isZero();
    }

    @Test
    void aPeerRefusesMessagesAsSoonAsItIsToDisconnectAndDeliversThoseBefore() throws IOException {
        Ends ends = connected(ProtocolMode.LEGUME);
        ends.server.eventLoop().ownedBy(Thread.currentThread());
        Peer peer = ends.server.peers().getFirst();

        elsewhere(() -> {
            assertThat(peer.sendReliable(NUMBER.message(1))).isTrue();
            CompletableFuture<Void> confirmed = peer.sendConfirmed(NUMBER.message(2), Channel.RELIABLE);
            peer.disconnect();
            assertThat(peer.isConnected()).isFalse();
            assertThatThrownBy(() -> peer.sendReliable(NUMBER.message(3))).isInstanceOf(EndpointStateException.class);
            assertThat(confirmed.isDone()).isFalse();
        });
        network.runUntil(() -> !ends.client.isConnected(), SOON, ends.client::update, ends.server::update);

        assertThat(reported.lines).hasSize(4); // accepted, two messages, disconnected
        assertThat(ends.server.counts().unsent()).isZero();
    }
}
