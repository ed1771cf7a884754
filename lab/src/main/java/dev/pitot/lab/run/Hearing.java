package dev.pitot.lab.run;

import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.run.CommandReport.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Keeps and reads what one command writes. Lines come from the connection's threads, the end
/// from the run's.
final class Hearing implements LineListener {
    private static final int MAX_TOTALS = 4096; // 128 streams both ways, and room
    private static final int MAX_COMPLAINTS = 100; // a program that repeats itself says nothing new

    private final CommandOutput.Kept kept;
    private final OutputReader reader;
    private final Runnable onListening;
    private final Runnable onToldEnd;
    private final List<Row> totals = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private boolean hasFailed;

    /// @param onListening called when a server says that it listens
    /// @param onToldEnd called when the program says that its test is over
    Hearing(IperfCommand command, String name, Device device, Runnable onListening, Runnable onToldEnd) {
        kept = command.output().open(command, device.node(), name);
        reader = command.call().reader().get();
        this.onListening = onListening;
        this.onToldEnd = onToldEnd;
    }

    @Override
    public synchronized void onLine(Line line) {
        kept.line(line);
        guarded(() -> reader.line(line.text(), this::event));
    }

    /// Reading goes on behind a fault; the first is told.
    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException | Error e) { // the connection would drop it: figures would be missing without a word
            if (!hasFailed) {
                hasFailed = true;
                complaints.add(new Complaint(
                        Trouble.OTHER,
                        "the program's output could not be read ("
                                + e.getClass().getSimpleName() + "): look at its raw lines"));
            }
        }
    }

    private void event(OutputEvent event) {
        switch (event) {
            case OutputEvent.Listening() -> onListening.run();
            case OutputEvent.Ended() -> onToldEnd.run();
            case OutputEvent.Figures(Row row) -> {
                kept.row(row);
                if (row.kind() == Row.Kind.TOTAL && totals.size() < MAX_TOTALS) {
                    totals.add(row);
                }
            }
            case Complaint complaint -> {
                if (complaints.size() < MAX_COMPLAINTS) {
                    complaints.add(complaint);
                }
            }
        }
    }

    /// No more lines come.
    synchronized CommandReport end(Ending ending, Duration took) {
        guarded(() -> reader.end(this::event));
        kept.close();
        return new CommandReport(ending, took, totals, complaints, kept.file());
    }
}
