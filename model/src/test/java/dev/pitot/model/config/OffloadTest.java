package dev.pitot.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.unit.Bitrate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OffloadTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "524056000, 0, true", // 65,507 bytes each millisecond
        "524055999, 0, false",
        "1048576, 0, false", // iperf's default for UDP
        "10000000000, 0, true",
        "0, 524056000, true",
        "0, 524055999, false",
        "10000000000, 1000000, false"
    })
    void automaticMeansWhereAllRatesAreHigh(long target, long fairQueue, boolean isOn) {
        var pacing = new Pacing(new Bitrate(target), 0, new Bitrate(fairQueue));

        assertThat(Offload.AUTOMATIC.isOnAt(pacing)).isEqualTo(isOn);
        assertThat(StreamSettings.DEFAULT.usesOffload()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theOthersMeanItAtAnyRate(Offload offload) {
        var slow = new Pacing(new Bitrate(1000), 0, Bitrate.UNLIMITED);

        assertThat(offload.isOnAt(slow)).isEqualTo(offload == Offload.ON);
        assertThat(offload.isOnAt(Pacing.NONE)).isEqualTo(offload != Offload.OFF);
    }
}
