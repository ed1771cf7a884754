package dev.pitot.output.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.time.Span;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IperfTimeTest {
    @Test
    void secondsAreWholeMicroseconds() {
        assertThat(IperfTime.seconds(3_012_853_999L)).isEqualTo(3.012854);
        assertThat(IperfTime.seconds(1_000_906_499L)).isEqualTo(1.000906);
        assertThat(IperfTime.seconds(499)).isZero();
    }

    @Test
    void theLengthOfAnIntervalIsAFloat() {
        assertThat(IperfTime.duration(new Span(1_000_906_000L, 2_000_870_000L))).isEqualTo(0.9999639987945557);
    }

    @Test
    void nothingMovesInNoTime() {
        assertThat(IperfTime.rate(1000, 0)).isZero();
        assertThat(IperfTime.rate(1000, 2)).isEqualTo(500);
    }

    @Test
    void aMomentIsWrittenInGreenwichTimeWithTwoDigitsPerDay() {
        assertThat(IperfTime.gmt(Instant.ofEpochSecond(1_795_233_869L))).isEqualTo("Sat, 21 Nov 2026 04:04:29 GMT");
        assertThat(IperfTime.gmt(Instant.EPOCH)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
