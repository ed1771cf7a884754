package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.TestCase.NodeDirection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumKeywordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"to", "to_dut", "to_node", "d", "download", "downlink", "r", "rx", "receive"})
    void theseWordsMeanDataToTheNode(String word) {
        assertThat(DirectionNames.parse(word)).isEqualTo(NodeDirection.TO_NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "from_dut", "s", "send", "tx", "tr", "transmit", "u", "upload", "uplink"})
    void theseWordsMeanDataFromTheNode(String word) {
        assertThat(DirectionNames.parse(word)).isEqualTo(NodeDirection.FROM_NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "Upload", "To", "both", " to", "x"})
    void otherWordsMeanNothing(String word) {
        assertThat(DirectionNames.parse(word)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10, PT10S",
        "1.5, PT1.5S",
        "1.5 s, PT1.5S",
        "500ms, PT0.5S",
        "3 min, PT3M",
        "3m, PT3M",
        "2 h 10 min, PT2H10M",
        "2 days 3 hours 22 minutes, PT51H22M",
        "0, PT0S",
    })
    void timesHaveUnits(String text, Duration length) {
        assertThat(DurationParser.parse(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s", "10 parsecs", "10 mins and", "-5", "1e9", "9999999 days", "1..5", "10 Moons"})
    void otherTextIsNoTime(String text) {
        assertThat(DurationParser.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10 Seconds, PT10S",
        "1 Minute, PT1M",
        "1 Moon, PT1M",
        "2 days 3 hours 22 minutes, PT51H22M",
        "1.5 Hours, PT1H30M",
        "7, PT7S",
    })
    void inApetoolsTheFirstLetterOfAUnitDecides(String text, Duration length) {
        assertThat(DurationParser.parseByFirstLetter(text)).isEqualTo(length);
    }

    @Test
    void aLineIsSplitAsAShellDoes() {
        assertThat(ShellSplitter.split("a 'b c' \"d 'e'\" f\\ g h\"i\"j ''"))
                .containsExactly("a", "b c", "d 'e'", "f g", "hij", "");
        assertThat(ShellSplitter.split("a 'b\\'")).containsExactly("a", "b\\");
        assertThat(ShellSplitter.split("a \"b")).isNull();
        assertThat(ShellSplitter.split(" ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"time, time, 0", "tiem, time, 1", "'', abc, 3", "bitrat, bitrate, 1", "kitten, sitting, 3"})
    void wordsAreSoManyChangesApart(String one, String other, int changes) {
        assertThat(Diagnostics.changes(one, other)).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "1, true", "TRUE, true", "t, true", "on, true"})
    void theseAreYes(String text, boolean value) {
        assertThat(IniValues.bool(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "No", "0", "False", "f", "OFF"})
    void theseAreNo(String text) {
        assertThat(IniValues.bool(text)).isFalse();
    }

    @Test
    void listsHaveCommasAndRanges() {
        assertThat(IniValues.list("a, b ,,c")).containsExactly("a", "b", "c");
        assertThat(IniValues.list("1-3, 7, 5-4")).containsExactly("1", "2", "3", "7", "5", "4");
        assertThat(IniValues.list("0-999999999")).hasSize(1000);
    }

    @Test
    void valuesOfYamlMayHoldWhatApetoolsCouldNot() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL.replace(
                "{connection: local, address: 10.0.0.1}",
                "{connection: local, address: 'fd00::1', environment: {A: 'b=c,d:e'}}"));

        assertThat(plan.nodes().values()).first().satisfies(node -> {
            assertThat(node.traffic().address()).isEqualTo("fd00::1");
            assertThat(node.programs().environment()).containsEntry("A", "b=c,d:e");
        });
        assertThat(List.copyOf(plan.nodes().keySet())).containsExactly("desk", "phone");
    }
}
