package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.output.json.DocumentReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultReaderTest {
    private static final String INTERVALS = """
            "intervals": [
              {"sum": {"bits_per_second": 900000000, "omitted": true}},
              {"sum": {"bits_per_second": 40000000.0, "omitted": false}},
              {"sum": {"bits_per_second": 70000000, "omitted": false}}]""";

    private final Map<String, Object> complete = read(INTERVALS
            + ", \"end\": {\"sum_sent\": {\"bits_per_second\": 55e6}, \"sum_received\": {\"bits_per_second\": 5e7}}");

    @Test
    void theAverageIsOverCountedIntervals() {
        assertThat(ResultReader.intervalBitsPerSecond(complete)).containsExactly(40e6, 70e6);
        assertThat(ResultReader.averageBitsPerSecond(complete)).hasValue(55e6);
    }

    @Test
    void theTotalIsWhatArrived() {
        assertThat(ResultReader.totalBitsPerSecond(complete)).hasValue(50e6);
        assertThat(ResultReader.totalBitsPerSecond(read("\"end\": {\"sum\": {\"bits_per_second\": 7}}")))
                .hasValue(7);
    }

    @Test
    void theVerdictIsOnTheTotalAndTheThresholdPasses() {
        assertThat(ResultReader.verdict(complete, 50e6)).isEqualTo(new Verdict.Pass("Average: 50.00 Mbps"));
        assertThat(ResultReader.verdict(complete, 50e6 + 1)).isEqualTo(new Verdict.Fail("Average: 50.00 Mbps"));
    }

    @Test
    void aFailedTestHasNoTotal() {
        Map<String, Object> failed =
                read(INTERVALS + ", \"end\": {\"sum_received\": {\"bits_per_second\": 0}}, \"error\": \"it broke\"");

        assertThat(ResultReader.totalBitsPerSecond(failed)).isEmpty();
        assertThat(ResultReader.averageBitsPerSecond(failed)).hasValue(55e6);
        assertThat(ResultReader.verdict(failed, 0)).isEqualTo(new Verdict.Fail("it broke"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"intervals\": [], \"end\": {}",
                "\"intervals\": 1, \"end\": []",
                "\"intervals\": [1, {}, {\"sum\": 2}, {\"sum\": {\"bits_per_second\": \"x\"}}], \"end\": {\"sum\": 1}"
            })
    void whateverIsMissingThereIsAnAnswer(String members) {
        Map<String, Object> result = read(members);

        assertThat(ResultReader.error(result)).isNull();
        assertThat(ResultReader.averageBitsPerSecond(result)).isEmpty();
        assertThat(ResultReader.totalBitsPerSecond(result)).isEmpty();
        assertThat(ResultReader.verdict(result, 0)).isEqualTo(new Verdict.Fail("no result"));
    }

    private static Map<String, Object> read(String members) {
        return DocumentReader.read("{" + members + "}");
    }
}
