package dev.pitot.output.json;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.EndingText;
import dev.pitot.output.Lines;
import dev.pitot.output.ProgramInfo;
import dev.pitot.output.ReportBudget;
import dev.pitot.output.format.RehearsalInterval;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports one test as iperf 3.21's JSON stream (`--json-stream`): one compact object per line,
/// printed as soon as its data is known. Takes the events of one test on one thread. Keeps
/// intervals only if the whole document is requested too, or on a server whose client requested its
/// output.
public final class JsonStreamReporter implements TestReporter {
    private final TestRole role;
    private final ProgramInfo program;
    private final Target target;
    private final ReportBudget budget;
    private final TestProgress progress = new TestProgress();
    private final IntervalBuffer intervals;

    /// Creates a reporter for one test.
    ///
    /// @param role which end reports
    /// @param program who reports
    /// @param out gets the objects, one per line
    /// @param warnings lines for standard error
    public JsonStreamReporter(TestRole role, ProgramInfo program, Lines out, Lines warnings) {
        this(role, program, out, warnings, null);
    }

    /// Creates a reporter that also produces the whole document (`--json-stream-full-output`) and
    /// keeps the intervals for it.
    ///
    /// @param role which end reports
    /// @param program who reports
    /// @param out gets the objects, one per line
    /// @param warnings lines for standard error
    /// @param documents gets the document once the last object is out, or null for none; see
    ///     [JsonReporter]
    public JsonStreamReporter(
            TestRole role, ProgramInfo program, Lines out, Lines warnings, @Nullable Consumer<String> documents) {
        this(role, program, new Target(out, warnings, documents, () -> false), ReportBudget.ofOneTest());
    }

    /// Creates a reporter that may share its output with the reporters of other tests.
    ///
    /// @param role which end reports
    /// @param program who reports
    /// @param target destinations of the output
    /// @param budget memory budget shared by the reporters of these tests
    public JsonStreamReporter(TestRole role, ProgramInfo program, Target target, ReportBudget budget) {
        this.role = role;
        this.program = program;
        this.target = target;
        this.budget = budget;
        intervals = new IntervalBuffer(budget);
    }

    /// Destinations of the parts of a stream.
    ///
    /// @param out gets the objects, one per line
    /// @param warnings lines for standard error
    /// @param documents gets the document once the last object is out, or null for none
    /// @param isShared queried for each object: true if objects of other tests are written to the
    ///     same output, so that each gets the key `cookie` to identify its test; iperf has no such
    ///     key
    public record Target(
            Lines out, Lines warnings, @Nullable Consumer<String> documents, BooleanSupplier isShared) {}

    @Override
    public void onEvent(TestEvent event) {
        progress.onEvent(event);
        switch (event) {
            case TestEvent.Started _ -> target.out().print(line(progress));
            case TestEvent.IntervalDone(Interval interval) -> onInterval(interval);
            case TestEvent.Note note -> Warning.print(note, target.warnings());
            case TestEvent.Finished(Outcome outcome) -> finish(outcome);
            case TestEvent.ParametersAgreed(TestStart start) -> rehearse(start);
            case TestEvent.StreamsConnected _, TestEvent.SummaryReady _ -> {}
        }
    }

    /// Returns the document so far, in compact form; without intervals if the client did not
    /// request it.
    @Override
    public ServerOutput serverOutput() {
        return budget.make(() -> ServerOutputJson.of(program, progress, intervals));
    }

    private void onInterval(Interval interval) {
        if (target.documents() != null || (role == TestRole.SERVER && progress.wantsServerOutput())) {
            intervals.add(interval);
        }
        target.out().print(line(interval));
    }

    /// Writes what comes when data flows to nowhere.
    private void rehearse(TestStart start) {
        IntervalBuffer.rehearse(start);
        Interval interval = RehearsalInterval.of(start);
        var started = new TestProgress();
        started.onEvent(new TestEvent.ParametersAgreed(start));
        started.onEvent(new TestEvent.StreamsConnected(
                interval.streams().stream().map(Interval.OfStream::stream).toList(), new BufferSizes(1, 1)));
        started.onEvent(new TestEvent.Started(start.time()));
        var _ = line(started);
        var _ = line(interval);
    }

    private String line(TestProgress started) {
        return line("start", data -> StartJson.write(data, program, started));
    }

    private String line(Interval interval) {
        return line("interval", data -> IntervalJson.write(data, interval));
    }

    private void finish(Outcome outcome) {
        String error = EndingText.json(role, outcome.ending());
        if (error != null) {
            print("error", data -> data.string(error));
        }
        ServerOutput output = outcome.report().serverOutput();
        if (output != null) {
            print(ServerOutputJson.key(output), data -> ServerOutputJson.writeValue(data, output));
        }
        print("end", data -> EndJson.write(data, progress));
        try {
            writeDocument(outcome);
        } finally {
            intervals.release();
        }
    }

    private void writeDocument(Outcome outcome) {
        Consumer<String> documents = target.documents();
        if (documents != null) {
            intervals.warnOfDropped(target.warnings());
            budget.write(() -> JsonDocument.of(role, program, progress, intervals, outcome), documents);
        }
    }

    private void print(String event, Consumer<CjsonWriter> data) {
        target.out().print(line(event, data));
    }

    private String line(String event, Consumer<CjsonWriter> data) {
        CjsonWriter object = CjsonWriter.compact().beginObject().member("event", event);
        TestStart start = progress.start();
        if (start != null && target.isShared().getAsBoolean()) {
            object.member("cookie", start.cookie());
        }
        data.accept(object.name("data"));
        return object.endObject().toString();
    }
}
