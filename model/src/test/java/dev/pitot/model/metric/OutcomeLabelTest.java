package dev.pitot.model.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeLabelTest {
    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(new Ending.Completed(), true, "completed"),
                Arguments.of(new Ending.Cancelled("Interrupt(2)"), true, "cancelled"),
                Arguments.of(new Ending.PeerTerminated(), true, "peer_terminated"),
                Arguments.of(new Ending.PeerGone(), true, "peer_gone"),
                Arguments.of(new Ending.Busy(), false, "busy"),
                Arguments.of(new Ending.Failed(IperfError.MAX_DURATION, "", true), false, "refused"),
                Arguments.of(new Ending.Failed(IperfError.AUTHORIZATION, "", false), false, "refused"),
                Arguments.of(new Ending.Failed(IperfError.CONNECT, "", false), false, "failed"),
                Arguments.of(new Ending.Failed(IperfError.TOTAL_RATE, "", true), true, "failed"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void eachEndingHasAWord(Ending ending, boolean hasBegun, String word) {
        assertThat(OutcomeLabel.of(ending, hasBegun)).isEqualTo(word).isIn(OutcomeLabel.all());
    }

    @Test
    void eachWordIsOfSomeEnding() {
        Stream<Object> words = endings().map(arguments -> arguments.get()[2]);

        assertThat(words.distinct().toList()).hasSameElementsAs(OutcomeLabel.all());
    }
}
