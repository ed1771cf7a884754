package dev.pitot.output.json;

import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.EndingText;
import dev.pitot.output.ProgramInfo;
import org.jspecify.annotations.Nullable;

/// Writes the whole document of a finished test.
final class JsonDocument {
    private JsonDocument() {}

    /// Returns the document in cJSON's pretty layout, with a line feed at the end.
    static String of(
            TestRole role, ProgramInfo program, TestProgress progress, IntervalBuffer intervals, Outcome outcome) {
        CjsonWriter out = CjsonWriter.pretty().beginObject();
        ServerOutputJson.writeReport(out, program, progress, intervals);
        // iperf adds the error when the test is aborted and the rest when it writes the document
        writeText(out, "error", EndingText.json(role, outcome.ending()));
        TestMetadata metadata = progress.start() == null
                ? TestMetadata.NONE
                : progress.start().config().metadata();
        writeText(out, "title", metadata.title());
        writeText(out, "extra_data", metadata.extraData());
        ServerOutput output = outcome.report().serverOutput();
        if (output != null) {
            ServerOutputJson.writeValue(out.name(ServerOutputJson.key(output)), output);
        }
        return out.endObject().endDocument();
    }

    private static void writeText(CjsonWriter out, String name, @Nullable String text) {
        if (text != null) {
            out.member(name, text);
        }
    }
}
