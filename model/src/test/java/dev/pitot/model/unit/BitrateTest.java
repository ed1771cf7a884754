package dev.pitot.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BitrateTest {
    @Test
    void zeroMeansNoLimit() {
        assertThat(Bitrate.UNLIMITED.isUnlimited()).isTrue();
        assertThat(new Bitrate(0)).isEqualTo(Bitrate.UNLIMITED);
        assertThat(new Bitrate(1).isUnlimited()).isFalse();
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bitrate(-1)).withMessage("bitsPerSecond < 0: -1");
    }
}
