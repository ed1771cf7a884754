package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FieldOrder;
import dev.pitot.message.FieldType;
import dev.pitot.message.MessageField;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers whose types differ from this end's.
final class UnreadableMessagesTest {
    private static final long MS = 1_000_000;

    private final RecordingListener clientSide = new RecordingListener();
    private final RecordingListener serverSide = new RecordingListener();

    private LegumeLink server(BodyLengths bodyLengths) {
        return LegumeLink.server(bodyLengths, LegumeSettings.USUAL, 1, () -> null, serverSide, 0);
    }

    private static void receive(LegumeLink link, String hex, long now) {
        link.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
    }

    private static LegumeLink opened(LegumeLink server) {
        receive(server, "00010000020204", 0);
        server.flush(_ -> true, 0);
        receive(server, "00020000000800000001", 0);
        server.flush(_ -> true, 0);
        return server;
    }

    @Test
    void acknowledgementsBesideAMessageOfAnUnknownTypeCount() {
        LegumeLink server = opened(server(UserTypes.PYTHON_2));
        server.send(RecordingListener.one(1), Channel.RELIABLE, MS);
        server.flush(_ -> true, MS);
        assertThat(server.undelivered()).isEqualTo(1);

        receive(server, "00030000000800000003" + "0004000002c800000007" + "00050000026300", 2 * MS);
        receive(server, "0006000002c800000008" + "00070000026300", 3 * MS);

        assertThat(server.undelivered()).isZero();
        assertThat(serverSide.numbers()).containsExactly(7, 8);
        assertThat(server.metrics().errors().malformed()).isEqualTo(2);
        assertThat(serverSide.warnings).hasSize(1);
        assertThat(serverSide.warnings.getFirst()).contains("messages of type 99, which this end does not know");
    }

    private static MessageTypes types(FieldOrder order) {
        return MessageTypes.builder()
                .fieldOrder(order)
                .add(21, "Chat", new MessageField("text", FieldType.VAR_STRING), new MessageField("n", FieldType.INT))
                .fieldOrder(FieldOrder.DECLARED)
                .add(22, "Number", new MessageField("n", FieldType.INT))
                .build();
    }

    @Test
    void fieldsInAnotherOrderAreNoticedAndSaidOnce() {
        MessageTypes theirs = types(FieldOrder.DECLARED);
        MessageTypes ours = types(FieldOrder.listed("n", "text"));
        LegumeLink client = LegumeLink.client(
                theirs::bodyLength, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);
        LegumeLink server = server(ours::bodyLength);
        var world = new SimulatedWorld(
                SimulatedWorld.Path.PERFECT, 1, 0, SimulatedWorld.of(client), SimulatedWorld.of(server));
        assertThat(world.runUntil(1, serverSide::isOpen)).isTrue();

        for (int i = 0; i < 10; i++) {
            send(client, theirs, Objects.requireNonNull(theirs.type(22)).message(i), world);
            send(client, theirs, Objects.requireNonNull(theirs.type(21)).message("hello", i), world);
        }

        assertThat(serverSide.messages).hasSizeGreaterThanOrEqualTo(10);
        assertThat(serverSide.warnings)
                .containsExactly("No message of type 21 from the peer can be read: it probably has the fields in"
                        + " another order (see FieldOrder), or other fields.");
        assertThat(clientSide.warnings).isEmpty();
    }

    private static void send(LegumeLink link, MessageTypes types, Object message, SimulatedWorld world) {
        var payload = ByteBuffer.allocate(100);
        types.write(message, payload);
        assertThat(link.send(payload.flip(), Channel.UNRELIABLE, world.now)).isTrue();
        world.run(0.01);
    }

    @Test
    void aTypeOfWhichMessagesWereReadIsNotSuspectedForGarbage() {
        LegumeLink server = opened(server(UserTypes.PYTHON_2));
        receive(server, "0003000000c800000001", MS);

        for (int i = 0; i < 10; i++) {
            receive(server, "0004000000c8000000", MS);
        }

        assertThat(serverSide.warnings).isEmpty();
    }

    private static final BodyLengths WITH_EXTRA =
            (type, at) -> type == 99 ? 0 : UserTypes.PYTHON_2.bodyLength(type, at);

    private final LegumeLink newer =
            LegumeLink.client(WITH_EXTRA, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);

    private SimulatedWorld newerClient() {
        var world = new SimulatedWorld(
                SimulatedWorld.Path.PERFECT,
                1,
                0,
                SimulatedWorld.of(newer),
                SimulatedWorld.of(server(UserTypes.PYTHON_2)));
        assertThat(world.runUntil(1, () -> clientSide.isOpen() && serverSide.isOpen()))
                .isTrue();
        return world;
    }

    private void sendExtra(Channel.Kind kind, SimulatedWorld world) {
        assertThat(newer.send(ByteBuffer.wrap(new byte[] {99}), new Channel(kind, 0), world.now))
                .isTrue();
    }

    private static final String STALL = "the peer did not confirm a message of type 99 for 10 s, though it answers: it"
            + " probably does not know that type, or cannot read the message";

    @ParameterizedTest
    @EnumSource(
            value = Channel.Kind.class,
            names = {"RELIABLE", "RELIABLE_ORDERED"})
    void aReliableMessageThatThePeerCannotReadEndsTheConnectionWithItsType(Channel.Kind kind) {
        SimulatedWorld world = newerClient();
        sendExtra(kind, world);
        for (int i = 0; i < 3_000; i++) {
            newer.send(RecordingListener.one(i), Channel.RELIABLE, world.now);
        }

        world.run(9.9);
        assertThat(clientSide.closed).isEmpty();
        assertThat(world.runUntil(3, () -> !clientSide.closed.isEmpty() && !serverSide.closed.isEmpty()))
                .isTrue();

        assertThat(clientSide.closed)
                .containsExactly(new CloseReason(CloseReason.Cause.TIMEOUT, STALL, 3_001 - serverSide.messages.size()));
        assertThat(serverSide.cause()).isEqualTo(CloseReason.Cause.REMOTE);
    }

    @Test
    void soDoesOneThatNothingFollows() {
        SimulatedWorld world = newerClient();
        sendExtra(Channel.Kind.RELIABLE, world);

        world.run(9.9);
        assertThat(clientSide.closed).isEmpty();
        assertThat(world.runUntil(5, () -> !clientSide.closed.isEmpty())).isTrue();

        assertThat(clientSide.closed).containsExactly(new CloseReason(CloseReason.Cause.TIMEOUT, STALL, 1));
    }

    @Test
    void timeInWhichNothingWasReadIsNoStall() {
        SimulatedWorld world = newerClient();
        sendExtra(Channel.Kind.RELIABLE, world);
        world.run(6);

        newer.extendTimeouts(5_000 * MS, world.now);

        world.run(8.9);
        assertThat(clientSide.closed).isEmpty();
        assertThat(world.runUntil(5, () -> !clientSide.closed.isEmpty())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.Kind.class,
            names = {"RELIABLE", "RELIABLE_ORDERED"})
    void whatThePeerCannotReadTakesNoOtherMessageWithIt(Channel.Kind kind) {
        SimulatedWorld world = newerClient();
        sendExtra(kind, world);
        Channel other = kind == Channel.Kind.RELIABLE ? Channel.RELIABLE_ORDERED : Channel.RELIABLE;
        for (int i = 0; i < 20; i++) {
            newer.send(RecordingListener.one(i), Channel.RELIABLE, world.now);
            newer.send(RecordingListener.one(100 + i), other, world.now);
        }

        assertThat(world.runUntil(9, () -> serverSide.messages.size() == 40))
                .as("%s", serverSide.numbers())
                .isTrue();
    }
}
