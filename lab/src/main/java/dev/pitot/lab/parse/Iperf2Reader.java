package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.Listening;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what iperf 2.0.5 to 2.1.x writes, of a client or a server: for people, plain or enhanced
/// (`-e`), or comma-separated lines ([Iperf2Csv]).
///
/// Sums are the rows that iperf names `SUM`. The row of both directions of one stream (`FD1`) is
/// told with its stream's number and an unknown direction. A UDP client's server report is told
/// as a total of the receiving end. Rows with datagrams are told one line late, for the line
/// behind them may say how many were sent or came out of order.
///
/// If the length of an interval is not given, the first interval's rows are told with the
/// second's: only then is it known that they were no totals. A test is over when each stream
/// and, of several, their sum had its total.
final class Iperf2Reader implements OutputReader {
    private static final Pattern SENT = Pattern.compile("^\\[ {0,3}\\*?(SUM-)?(\\d{1,9})] Sent (\\d{1,18}) datagrams");
    private static final Pattern REPORT = Pattern.compile("^\\[ {0,3}\\*?(\\d{1,9})] Server Report:");
    private static final Pattern NO_REPORT =
            Pattern.compile("^\\[ {0,3}\\*?(\\d{1,9})] WARNING: (?:ack of last datagram failed|did not receive ack)");
    private static final Pattern OUT_OF_ORDER = Pattern.compile("^(\\d{1,18}) datagrams received out-of-order");

    private final TotalDetector apart;
    private final Iperf2StreamTable connections = new Iperf2StreamTable();
    private Consumer<OutputEvent> events = _ -> {};
    private @Nullable PendingRow waiting;
    private @Nullable Integer reported;
    private boolean receives;
    private final int streams;
    private int totals;
    private boolean isCsv;

    /// A row that waits for the next line.
    private record PendingRow(String label, Row row, boolean isReport) {}

    /// @param intervalSeconds as given to iperf by `-i`, 0 without: each row is told at once then; null if it
    /// is not known
    /// @param streams whose totals end a test in comma-separated lines, which do not say so; 0 if they
    /// are not known
    Iperf2Reader(@Nullable Double intervalSeconds, int streams) {
        this.streams = streams;
        apart = new TotalDetector(intervalSeconds, this::emit);
    }

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        this.events = events;
        if (text.length() > ReportLine.MAX_LINE_CHARACTERS) {
            return;
        }
        Iperf2Csv csv = Iperf2Csv.read(text);
        ReportLine row = csv == null ? ReportLine.read(text) : null;
        if (csv != null) {
            isCsv = true;
            apart.row(csv.series(), csv.row());
        } else if (row != null) {
            row(row);
        } else {
            other(text);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        this.events = events;
        settle();
        apart.end();
    }

    private void row(ReportLine text) {
        Matcher late = OUT_OF_ORDER.matcher(text.columns().rest());
        if (text.columns().amounts() != null) {
            settle();
            figures(text, text.columns().amounts());
        } else if (late.find() && waiting != null && waiting.label().equals(text.label())) {
            Details d = waiting.row().details();
            long count = Long.parseLong(late.group(1));
            replace(waiting, new Details(d.retransmits(), d.datagrams(), d.lost(), count, d.jitterMillis()));
        }
    }

    private void figures(ReportLine text, Row.Amounts amounts) {
        Iperf2Columns columns = Iperf2Columns.read(text.columns().rest(), receives);
        receives = columns.countsLoss();
        boolean isReport = reported != null && reported.equals(text.stream());
        reported = null;
        Boolean sends = isReport ? Boolean.valueOf(false) : connections.sends(text);
        var series = new Series(text.stream(), sends, !isReport);
        var row = new Row(Kind.INTERVAL, series, text.start(), text.end(), amounts, columns.details());
        waiting = new PendingRow(text.label(), row, isReport);
        if (!connections.isDatagrams()) {
            settle();
        }
    }

    private void other(String line) {
        Matcher sent = SENT.matcher(line);
        if (sent.find()) {
            sent(sent.group(1) != null, Integer.parseInt(sent.group(2)), Long.parseLong(sent.group(3)));
            return;
        }
        settle();
        Matcher report = REPORT.matcher(line);
        Matcher none = NO_REPORT.matcher(line);
        var error = ErrorMatcher.of(line);
        if (report.find()) {
            reported = Integer.valueOf(report.group(1));
        } else if (none.find()) {
            apart.release();
            endIfLast(Integer.valueOf(none.group(1)), false);
        } else if (connections.isListening(line)) {
            events.accept(new Listening());
        } else if (connections.isConnected(line)) {
            apart.connected();
        } else if (!connections.isConnecting(line) && error != null) {
            events.accept(error);
        }
    }

    private void sent(boolean isSum, int number, long count) {
        if (waiting != null
                && (isSum
                        ? waiting.label().startsWith("SUM")
                        : Integer.valueOf(number).equals(waiting.row().series().stream()))) {
            Details d = waiting.row().details();
            replace(waiting, new Details(d.retransmits(), count, d.lost(), d.outOfOrder(), d.jitterMillis()));
        }
    }

    private void replace(PendingRow old, Details details) {
        Row r = old.row();
        var row = new Row(r.kind(), r.series(), r.startSeconds(), r.endSeconds(), r.amounts(), details);
        waiting = new PendingRow(old.label(), row, old.isReport());
    }

    private void settle() {
        PendingRow settled = waiting;
        waiting = null;
        if (settled == null) {
            return;
        }
        if (settled.isReport()) {
            apart.total(settled.row());
        } else {
            apart.row(settled.label(), settled.row());
        }
    }

    private void emit(Row row) {
        events.accept(new Values(row));
        Integer stream = row.series().stream();
        if (row.kind() == Kind.TOTAL && !isCsv) {
            endIfLast(stream, stream == null);
        } else if (row.kind() == Kind.TOTAL && stream != null && ++totals == streams) {
            events.accept(new Ended());
        }
    }

    private void endIfLast(@Nullable Integer stream, boolean isSum) {
        if (connections.isLastTotal(stream, isSum)) {
            events.accept(new Ended());
        }
    }
}
