package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldCheckTest {
    private static final int WIDE = 21;
    private static final int OPEN_ENDED = 22;

    private static final BodyLengths TYPES = new BodyLengths() {
        @Override
        public int bodyLength(int typeId, ByteBuffer at) {
            return typeId == OPEN_ENDED ? UNKNOWN_TYPE : 8;
        }

        @Override
        public @Nullable String openEndedField(int typeId) {
            return typeId == OPEN_ENDED ? "field bytes of message Blob" : null;
        }

        @Override
        public @Nullable String fieldOfPitot(int typeId) {
            return typeId == WIDE ? "field n of message Wide" : null;
        }
    };

    private final FieldCheck fieldCheck = new FieldCheck(TYPES);

    private void check(int type) {
        fieldCheck.check(message(type), Channel.Kind.RELIABLE);
    }

    private static ByteBuffer message(int type) {
        return ByteBuffer.allocate(9).put(0, (byte) type);
    }

    @Test
    void refusesUntilThePeerIsKnown() {
        check(20);
        assertThatThrownBy(() -> check(WIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field n of message Wide has 64 bits, and nothing has shown yet that the peer is a Pitot,"
                        + " which can read them: try again after a round trip, or use extended mode");

        fieldCheck.onPing(-1);
        assertThatThrownBy(() -> check(WIDE)).hasMessageContaining("nothing has shown yet");
        fieldCheck.onPing(PendingPings.OWN | 7);

        assertThatCode(() -> check(WIDE)).doesNotThrowAnyException();
    }

    @Test
    void aPitotThatShowsItselfInTheMiddleOfACheckIsNotTakenForAnOriginal() {
        FieldCheck[] checked = new FieldCheck[1];
        checked[0] = new FieldCheck(new BodyLengths() {
            @Override
            public int bodyLength(int typeId, ByteBuffer at) {
                return 8;
            }

            @Override
            public @Nullable String openEndedField(int typeId) {
                return null;
            }

            @Override
            public @Nullable String fieldOfPitot(int typeId) {
                checked[0].onPing(PendingPings.OWN | 7); // as the connection's thread does beside
                return TYPES.fieldOfPitot(typeId);
            }
        });

        assertThatThrownBy(() -> checked[0].check(message(WIDE), Channel.Kind.RELIABLE))
                .hasMessageContaining("nothing has shown yet");
    }

    @Test
    void refusesAnOriginalByName() {
        fieldCheck.onPing(1);

        check(20);
        assertThatThrownBy(() -> check(WIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field n of message Wide has 64 bits, and the peer is an original legume, which cannot"
                        + " read them");
    }

    @Test
    void refusesWhatNothingEndsWhoeverThePeerIs() {
        fieldCheck.onPing(PendingPings.OWN | 7);

        assertThatThrownBy(() -> check(OPEN_ENDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field bytes of message Blob is the rest of the message, and in legume's protocol nothing"
                        + " tells where a message ends: send a text, or use extended mode");
    }

    @Test
    void aServerKnowsItsPitotWhenItOpensAndAClientARoundTripLater() {
        var clientSide = new RecordingListener();
        var serverSide = new RecordingListener();
        LegumeLink client =
                LegumeLink.client(TYPES, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);
        LegumeLink server = LegumeLink.server(TYPES, LegumeSettings.USUAL, 2, () -> null, serverSide, 0);
        var world = new SimulatedWorld(
                new SimulatedWorld.Path(0, 0, 20_000_000, 0),
                1,
                0,
                SimulatedWorld.of(client),
                SimulatedWorld.of(server));

        assertThat(world.runUntil(1, clientSide::isOpen)).isTrue();
        assertThatThrownBy(() -> client.send(message(WIDE), Channel.RELIABLE, world.now))
                .hasMessageContaining("nothing has shown yet");
        assertThat(client.send(message(20), Channel.RELIABLE, world.now)).isTrue();
        assertThat(client.isWritable()).isTrue();
        assertThat(world.runUntil(1, serverSide::isOpen)).isTrue();
        assertThat(server.send(message(WIDE), Channel.RELIABLE, world.now)).isTrue();
        world.run(0.021);

        assertThat(client.send(message(WIDE), Channel.RELIABLE, world.now)).isTrue();
        world.run(0.1);
        assertThat(serverSide.messages).hasSize(2);
        assertThat(clientSide.messages).hasSize(1);
    }

    @Test
    void aMessageThatNothingEndsTakesNoOtherWithIt() {
        var clientSide = new RecordingListener();
        var serverSide = new RecordingListener();
        LegumeLink client =
                LegumeLink.client(TYPES, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);
        LegumeLink server = LegumeLink.server(TYPES, LegumeSettings.USUAL, 2, () -> null, serverSide, 0);
        var world = new SimulatedWorld(
                SimulatedWorld.Path.PERFECT, 1, 0, SimulatedWorld.of(client), SimulatedWorld.of(server));
        assertThat(world.runUntil(1, serverSide::isOpen)).isTrue();

        assertThatThrownBy(() -> client.send(message(OPEN_ENDED), Channel.UNRELIABLE, world.now))
                .hasMessageContaining("field bytes of message Blob");
        assertThat(client.send(message(20), Channel.UNRELIABLE, world.now)).isTrue();
        world.run(0.1);

        assertThat(serverSide.messages).hasSize(1);
        assertThat(serverSide.warnings).isEmpty();
    }
}
