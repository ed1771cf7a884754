package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.Listening;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what iperf3 3.1 to 3.21, and Pitot, write for people, of a client or a server, also with
/// time stamps, a title, `-V` or `-d`.
///
/// Totals are the rows behind the line of dashes and its new heading, or those that name a sender
/// or receiver: what they name is whose count it is, otherwise it is this end's. Of a TCP
/// server's rows without retransmits iperf3 does not say whether they are sent or received.
///
/// What a client repeats of the server's own output (`--get-server-output`) is passed over: its
/// streams have other numbers, so that they would be added to the client's.
///
/// A test is over with `iperf Done.`, and a server's when the next begins or no more lines come
/// after its totals.
final class Iperf3Text implements OutputReader {
    private enum Part {
        INTERVALS,
        /// Behind dashes, which also part intervals of several streams: the next line tells.
        DASHES,
        TOTALS,
        SERVER_OUTPUT
    }

    private Part part = Part.INTERVALS;
    private boolean isDatagrams;
    private boolean isClient;
    private boolean isServer;
    private boolean isReverse;
    private @Nullable Boolean serverSends;
    private boolean hasTotals;

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        if (text.length() > ReportLine.MAX_LINE_CHARACTERS) {
            return;
        }
        ReportLine row = ReportLine.read(text);
        if (row == null) {
            other(text, events);
        } else if (part != Part.SERVER_OUTPUT && row.columns().amounts() != null) {
            part = part == Part.DASHES ? Part.INTERVALS : part;
            figures(row, row.columns().amounts(), events);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        ended(events);
    }

    private void figures(ReportLine text, Amounts amounts, Consumer<OutputEvent> events) {
        Iperf3Columns columns = Iperf3Columns.read(text.columns().rest(), isDatagrams);
        boolean isTotal = part == Part.TOTALS || columns.count() != null;
        Kind kind = isTotal ? Kind.TOTAL : columns.isOmitted() ? Kind.OMITTED : Kind.INTERVAL;
        Boolean sends = sends(text, columns, isTotal);
        Boolean count = columns.count() != null ? columns.count() : sends;
        hasTotals |= isTotal;
        var series = new Series(text.stream(), count, count == null || sends == null || count.equals(sends));
        if (isTotal && isServer && !series.isOwn() && amounts.bytes().value() == 0) {
            return; // before 3.2 a server wrote 0 of the client's count, which it is not told
        }
        events.accept(new Values(new Row(kind, series, text.start(), text.end(), amounts, columns.details())));
    }

    /// Whether this end sends what a row tells.
    private @Nullable Boolean sends(ReportLine text, Iperf3Columns columns, boolean isTotal) {
        if (!text.role().isEmpty()) {
            return text.role().startsWith("TX");
        }
        if (isClient) {
            return !isReverse;
        }
        if (!isTotal && columns.details().jitterMillis() != null) {
            serverSends = false;
        } else if (!isTotal && !columns.details().equals(Row.Details.NONE)) {
            serverSends = true;
        }
        // A server whose intervals do not say so receives: only on systems that do not count
        // retransmits does a sending one not say so either.
        return (isTotal && isServer) ? Boolean.valueOf(Boolean.TRUE.equals(serverSends)) : serverSends;
    }

    private void other(String text, Consumer<OutputEvent> events) {
        if (text.contains("[ ID]")) {
            part = part == Part.DASHES ? Part.TOTALS : part;
            isDatagrams = text.contains("Datagrams");
        } else if (text.contains("- - - - -")) {
            part = part == Part.SERVER_OUTPUT ? part : Part.DASHES;
        } else if (text.endsWith("Server output:") || text.endsWith("Server JSON output:")) {
            part = Part.SERVER_OUTPUT;
        } else if (part == Part.SERVER_OUTPUT && text.endsWith("iperf Done.")) {
            part = Part.TOTALS;
            ended(events);
        } else if (part != Part.SERVER_OUTPUT) {
            ownWords(text, events);
        }
    }

    private void ownWords(String text, Consumer<OutputEvent> events) {
        if (text.contains("Server listening on ")) {
            begin(false, events);
            events.accept(new Listening());
        } else if (text.contains("Accepted connection from ")) {
            begin(false, events);
        } else if (text.contains("Connecting to host ")) {
            begin(true, events);
        } else if (text.contains("Reverse mode, remote host ")) {
            isReverse = true;
        } else if (text.endsWith("iperf Done.")) {
            hasTotals = true;
            ended(events);
        } else {
            ProgramError error = ErrorMatcher.of(text);
            if (error != null) {
                events.accept(error);
            }
        }
    }

    private void begin(boolean client, Consumer<OutputEvent> events) {
        ended(events);
        part = Part.INTERVALS;
        isDatagrams = false;
        isClient = client;
        isServer = !client;
        isReverse = false;
        serverSends = null;
    }

    private void ended(Consumer<OutputEvent> events) {
        if (hasTotals) {
            events.accept(new Ended());
        }
        hasTotals = false;
    }
}
