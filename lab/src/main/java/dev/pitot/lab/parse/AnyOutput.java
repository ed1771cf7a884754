package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Complaint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the output of a program that is not known beforehand: the first line that only one
/// format has decides, and it is kept to. Lines before are looked at for complaints.
public final class AnyOutput implements OutputReader {
    private final @Nullable Double intervalSeconds;
    private @Nullable OutputReader chosen;

    /// A reader that finds the length of an interval itself.
    public AnyOutput() {
        this(null);
    }

    /// A reader that knows the length of an interval.
    ///
    /// @param intervalSeconds as given to the program by `-i`; null if it is not known
    public AnyOutput(@Nullable Double intervalSeconds) {
        this.intervalSeconds = intervalSeconds;
    }

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        if (chosen == null || isCsvBehindHeading(text)) {
            chosen = decide(text);
        }
        if (chosen != null) {
            chosen.line(text, events);
            return;
        }
        Complaint complaint = Complaints.of(TimePrefix.cut(text));
        if (complaint != null) {
            events.accept(complaint);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        if (chosen != null) {
            chosen.end(events);
        }
    }

    /// iperf 2.1 with `-y C` writes the heading for people where `-d` begins the other half.
    private boolean isCsvBehindHeading(String text) {
        return chosen instanceof Iperf2Text reader
                && !reader.hasRows()
                && text.length() <= RowText.LONGEST_LINE
                && Iperf2Csv.BEGIN.matcher(TimePrefix.cut(text)).find();
    }

    private @Nullable OutputReader decide(String text) {
        String line = TimePrefix.cut(text);
        if (line.startsWith("{")) {
            return line.contains("\"event\"") ? new Iperf3JsonStream() : new Iperf3Json();
        }
        if (line.length() > RowText.LONGEST_LINE) {
            return null;
        }
        if (Iperf2Csv.BEGIN.matcher(line).find()) {
            return new Iperf2Csv(intervalSeconds);
        }
        if (line.contains("Client connecting to ")
                || line.contains("Server listening on TCP port")
                || line.contains("Server listening on UDP port")
                || line.contains(" connected with ")) {
            return new Iperf2Text(intervalSeconds);
        }
        if (line.contains("Connecting to host ")
                || line.contains("Server listening on ")
                || line.contains("Accepted connection from ")
                || line.startsWith("send_parameters:") // -d prints the JSON of the control connection
                || line.startsWith("get_parameters:")
                || line.contains(" connected to ")) {
            return new Iperf3Text();
        }
        RowText row = RowText.read(text);
        if (row == null || row.columns().amounts() == null) {
            return null;
        }
        return row.isWide() || !row.role().isEmpty() ? new Iperf3Text() : new Iperf2Text(intervalSeconds);
    }
}
