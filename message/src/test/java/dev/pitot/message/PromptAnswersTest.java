package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that asks 10,000 times a second, and a server that answers, in virtual time.
class PromptAnswersTest {
    private static final long EVERY_NANOS = 100_000;
    private static final int PINGS = 20_000;
    private static final int WARM_UP = 10_000; // a second, in which the server opens the connection for good

    /// A port waits for datagrams if nothing is to do so long; before, it naps and looks again.
    private static final long SELECTABLE_NANOS = 1_000_000;

    private static final MessageTypes TYPES =
            MessageTypes.of(MessageType.of(30, "Question", new MessageField("text", FieldType.string(63))));
    private static final ByteBuffer QUESTION = ByteBuffer.allocate(64).put(0, (byte) 30);

    private final Wire wire = new Wire();
    private long now;
    private boolean isOpen;
    private int answers;

    private final LinkListener asker = new LinkListener() {
        @Override
        public void opened() {
            isOpen = true;
        }

        @Override
        public void message(ByteBuffer payload, Channel channel) {
            answers++;
        }

        @Override
        public void closed(CloseReason reason) {
            isOpen = false;
        }
    };

    private final MessageServerListener echo = new MessageServerListener() {
        @Override
        public void message(Peer peer, ReceivedMessage message) {
            assertThat(peer.send(message.payload(), message.channel())).isTrue();
        }
    };

    @ParameterizedTest
    @CsvSource({
        "EXTENDED, UNRELIABLE",
        "EXTENDED, RELIABLE",
        "EXTENDED, RELIABLE_ORDERED",
        "LEGUME, UNRELIABLE",
        "LEGUME, RELIABLE",
        "LEGUME, RELIABLE_ORDERED"
    })
    void eachAnswerLeavesInTheTurnOfItsQuestionAndNoTimerKeepsTheServerFromWaiting(
            ProtocolMode mode, Channel.Kind kind) {
        EndpointOptions options = EndpointOptions.of(() -> now).withProtocol(ProtocolOptions.DEFAULT.with(mode));
        Dependencies dependencies = Dependencies.real(TYPES, options);
        var eventLoop = new EndpointLoop(options);
        var events = new ServerEvents(echo, TYPES, null, options.queue(), () -> {});
        var loop = new ServerLoop(wire, dependencies, options, ServerLimits.DEFAULT, events, eventLoop);
        ProtocolConnection client = dependencies.negotiation().client("server", asker, now);
        while (!isOpen) {
            turn(loop, client);
        }
        var channel = new Channel(kind, 0);
        int naps = 0;

        for (int i = 1; i <= PINGS; i++) {
            assertThat(client.send(QUESTION, channel, now)).isTrue();
            turn(loop, client);
            assertThat(answers).isEqualTo(i);
            naps += i > WARM_UP && loop.idleNanos() < SELECTABLE_NANOS ? 1 : 0;
        }

        // Timers of their own are near now and then: legume's pings, keep-alives.
        assertThat(naps).isLessThan((PINGS - WARM_UP) / 100);
    }

    private void turn(ServerLoop loop, ProtocolConnection client) {
        client.flush(wire::arrive, now);
        loop.turn();
        for (ByteBuffer sent = wire.out.poll(); sent != null; sent = wire.out.poll()) {
            client.receive(sent, now);
        }
        now += EVERY_NANOS;
    }
}
