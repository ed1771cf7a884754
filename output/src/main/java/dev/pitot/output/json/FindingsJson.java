package dev.pitot.output.json;

import dev.pitot.model.finding.Finding;
import dev.pitot.model.finding.Findings;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.util.Locale;

/// The arrays `findings` and `not_testable` in `end.pitot`.
final class FindingsJson {
    private final CjsonWriter out;
    private final TestRole role;

    /// @param role role of this end
    FindingsJson(CjsonWriter out, TestRole role) {
        this.out = out;
        this.role = role;
    }

    void write(Findings findings) {
        out.name("findings").beginArray();
        findings.found().forEach(this::writeFinding);
        out.endArray().name("not_testable").beginArray();
        for (Findings.NotTestable rule : findings.notTestable()) {
            out.beginObject()
                    .member("id", rule.id())
                    .member("direction", direction(rule.role()))
                    .member("missing", rule.reason())
                    .endObject();
        }
        out.endArray();
    }

    private void writeFinding(Finding finding) {
        out.beginObject()
                .member("id", finding.id())
                .member("direction", direction(finding.role()))
                .member("sentence", finding.sentence())
                .member("confidence", finding.confidence().name().toLowerCase(Locale.ROOT))
                .name("evidence")
                .beginArray();
        for (Finding.Item item : finding.evidence()) {
            out.beginObject()
                    .member("field", item.field())
                    .member("value", item.value())
                    .member("threshold", item.threshold())
                    .endObject();
        }
        out.endArray().member("next_step", finding.nextStep()).endObject();
    }

    private String direction(StreamRole sender) {
        boolean isFromClient = (role == TestRole.CLIENT) == sender.isSender();
        return isFromClient ? "client_to_server" : "server_to_client";
    }
}
