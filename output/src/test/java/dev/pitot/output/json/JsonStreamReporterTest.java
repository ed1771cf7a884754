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
import org.junit.jupiter.api.Test;

class JsonStreamReporterTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

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
    void theWholeDocumentComesBehindTheStreamEvenIfTheTestNeverBegan() {
        var reporter = new JsonStreamReporter(TestRole.CLIENT, Goldens.PROGRAM, lines::add, warnings::add, lines::add);

        reporter.onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Busy())));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("{\"event\":\"end\",\"data\":{}}");
        assertThat(lines.getLast()).startsWith("{\n\t\"start\":\t{").endsWith("try again later\"\n}\n");
    }

    @Test
    void aServerKeepsNoIntervalsUnlessItsClientWantsThem() {
        String document = Goldens.read("tcp.server.json");
        JsonStreamReporter reporter = reporter(TestRole.SERVER);

        new RecordedTest(JsonTree.of(document), TestRole.SERVER).events().forEach(reporter::onEvent);

        assertThat(((ServerOutput.Json) reporter.serverOutput()).document()).contains("\"intervals\":[],");
    }

    private JsonStreamReporter reporter(TestRole role) {
        return new JsonStreamReporter(role, Goldens.PROGRAM, lines::add, warnings::add);
    }
}
