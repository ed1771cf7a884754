package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.ProgramError;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the output of a program whose form is not known for sure: the first line that only one
/// form has decides, and it is kept to. Lines before go to the reader of the expected form, if
/// there is one; else they are looked at for complaints.
public final class AutoDetectReader implements OutputReader {
    private final @Nullable Double intervalSeconds;
    private final @Nullable OutputReader expected;
    private @Nullable OutputReader chosen;

    /// A reader that finds the length of an interval itself.
    public AutoDetectReader() {
        this(null);
    }

    /// A reader of the form that a program was told to write, which reads another one if the
    /// program writes that: an older version than it is taken for, say.
    public static AutoDetectReader expecting(OutputReader expected) {
        return new AutoDetectReader(null, expected);
    }

    /// A reader that knows the length of an interval.
    ///
    /// @param intervalSeconds as given to the program by `-i`; null if it is not known
    public AutoDetectReader(@Nullable Double intervalSeconds) {
        this(intervalSeconds, null);
    }

    private AutoDetectReader(@Nullable Double intervalSeconds, @Nullable OutputReader expected) {
        this.intervalSeconds = intervalSeconds;
        this.expected = expected;
    }

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        if (chosen == null || isCsvBehindHeading(text)) {
            OutputReader guess = decide(text);
            chosen = guess != null && expected != null && guess.getClass() == expected.getClass() ? expected : guess;
        }
        OutputReader reader = chosen == null ? expected : chosen;
        if (reader != null) {
            reader.line(text, events);
            return;
        }
        ProgramError error = ErrorMatcher.of(TimePrefix.cut(text));
        if (error != null) {
            events.accept(error);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        OutputReader reader = chosen == null ? expected : chosen;
        if (reader != null) {
            reader.end(events);
        }
    }

    /// iperf 2.1 with `-y C` writes the heading for people where `-d` begins the other half.
    private boolean isCsvBehindHeading(String text) {
        return chosen instanceof Iperf2Text reader
                && !reader.hasRows()
                && text.length() <= ReportLine.MAX_LINE_CHARACTERS
                && Iperf2Csv.BEGIN.matcher(TimePrefix.cut(text)).find();
    }

    private @Nullable OutputReader decide(String text) {
        String line = TimePrefix.cut(text);
        if (line.startsWith("{")) {
            return line.contains("\"event\"") ? new Iperf3JsonStream() : new Iperf3Json();
        }
        if (line.length() > ReportLine.MAX_LINE_CHARACTERS) {
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
        ReportLine row = ReportLine.read(text);
        if (row == null || row.columns().amounts() == null) {
            return null;
        }
        return row.isWide() || !row.role().isEmpty() ? new Iperf3Text() : new Iperf2Text(intervalSeconds);
    }
}
