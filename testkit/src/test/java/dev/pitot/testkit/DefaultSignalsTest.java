package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultSignalsTest {
    @ParameterizedTest
    @CsvSource({
        "SigIgn:\t0000000000000002, true",
        "SigIgn:\tffffffffffffffff, true",
        "SigIgn:\t0000000000000000, false",
        "SigIgn:\t0000000000000001, false",
        "SigCgt:\t0000000000000002, false",
    })
    void readsFromTheKernelWhetherInterruptsAreIgnored(String line, boolean ignored) {
        assertThat(DefaultSignals.ignoresInterrupt(line)).isEqualTo(ignored);
    }

    @Test
    void givesTheSignalsBackByWayOfEnv() {
        assertThat(DefaultSignals.prefixed(List.of("sleep", "1")))
                .containsExactly("env", "--default-signal=INT,TERM", "sleep", "1");
    }
}
