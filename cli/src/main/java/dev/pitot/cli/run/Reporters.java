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

/// Makes the reporter of one test in the form that the command line asks for.
///
/// @param out takes normal lines
/// @param err takes failures and warnings
/// @param budget for what the reporters of all tests keep
record Reporters(TestRole role, OutputOptions options, Lines out, Lines err, ReportBudget budget) {
    /// With a budget of their own, which a client has for one test and a server for several.
    Reporters(TestRole role, OutputOptions options, Lines out, Lines err) {
        this(role, options, out, err, role == TestRole.CLIENT ? ReportBudget.ofOneTest() : new ReportBudget());
    }

    TestReporter forTest(ProgramInfo program) {
        return forTest(program, () -> "");
    }

    /// @param mark what stands before a line to say whose it is; asked for each line, and empty where that is plain
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
        return new TextOptions(program, rate, detail.verbose(), detail.debugLevel());
    }
}
