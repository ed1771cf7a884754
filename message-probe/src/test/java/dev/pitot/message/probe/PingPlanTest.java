package dev.pitot.message.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.channel.Channel;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingPlanTest {
    @ParameterizedTest
    @CsvSource({"PT1H0.000000001S, 3600.000000001 s", "PT-0.000000001S, -0.000001 ms", "PT0S, 0 s"})
    void anIntervalOutOfRangeIsShownAsItIs(Duration interval, String text) {
        assertThatThrownBy(() -> new PingPlan(Channel.UNRELIABLE, 64, interval, new ProbeLimit.Count(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval not in 1 ns..1 h: " + text);
    }

    @ParameterizedTest
    @CsvSource({"P366DT0.000000001S, 31622400.000000001 s", "PT-0.5S, -500 ms"})
    void aLengthOutOfRangeIsShownAsItIs(Duration length, String text) {
        assertThatThrownBy(() -> new ProbeLimit.Time(length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length not in 0..366 days: " + text);
    }
}
