package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Goldens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStreamReporterTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"json-stream", "json-stream-bidir", "json-stream-get-server-output"})
    void writesTheSameLinesAsAnIperfClient(String golden) {
        List<String> stream = Goldens.read(golden + ".json").lines().toList();

        report(TestRole.CLIENT, stream);

        assertThat(lines).isEqualTo(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-stream", "json-stream-bidir"})
    void writesTheSameLinesAsAnIperfServer(String golden) {
        List<String> stream = Goldens.read(golden + ".server.json").lines().toList();

        report(TestRole.SERVER, stream);

        assertThat(lines).isEqualTo(stream);
    }

    @Test
    void aTestThatNeverBeganHasAnErrorAndAnEmptyEnd() {
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);

        reporter(TestRole.CLIENT).onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"error\",\"data\":\"unable to connect to server - server may have stopped running"
                                + " or use a different port, firewall issue, etc.: Connection refused\"}",
                        "{\"event\":\"end\",\"data\":{}}");
    }

    @Test
    void aServerKeepsNoIntervalsUnlessItsClientWantsThem() {
        String document = Goldens.read("tcp.server.json");
        JsonStreamReporter reporter = reporter(TestRole.SERVER);

        new RecordedTest(JsonTree.of(document), TestRole.SERVER).events().forEach(reporter::onEvent);

        assertThat(((ServerOutput.Json) reporter.serverOutput()).document()).contains("\"intervals\":[],");
    }

    private void report(TestRole role, List<String> stream) {
        JsonStreamReporter reporter = reporter(role);
        new RecordedTest(JsonTree.of(documentOf(stream)), role).events().forEach(reporter::onEvent);
    }

    private JsonStreamReporter reporter(TestRole role) {
        return new JsonStreamReporter(role, Goldens.PROGRAM, lines::add, warnings::add);
    }

    /// The document that holds the same as a stream.
    private static String documentOf(List<String> stream) {
        String intervals = stream.stream()
                .filter(line -> line.startsWith("{\"event\":\"interval\""))
                .map(JsonStreamReporterTest::data)
                .collect(Collectors.joining(","));
        String others = stream.stream()
                .filter(line -> !line.startsWith("{\"event\":\"interval\""))
                .map(line -> "\"" + JsonTree.of(line).string("event") + "\":" + data(line))
                .collect(Collectors.joining(","));
        return "{" + others + ",\"intervals\":[" + intervals + "]}";
    }

    private static String data(String line) {
        return line.substring(line.indexOf("\"data\":") + "\"data\":".length(), line.length() - 1);
    }
}
