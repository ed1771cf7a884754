package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Handlers may throw what Java says they cannot, and endpoints may fail themselves.
class FailingHandlersTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final Dependencies dependencies = new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), network);
    private final EndpointOptions options = EndpointOptions.of(network);
    private final List<String> errors = new CopyOnWriteArrayList<>();

    /// Throws a checked exception where none is declared.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak() throws T {
        throw (T) new IOException("sneaked");
    }

    private final MessageServerListener sneaky = new MessageServerListener() {
        @Override
        public void accepted(Peer peer) {
            FailingHandlersTest.<RuntimeException>sneak();
        }

        @Override
        public void message(Peer peer, ReceivedMessage message) {
            FailingHandlersTest.<RuntimeException>sneak();
        }

        @Override
        public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
            errors.add((peer == null ? "nobody" : peer.address().getHostString()) + " " + sentence);
            FailingHandlersTest.<RuntimeException>sneak();
        }
    };

    private final MessageClientListener sneakyClient = new MessageClientListener() {
        @Override
        public void message(ReceivedMessage message) {
            FailingHandlersTest.<RuntimeException>sneak();
        }

        @Override
        public void accepted() {
            FailingHandlersTest.<RuntimeException>sneak();
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUndeclaredExceptionOfAHandlerIsReportedAndEndsNothing(boolean onExecutor) throws IOException {
        @Nullable Executor here = onExecutor ? Runnable::run : null;
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, sneaky, here);
        server.listen(SERVER);
        var client = new MessageClient(dependencies, options, sneakyClient, here, new Reconnection(Duration.ZERO));
        client.connect(SERVER);
        network.runUntil(client::isConnected, Duration.ofSeconds(5), client::update, server::update);

        client.sendReliable(ByteBuffer.wrap(new byte[] {1}));
        server.broadcastReliable(ByteBuffer.wrap(new byte[] {1}));
        network.runUntil(() -> errors.size() >= 2, Duration.ofSeconds(5), client::update, server::update);

        assertThat(errors)
                .containsExactly(
                        "10.0.0.1 The handler accepted failed (sneaked): it should catch that itself.",
                        "10.0.0.1 The handler message failed (sneaked): it should catch that itself.");
        assertThat(client.isConnected()).isTrue();
        assertThat(server.peers()).hasSize(1);
        assertThat(server.counts().handlerFailures()).isEqualTo(4); // each, and the handler of errors each time
        assertThat(client.counts().handlerFailures()).isEqualTo(2);
    }

    @Test
    void anEndpointThatFailsClosesItsSocketAndTellsItsUser() {
        var reported = new CopyOnWriteArrayList<String>();
        var loop = new EndpointLoop(EndpointOptions.DEFAULT);
        loop.begin(
                new FailingRole(reported),
                new ServerEvents(sneaky, MessageTypes.of(), null, EndpointOptions.Queue.DEFAULT, () -> {}));

        loop.start("failing");
        loop.stop(); // waits for its end

        assertThat(reported).containsExactly("without a socket", "java.lang.StackOverflowError");
        assertThat(loop.closed()).isCompletedWithValueMatching(StackOverflowError.class::isInstance);
        assertThat(loop.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    /// What fails at its first turn.
    private record FailingRole(List<String> reported) implements EndpointRole {
        @Override
        public EndpointState state() {
            return EndpointState.LISTENING;
        }

        @Override
        public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
            return true;
        }

        @Override
        public boolean turn() {
            throw new StackOverflowError();
        }

        @Override
        public void await(long nanos) {}

        @Override
        public void wakeup() {}

        @Override
        public boolean isOver(boolean isClosing) {
            return false;
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {
            reported.add("closed");
        }

        @Override
        public void cutOff() {
            reported.add("without a socket");
        }

        @Override
        public void fail(Throwable cause) {
            reported.add(cause.toString());
        }
    }
}
