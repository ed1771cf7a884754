package dev.pitot.cli.run;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Lines;
import dev.pitot.output.ProgramInfo;
import dev.pitot.output.ReportBudget;
import dev.pitot.output.json.JsonReporter;
import dev.pitot.output.json.JsonStreamReporter;
import dev.pitot.output.text.TextOptions;
import dev.pitot.output.text.TextReporter;
import dev.pitot.output.text.UnitFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Factory of reporters, one per test, in the format of the command line.
///
/// @param out receives normal lines
/// @param err receives failures and warnings
/// @param budget memory limit of the reporters of all tests
record Reporters(TestRole role, OutputOptions options, Lines out, Lines err, ReportBudget budget) {
    /// With a separate budget: a client's for its one test, a server's for several.
    Reporters(TestRole role, OutputOptions options, Lines out, Lines err) {
        this(role, options, out, err, role == TestRole.CLIENT ? ReportBudget.ofOneTest() : new ReportBudget());
    }

    TestReporter forTest(ProgramInfo program) {
        return forTest(program, () -> "");
    }

    /// @param mark prefix that identifies the test of a line; queried for each line, and empty if there
    ///     is one test only
    TestReporter forTest(ProgramInfo program, Supplier<String> mark) {
        Lines errors = line -> err.print(mark.get() + line);
        return switch (options.form()) {
            case TEXT -> new TextReporter(role, text(program), line -> out.print(mark.get() + line), errors, budget);
            case JSON -> new JsonReporter(role, program, this::document, errors, budget);
            case JSON_STREAM -> stream(program, errors, null, mark);
            case JSON_STREAM_AND_DOCUMENT -> stream(program, errors, this::document, mark);
        };
    }

    private TestReporter stream(
            ProgramInfo program, Lines errors, @Nullable Consumer<String> documents, Supplier<String> mark) {
        BooleanSupplier isShared = () -> !mark.get().isEmpty();
        return new JsonStreamReporter(
                role, program, new JsonStreamReporter.Target(out, errors, documents, isShared), budget);
    }

    private void document(String document) {
        out.print(document.stripTrailing());
    }

    private TextOptions text(ProgramInfo program) {
        Detail detail = options.detail();
        UnitFormat rate =
                detail.unit() == Detail.ADAPTIVE_UNIT ? UnitFormat.ADAPTIVE_BITS : UnitFormat.ofLetter(detail.unit());
        return new TextOptions(program, rate, detail.verbose(), detail.debugLevel(), detail.findings());
    }
}
