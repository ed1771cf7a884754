package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanFixtures;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.model.config.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileNamesTest {
    private static final TestCase PLAIN = ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of());

    @ParameterizedTest
    @CsvSource({
        "FROM_NODE, SENDER, upstream_tx",
        "FROM_NODE, RECEIVER, upstream_rx",
        "TO_NODE, SENDER, downstream_tx",
        "TO_NODE, RECEIVER, downstream_rx"
    })
    void theFirstWordsAreApetools(NodeDirection direction, TestEnd end, String words) {
        TestCase test = ResultFixtures.test(1, direction, Protocol.TCP, Map.of());

        assertThat(name(test, end, List.of())).isEqualTo(words + "_tcp_tate_quick_r1_lab_20261121173000");
    }

    @ParameterizedTest
    @CsvSource({"TCP, tcp", "MULTIPATH_TCP, tcp", "UDP, udp", "SCTP, sctp"})
    void theProtocolIsNamed(Protocol protocol, String word) {
        TestCase test = ResultFixtures.test(1, NodeDirection.FROM_NODE, protocol, Map.of());

        assertThat(name(test, TestEnd.SENDER, List.of()))
                .isEqualTo("upstream_tx_" + word + "_tate_quick_r1_lab_20261121173000");
    }

    @Test
    void hooksAndSweepsAreNamedInTheirOrder() {
        Map<String, String> sweep = new LinkedHashMap<>();
        sweep.put("parallel", "4");
        sweep.put("length", "1470");
        TestCase test =
                ResultFixtures.repeated(ResultFixtures.test(7, NodeDirection.FROM_NODE, Protocol.TCP, sweep), 8, 2);

        assertThat(name(test, TestEnd.SENDER, List.of("angle_090", "", "switch_1")))
                .isEqualTo(
                        "upstream_tx_tcp_tate_angle_090_switch_1_parallel_4_length_1470_quick_r2_lab_20261121173000");
    }

    @Test
    void thePeerIsNamedWhereTheSessionHasSeveral() {
        TestCase other =
                ResultFixtures.test(2, new TestCase.Pair("tate", "pc2", NodeDirection.TO_NODE), Protocol.TCP, Map.of());
        ResultFileNames tags = ResultFileNames.of(ResultFixtures.plan(null, "lab", PLAIN, other), ResultFixtures.ZONE);

        assertThat(tags.name(other, TestEnd.SENDER, List.of(), ResultFixtures.NOON))
                .isEqualTo("downstream_tx_tcp_tate_pc2_quick_r1_lab_20261121173000");
    }

    @Test
    void thePrefixComesFirstAndTimeHasItsPlace() {
        var options = ResultFixtures.rules(null, "data_{t}");
        var plan = new Plan("ti {t} tle", Map.of(), List.of(PLAIN), PlanFixtures.NONE, options);

        assertThat(ResultFileNames.of(plan, ResultFixtures.ZONE)
                        .name(PLAIN, TestEnd.SENDER, List.of(), ResultFixtures.NOON))
                .isEqualTo("data_20261121173000_upstream_tx_tcp_tate_quick_r1_ti_tle_20261121173000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc",
                "..",
                ".",
                "-rf",
                "/",
                "\\\\host\\share",
                "a\0b",
                "\n\r\u001b[2J",
                "C:evil",
                "~",
                "$(reboot)",
                "bü ro",
                "\ud800",
                "con",
                "NUL.txt",
                "a..b",
                "",
                " ",
                "*?<>|"
            })
    void aHostileTagIsHarmless(String tag) {
        String name = name(PLAIN, TestEnd.SENDER, List.of(tag));

        assertThat(name).matches("upstream_tx_tcp_tate_([A-Za-z0-9._-]+_)?quick_r1_lab_20261121173000");
        assertThat(name).doesNotContain("..");
        assertThat(ResultFileNames.safe(tag)).matches("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");
    }

    @Test
    void hostileTagsKeepWhatCanBeKept() {
        assertThat(ResultFileNames.safe("../../etc")).isEqualTo("etc");
        assertThat(ResultFileNames.safe("angle 090°")).isEqualTo("angle_090");
        assertThat(ResultFileNames.safe("con")).isEqualTo("xcon");
        assertThat(ResultFileNames.safe("x".repeat(1000))).isEqualTo("x".repeat(40));
    }

    @Test
    void aNameIsNeverTooLong() {
        List<String> hooks =
                List.of("a".repeat(1000), "b".repeat(1000), "c".repeat(1000), "d".repeat(1000), "e".repeat(99));

        assertThat(name(PLAIN, TestEnd.SENDER, hooks))
                .hasSizeBetween(
                        ResultFileNames.MAX_CHARACTERS - 1,
                        ResultFileNames.MAX_CHARACTERS) // no edge of a tag at its end
                .startsWith("upstream_tx_tcp_tate_aaaa")
                .endsWith("_20261121173000");
    }

    @Test
    void aFolderHasTheDate() {
        assertThat(ResultFileNames.folder("tate 71", "2026_11_21")).isEqualTo("tate_71_2026_11_21");
        assertThat(ResultFileNames.folder("a_{t}_b", "2026_11_21")).isEqualTo("a_2026_11_21_b");
        assertThat(ResultFileNames.folder("..", "2026_11_21")).isEqualTo("session_2026_11_21");
    }

    private static String name(TestCase test, TestEnd end, List<String> hooks) {
        return ResultFileNames.of(ResultFixtures.plan(null, "lab", test), ResultFixtures.ZONE)
                .name(test, end, hooks, ResultFixtures.NOON);
    }
}
