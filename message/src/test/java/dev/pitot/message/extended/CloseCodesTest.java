package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason.Cause;
import org.junit.jupiter.api.Test;

class CloseCodesTest {
    @Test
    void eachCauseHasANumber() {
        for (Cause cause : Cause.values()) {
            assertThat(CloseCodes.of(CloseCodes.wire(cause))).isEqualTo(cause);
        }
        assertThat(CloseCodes.wire(Cause.RESET)).isEqualTo((byte) 9);
        assertThat(CloseCodes.of(Cause.values().length)).isNull();
        assertThat(CloseCodes.of(255)).isNull();
    }
}
