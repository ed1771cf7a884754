package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads iperf 2's comma-separated lines (`-y C`): nine columns, `time, address, port, address,
/// port, id, start-end, bytes, bits per second`, and for UDP five more, `jitter, lost, expected,
/// lost in percent, out of order`.
///
/// Bytes are exact; rates are rounded to whole bits per second. The id -1 is the sum (2.0.x;
/// 2.1.8 prints none in this format). Which end counted is not said, nor that the program
/// listens; that it has ended is told by the number of its totals. Intervals and totals are told apart as
/// [Iperf2Text] does.
public final class Iperf2Csv implements OutputReader {
    /// What a line of this format begins with.
    static final Pattern BEGIN = Pattern.compile("^\\d{14}(?:\\.\\d{1,9})?,[^,]{0,64},\\d{0,5},[^,]{0,64},\\d{0,5},");

    private static final Pattern LINE = Pattern.compile("^\\d{14}(?:\\.\\d{1,9})?,"
            + "(?<peers>[^,]{0,64},\\d{0,5},[^,]{0,64},\\d{0,5}),(?<id>-?\\d{1,9}),"
            + "(?<start>\\d{1,9}(?:\\.\\d{1,9})?)- ?(?<end>\\d{1,9}(?:\\.\\d{1,9})?),(?<bytes>\\d{1,18}),(?<rate>\\d{1,18})"
            + "(?:,(?<jitter>-?\\d{1,12}(?:\\.\\d{1,9})?),(?<lost>-?\\d{1,18}),(?<all>-?\\d{1,18})"
            + ",[^,]{1,24},(?<late>-?\\d{1,18}))?\\s*$");

    private final TotalDetector apart;
    private final int streams;
    private int totals;
    private Consumer<OutputEvent> events = _ -> {};

    /// A reader that finds the length of an interval itself.
    public Iperf2Csv() {
        this(null);
    }

    /// A reader that knows the length of an interval, so that it tells every row at once.
    ///
    /// @param intervalSeconds as given to iperf by `-i`; null if it is not known
    public Iperf2Csv(@Nullable Double intervalSeconds) {
        this(intervalSeconds, 0);
    }

    /// A reader that also tells the end of the test.
    ///
    /// @param intervalSeconds as given to iperf by `-i`, 0 without; null if it is not known
    /// @param streams whose totals end the test; 0 if they are not known
    public Iperf2Csv(@Nullable Double intervalSeconds, int streams) {
        this.streams = streams;
        apart = new TotalDetector(intervalSeconds, this::tell);
    }

    private void tell(Row row) {
        events.accept(new Values(row));
        if (row.kind() == Kind.TOTAL && row.series().stream() != null && ++totals == streams) {
            events.accept(new Ended());
        }
    }

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        this.events = events;
        if (text.length() > ReportLine.MAX_LINE_CHARACTERS) {
            return;
        }
        String line = TimePrefix.cut(text);
        Matcher matcher = LINE.matcher(line);
        if (matcher.find()) {
            apart.row(matcher.group("peers") + matcher.group("id"), row(matcher));
            return;
        }
        ProgramError error = ErrorMatcher.of(line);
        if (error != null) {
            events.accept(error);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        this.events = events;
        apart.end();
    }

    private static Row row(Matcher line) {
        int id = Integer.parseInt(line.group("id"));
        var amounts = new Amounts(
                RoundedValue.exact(Double.parseDouble(line.group("bytes"))),
                new RoundedValue(Double.parseDouble(line.group("rate")), 0.5));
        return new Row(
                Kind.INTERVAL,
                new Series(id < 0 ? null : Integer.valueOf(id), null),
                Double.parseDouble(line.group("start")),
                Double.parseDouble(line.group("end")),
                amounts,
                details(line));
    }

    /// A client's total says -1 expected datagrams: it does not know. Then it knows nothing else.
    private static Details details(Matcher line) {
        String jitter = line.group("jitter");
        if (jitter == null || line.group("all").startsWith("-")) {
            return Details.NONE;
        }
        return new Details(
                null,
                Long.valueOf(line.group("all")),
                count(line.group("lost")),
                count(line.group("late")),
                jitter.startsWith("-") ? null : Double.valueOf(jitter));
    }

    private static @Nullable Long count(String text) {
        long count = Long.parseLong(text);
        return count < 0 ? null : Long.valueOf(count);
    }
}
