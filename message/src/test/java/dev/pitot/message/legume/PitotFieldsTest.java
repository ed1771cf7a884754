package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PitotFieldsTest {
    private static final int WIDE = 21;

    private final PitotFields fields = new PitotFields(new BodyLengths() {
        @Override
        public int bodyLength(int typeId, ByteBuffer at) {
            return 8;
        }

        @Override
        public @Nullable String fieldOfPitot(int typeId) {
            return typeId == WIDE ? "field n of message Wide" : null;
        }
    });

    @Test
    void waitsUntilThePeerIsKnown() {
        assertThat(fields.allow(WIDE)).isFalse();
        assertThat(fields.allow(20)).isTrue();

        fields.onPing(PendingPings.OWN | 7);

        assertThat(fields.allow(WIDE)).isTrue();
    }

    @Test
    void refusesAnOriginalByName() {
        fields.onPing(1);

        assertThat(fields.allow(20)).isTrue();
        assertThatThrownBy(() -> fields.allow(WIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field n of message Wide has 64 bits, and the peer is an original legume, which cannot"
                        + " read them");
    }
}
