package dev.pitot.lab.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the output of a program whose form is not known for sure, with or without the time of arrival
/// before each line. A line that only one form has decides, and what came before is read again in that
/// form, the last 256 lines at most. Once figures have come the form is kept to; until then a line of
/// another form decides anew, so that what something else wrote first misleads nobody.
public final class AutoDetectReader implements OutputReader {
    private static final int MAX_KEPT_LINES = 256;
    private static final Pattern IPERF2_HEADING = Pattern.compile(
            "Client connecting to |Server listening on (?:TCP|UDP) port| port \\d{1,5} connected with ");

    private static final Pattern IPERF3_HEADING = Pattern.compile("Connecting to host |Server listening on "
            + "|Accepted connection from | port \\d{1,5} connected to |^\\w{3,4}_parameters:");

    private final @Nullable Double intervalSeconds;
    private final int streams;
    private final Deque<String> before = new ArrayDeque<>();
    private @Nullable OutputReader reader;
    private boolean isCertain;

    /// A reader that finds the length of an interval itself.
    public AutoDetectReader() {
        this(null, 0);
    }

    /// A reader that knows how iperf 2 was started.
    ///
    /// @param intervalSeconds as given to the program by `-i`, 0 without; null if it is not known
    /// @param streams whose totals end a test in comma-separated lines; 0 if they are not known
    public AutoDetectReader(@Nullable Double intervalSeconds, int streams) {
        this.intervalSeconds = intervalSeconds;
        this.streams = streams;
    }

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        String line = TimePrefix.cut(text);
        if (!isCertain) {
            OutputReader better = decide(line);
            if (better != null && (reader == null || better.getClass() != reader.getClass())) {
                reader = better;
                before.forEach(each -> better.line(each, event -> unlessError(event, events)));
            }
            keep(line);
        }
        if (reader != null) {
            reader.line(line, event -> {
                isCertain |= event instanceof OutputEvent.Values;
                events.accept(event);
            });
            return;
        }
        OutputEvent.ProgramError error = ErrorMatcher.of(line);
        if (error != null) {
            events.accept(error);
        }
    }

    /// Errors were told when their lines came.
    private static void unlessError(OutputEvent event, Consumer<OutputEvent> events) {
        if (!(event instanceof OutputEvent.ProgramError)) {
            events.accept(event);
        }
    }

    private void keep(String line) {
        if (isCertain) {
            before.clear();
        } else if (line.length() <= ReportLine.MAX_LINE_CHARACTERS) {
            before.add(line);
            if (before.size() > MAX_KEPT_LINES) {
                before.remove();
            }
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        if (reader != null) {
            reader.end(events);
        }
    }

    /// A reader of the form that a line has; null if any form may have it.
    private @Nullable OutputReader decide(String line) {
        if (line.startsWith("{")) {
            isCertain = Iperf3Json.isEvent(line);
            // With -d iperf3 prints the control connection's JSON among its text.
            boolean isDebug = !before.isEmpty() && before.getLast().endsWith("_parameters:");
            boolean isForeign = !isCertain && line.stripTrailing().endsWith("}") && !line.contains("\"intervals\"");
            return isForeign || isDebug ? null : new Iperf3Json();
        }
        if (line.isEmpty()
                || line.length() > ReportLine.MAX_LINE_CHARACTERS
                || " \t\"}]".indexOf(line.charAt(0)) >= 0) {
            return null; // the inside of a JSON document begins its lines so, and may repeat any text
        }
        if (Iperf2Csv.BEGIN.matcher(line).find()) {
            isCertain = true;
            return new Iperf2Reader(intervalSeconds, streams);
        }
        ReportLine row = ReportLine.read(line);
        if (row != null && row.columns().amounts() != null) {
            isCertain = true;
            boolean isIperf3 =
                    reader instanceof Iperf3Text || row.isWide() || !row.role().isEmpty();
            return isIperf3 && !(reader instanceof Iperf2Reader)
                    ? new Iperf3Text()
                    : new Iperf2Reader(intervalSeconds, streams);
        }
        if (IPERF2_HEADING.matcher(line).find()) {
            return new Iperf2Reader(intervalSeconds, streams);
        }
        return IPERF3_HEADING.matcher(line).find() ? new Iperf3Text() : null;
    }
}
