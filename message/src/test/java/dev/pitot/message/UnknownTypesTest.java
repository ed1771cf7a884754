package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers in extended mode whose types differ from this end's.
@Timeout(120)
class UnknownTypesTest {
    private static final int MESSAGES = 50;
    private static final MessageField TEXT = new MessageField("text", FieldType.VAR_STRING);
    private static final MessageField N = new MessageField("n", FieldType.INT);
    private static final MessageType CHAT = MessageType.of(21, "Chat", TEXT, N);
    private static final MessageType NUMBER = MessageType.of(22, "Number", N);
    private static final MessageType EXTRA = MessageType.of(30, "Extra", N);
    private static final MessageTypes THEIRS = MessageTypes.of(CHAT, NUMBER, EXTRA);
    private static final MessageTypes OURS = MessageTypes.of(MessageType.of(21, "Chat", N, TEXT), NUMBER);

    private static final EndpointOptions EXTENDED =
            EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(ProtocolMode.EXTENDED));

    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    /// A listener that reads all messages in a way, whose errors are remembered.
    private final class Reader implements MessageServerListener, MessageClientListener {
        private final BiConsumer<BlockingQueue<String>, ReceivedMessage> reading;

        Reader(BiConsumer<BlockingQueue<String>, ReceivedMessage> reading) {
            this.reading = reading;
        }

        @Override
        public void message(Peer peer, ReceivedMessage message) {
            reading.accept(received, message);
        }

        @Override
        public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
            errors.add((peer == null ? "nobody: " : "") + sentence);
        }

        @Override
        public void message(ReceivedMessage message) {
            reading.accept(received, message);
        }

        @Override
        public void error(String sentence, @Nullable Throwable cause) {
            errors.add(sentence);
        }
    }

    private static void readTwice(BlockingQueue<String> to, ReceivedMessage message) {
        to.add(message.message() + "" + message.message());
    }

    private static MessageServerBuilder server(MessageTypes types) {
        return MessageServer.builder(types).options(EXTENDED);
    }

    private static RunningServer start(MessageServerBuilder server) throws Exception {
        return server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static RunningClient start(MessageClientBuilder client, RunningServer server) throws Exception {
        RunningClient started = client.options(EXTENDED).start(server.localAddress());
        started.connected().get(30, TimeUnit.SECONDS);
        await(() -> !server.peers().isEmpty());
        return started;
    }

    private List<String> take(int messages) throws InterruptedException {
        var taken = new ArrayList<String>();
        while (taken.size() < messages) {
            taken.add(String.valueOf(received.poll(60, TimeUnit.SECONDS)));
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAServerCannotReadIsCountedAndReportedOnceForEachMistake(boolean isOnExecutor) throws Exception {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            MessageServerBuilder builder = server(OURS).listener(new Reader(UnknownTypesTest::readTwice));
            try (RunningServer server = start(isOnExecutor ? builder.executor(executor) : builder);
                    RunningClient client = start(MessageClient.builder(THEIRS), server)) {
                for (int i = 0; i < MESSAGES; i++) {
                    client.sendConfirmed(EXTRA.message(i), Channel.RELIABLE).get(30, TimeUnit.SECONDS);
                    client.sendConfirmed(CHAT.message("hello", i), Channel.RELIABLE)
                            .get(30, TimeUnit.SECONDS);
                    client.sendConfirmed(NUMBER.message(i), Channel.RELIABLE).get(30, TimeUnit.SECONDS);
                }

                assertThat(take(3 * MESSAGES)).filteredOn("nullnull"::equals).hasSize(2 * MESSAGES);
                assertThat(List.of(error(), error()))
                        .containsExactlyInAnyOrder(
                                "The peer sends messages of type 30, which this end does not know:"
                                        + " ReceivedMessage.message() is null for them; declare the type at this end"
                                        + " too.",
                                "No message of type 21 from the peer can be read: it probably has the fields in"
                                        + " another order (see FieldOrder), or other fields.");
                assertThat(errors).isEmpty();
                assertThat(server.peers().getFirst().metrics().errors().malformed())
                        .isEqualTo(2L * MESSAGES);
            }
        }
    }

    private String error() throws InterruptedException {
        return String.valueOf(errors.poll(60, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAClientCannotReadIsCountedAndReportedToo(boolean isOnExecutor) throws Exception {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            MessageClientBuilder builder =
                    MessageClient.builder(OURS).listener(new Reader(UnknownTypesTest::readTwice));
            try (RunningServer server = start(server(THEIRS));
                    RunningClient client = start(isOnExecutor ? builder.executor(executor) : builder, server)) {
                Peer peer = server.peers().getFirst();
                for (int i = 0; i < MESSAGES; i++) {
                    peer.sendConfirmed(EXTRA.message(i), Channel.RELIABLE).get(30, TimeUnit.SECONDS);
                }

                assertThat(take(MESSAGES)).containsOnly("nullnull");
                assertThat(error()).contains("messages of type 30, which this end does not know");
                assertThat(errors).isEmpty();
                assertThat(client.metrics().errors().malformed()).isEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void whoReadsThePayloadHimselfHearsOfNoMistake() throws Exception {
        var reader = new Reader((to, message) -> to.add(String.valueOf(message.typeId())));
        try (RunningServer server = start(server(OURS).listener(reader));
                RunningClient client = start(MessageClient.builder(THEIRS), server)) {
            for (int i = 0; i < MESSAGES; i++) {
                client.sendConfirmed(EXTRA.message(i), Channel.RELIABLE).get(30, TimeUnit.SECONDS);
            }

            assertThat(take(MESSAGES)).containsOnly("30");
            assertThat(server.peers().getFirst().metrics().errors().malformed()).isZero();
        }
        assertThat(errors).isEmpty();
    }
}
