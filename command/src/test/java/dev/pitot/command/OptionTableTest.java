package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptionTableTest {
    @Test
    void nothingIsSpelledTwice() {
        List<String> spellings = OptionTable.ALL.stream()
                .flatMap(option -> option.spellings().stream())
                .toList();

        assertThat(spellings).doesNotHaveDuplicates().hasSizeGreaterThan(120);
    }

    @Test
    void everyPlaceInIperfsTableIsTakenOnce() {
        assertThat(OptionTable.OF_IPERF3.stream().map(Option::place))
                .isEqualTo(
                        IntStream.range(0, OptionTable.OF_IPERF3.size()).boxed().toList());
    }

    @Test
    void onlyPitotsOwnOptionsHaveNoPlace() {
        var own = new HashSet<>(OptionTable.ALL);
        OptionTable.OF_IPERF3.forEach(own::remove);

        assertThat(own)
                .allMatch(
                        option -> option.names()
                                .getFirst()
                                .matches(
                                        "socket|password-file|no-findings|no-gsro|(no-|no-idle-)?probe|probe-rate|(push|metrics)\\..+"));
    }
}
