package dev.pitot.cli.run;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Lines;
import dev.pitot.output.Program;
import dev.pitot.output.json.JsonReporter;
import dev.pitot.output.json.JsonStreamReporter;
import dev.pitot.output.text.TextOptions;
import dev.pitot.output.text.TextReporter;
import dev.pitot.output.text.UnitFormat;

/// Makes the reporter of one test in the form that the command line asks for.
///
/// @param out takes normal lines
/// @param err takes failures and warnings
record Reporters(TestRole role, OutputOptions options, Lines out, Lines err) {
    TestReporter forTest(Program program) {
        return switch (options.form()) {
            case TEXT -> new TextReporter(role, text(program), out, err);
            case JSON -> new JsonReporter(role, program, this::document, err);
            case JSON_STREAM -> new JsonStreamReporter(role, program, out, err);
            case JSON_STREAM_AND_DOCUMENT -> new JsonStreamReporter(role, program, out, err, this::document);
        };
    }

    private void document(String document) {
        out.print(document.stripTrailing());
    }

    private TextOptions text(Program program) {
        Detail detail = options.detail();
        UnitFormat rate =
                detail.unit() == Detail.ADAPTIVE_UNIT ? UnitFormat.ADAPTIVE_BITS : UnitFormat.ofLetter(detail.unit());
        return new TextOptions(program, rate, detail.verbose(), detail.debugLevel());
    }
}
