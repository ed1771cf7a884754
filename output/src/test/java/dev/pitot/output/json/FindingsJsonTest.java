package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.finding.Finding;
import dev.pitot.model.finding.Finding.Confidence;
import dev.pitot.model.finding.Findings;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsJsonTest {
    private static String json(TestRole role, Findings findings) {
        CjsonWriter out = CjsonWriter.compact();
        out.beginObject();
        new FindingsJson(out, role).write(findings);
        out.endObject();
        return out.toString();
    }

    @Test
    void bothListsAreAlwaysThere() {
        assertThat(json(TestRole.CLIENT, Findings.NONE)).isEqualTo("{\"findings\":[],\"not_testable\":[]}");
    }

    @Test
    void aFindingHasItsEvidence() {
        var items = List.of(new Finding.Item("rise_us", 90_000, 50_000), new Finding.Item("share", 0.25, 0.5));
        var found = new Finding("bufferbloat", StreamRole.SENDER, "A \"cause\".", items, Confidence.STRONG, "a step");
        var missing = new Findings.NotTestable("own_queue", StreamRole.RECEIVER, "timestamps");

        assertThat(json(TestRole.CLIENT, new Findings(List.of(found), List.of(missing))))
                .isEqualTo("""
                {"findings":[{"id":"bufferbloat","direction":"client_to_server","sentence":"A \\"cause\\".",\
                "confidence":"strong","evidence":[{"field":"rise_us","value":90000,"threshold":50000},\
                {"field":"share","value":0.25,"threshold":0.5}],"next_step":"a step"}],\
                "not_testable":[{"id":"own_queue","direction":"server_to_client","missing":"timestamps"}]}""");
    }

    @Test
    void aServersDirectionsAreTheOtherWayRound() {
        var found = new Finding("stalls", StreamRole.SENDER, "A.", List.of(), Confidence.HINT, "b");

        assertThat(json(TestRole.SERVER, new Findings(List.of(found), List.of())))
                .contains("\"direction\":\"server_to_client\"", "\"confidence\":\"hint\"");
    }
}
