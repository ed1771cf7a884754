package dev.pitot.message;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who sends from a thread of its own is told at once what the connection cannot carry.
@Timeout(120)
class SendCheckTest {
    record Text(String text) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Blob(int number, byte[] bytes) {}

    private static final MessageTypes TYPES = MessageTypes.builder(MethodHandles.lookup())
            .add(20, Text.class)
            .add(21, Blob.class)
            .build();
    private static final Channel SEQUENCED = Channel.UNRELIABLE_SEQUENCED;

    private final Journal served = new Journal();
    private final Journal reported = new Journal();

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private RunningServer server(ProtocolMode mode) throws IOException {
        return MessageServer.builder(TYPES)
                .options(speaking(mode))
                .listener(served)
                .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private RunningClient client(RunningServer server, ProtocolMode mode) throws Exception {
        RunningClient client = MessageClient.builder(TYPES)
                .options(speaking(mode))
                .listener(reported)
                .start(server.localAddress());
        client.connected().get(30, TimeUnit.SECONDS);
        await(() -> !server.peers().isEmpty());
        return client;
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void aMessageThatIsEmptyOrTooLongIsRefusedInTheSendersThread(ProtocolMode mode) throws Exception {
        try (RunningServer server = server(mode);
                RunningClient client = client(server, mode)) {
            int most = client.details().largestPayload();
            Peer peer = server.peers().getFirst();
            for (Sender sender : new Sender[] {client::send, peer::send}) {
                refused(() -> sender.send(ByteBuffer.allocate(0), Channel.RELIABLE), "not 0|not of 0");
                refused(() -> sender.send(ByteBuffer.allocate(most + 1), Channel.RELIABLE), "not (of )?" + (most + 1));
            }
            String tooLong = "x".repeat(Math.min(most, 60_000));
            if (mode == ProtocolMode.LEGUME) {
                refused(() -> client.sendConfirmed(new Text(tooLong), Channel.RELIABLE), "not of");
                refused(() -> peer.sendConfirmed(new Text(tooLong), Channel.RELIABLE), "not of");
            }
        }
        assertThat(reported.lines).noneMatch(line -> line.startsWith("error"));
        assertThat(served.lines).noneMatch(line -> line.startsWith("error"));
    }

    @Test
    void whatLegumesProtocolLacksIsRefusedInTheSendersThread() throws Exception {
        try (RunningServer server = server(ProtocolMode.LEGUME);
                RunningClient client = client(server, ProtocolMode.AUTO)) {
            Peer peer = server.peers().getFirst();
            for (BiFunction<Object, Channel, Boolean> send :
                    List.<BiFunction<Object, Channel, Boolean>>of(client::send, peer::send)) {
                refused(() -> send.apply(new Text("x"), SEQUENCED), "no sequenced channels");
                refused(
                        () -> send.apply(new Blob(1, new byte[3]), Channel.RELIABLE),
                        "field bytes of message Blob is the rest of the message");
                refused(() -> send.apply(new Text("x".repeat(1_387)), Channel.RELIABLE), "not of 1390");
            }
        }
        assertThat(reported.lines).noneMatch(line -> line.startsWith("error"));
        assertThat(served.lines).noneMatch(line -> line.startsWith("error"));
    }

    @Test
    void nullIsNoMessage() {
        assertThatThrownBy(() -> TYPES.payloadLength(nothing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("null is neither a Message nor a record that was added");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private interface Sender {
        boolean send(ByteBuffer payload, Channel channel);
    }

    private static void refused(ThrowingCallable send, String sentence) {
        assertThatThrownBy(send).isInstanceOf(IllegalArgumentException.class).hasMessageFindingMatch(sentence);
    }
}
