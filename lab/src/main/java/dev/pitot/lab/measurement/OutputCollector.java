package dev.pitot.lab.measurement;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps and reads what one command writes. Lines come from the connection's threads, the end
/// from the run's.
final class OutputCollector implements LineListener {
    private static final int MAX_TOTALS = 4096; // 128 streams both ways, and room
    private static final int MAX_COMPLAINTS = 100; // repetitions add nothing

    private static final int LONGEST_LAST_LINE = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}]+");

    /// Neither figures nor JSON.
    private static final Pattern FOR_PEOPLE = Pattern.compile("^\\s*[^\\s{}\\[\\]\"].*\\p{L}.*$");

    private final OutputSink.Recorder recorder;
    private final OutputReader reader;
    private final Runnable onListening;
    private final Runnable onReportedEnd;
    private final List<Row> totals = new ArrayList<>();
    private final List<ProgramError> errors = new ArrayList<>();
    private final NanoClock clock;
    private boolean hasFailed;
    private @Nullable Long errorNanos;
    private @Nullable String lastOut;
    private @Nullable String lastErr;

    /// @param onListening called when a server reports that it listens
    /// @param onReportedEnd called when the program reports that its test is over
    OutputCollector(
            IperfCommand command, String name, NodeHandle device, Runnable onListening, Runnable onReportedEnd) {
        recorder = command.output().open(command, device.node(), name);
        reader = command.tool().reader().get();
        clock = device.commands().clock();
        this.onListening = onListening;
        this.onReportedEnd = onReportedEnd;
    }

    @Override
    public synchronized void onLine(OutputLine line) {
        recorder.line(line);
        String text = shortened(line.text());
        if (line.origin() == OutputLine.Origin.ERR) {
            lastErr = text == null ? lastErr : text;
        } else {
            lastOut = text == null ? lastOut : text;
        }
        guarded(() -> reader.line(line.text(), this::event));
    }

    /// Null if it is not text for people.
    private static @Nullable String shortened(String line) {
        boolean isInPair =
                line.length() > LONGEST_LAST_LINE && Character.isHighSurrogate(line.charAt(LONGEST_LAST_LINE - 1));
        int length = Math.min(line.length(), isInPair ? LONGEST_LAST_LINE - 1 : LONGEST_LAST_LINE);
        String text = line.substring(0, length);
        return FOR_PEOPLE.matcher(text).matches()
                ? UNPRINTABLE.matcher(text).replaceAll(" ").strip()
                : null;
    }

    /// Reading goes on behind a fault; the first is reported.
    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException | Error e) { // the connection would drop it: figures would be missing without a word
            if (!hasFailed) {
                hasFailed = true;
                errors.add(new ProgramError(
                        ErrorKind.OTHER,
                        "the program's output could not be read ("
                                + e.getClass().getSimpleName() + "): look at its raw lines"));
            }
        }
    }

    private void event(OutputEvent event) {
        switch (event) {
            case OutputEvent.Listening() -> onListening.run();
            case OutputEvent.Ended() -> onReportedEnd.run();
            case OutputEvent.Values(Row row) -> {
                recorder.row(row);
                if (row.kind() == Row.Kind.TOTAL && totals.size() < MAX_TOTALS) {
                    totals.add(row);
                }
            }
            case ProgramError error -> {
                if (errorNanos == null && error.kind() != ErrorKind.ADDRESS_IN_USE) {
                    errorNanos = clock.nanoTime();
                }
                if (errors.size() < MAX_COMPLAINTS) {
                    errors.add(error);
                }
            }
        }
    }

    /// No more lines come.
    ///
    /// @param endNanos when the end was known
    synchronized CommandReport end(Ending ending, Duration took, long endNanos) {
        guarded(() -> reader.end(this::event));
        recorder.close();
        Long reported = ending instanceof Ending.Exited ? errorNanos : null;
        long failedNanos = reported == null ? endNanos : reported;
        return new CommandReport(ending, took, failedNanos, totals, errors, lastErr == null ? lastOut : lastErr);
    }
}
