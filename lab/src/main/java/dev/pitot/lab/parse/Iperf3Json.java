package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.output.json.DocumentReader;
import dev.pitot.output.json.PartialReader;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads iperf3's JSON, also Pitot's. Bytes, and everything else, are exact.
///
/// Events (`--json-stream`, 3.17 and newer), one per line, are told as they come; the whole document
/// that `--json-stream-full-output` adds behind them is passed over. Documents (`-J`) come one, or one
/// after the other as a server writes them: each is told when it is complete, or, cut off, as far as
/// it is complete when no more lines come.
///
/// Lines between documents, and lines of standard error inside one, are looked at for complaints.
/// What follows in a document after 64 Mi characters or 2 million values is passed over, and that
/// is told as a complaint. The server's own document
/// in a client's (`--get-server-output`) is passed over: it has other figures for the same
/// test.
final class Iperf3Json implements OutputReader {
    /// What an event begins with: another program's object beside them may have such a member, too.
    private static final Pattern EVENT = Pattern.compile(
            "^\\{\\s*\"event\"\\s*:\\s*\"(?:start|interval|end|error|server_output_\\w{1,9})\"\\s*,\\s*\"data\"\\s*:");

    /// A day of intervals of some 20 streams, or an event of some 200 000.
    private static final int MAX_DOCUMENT_CHARACTERS = 64 << 20;

    /// A value takes up to a hundred bytes of memory, of a document some three characters.
    private static final int MAX_VALUES = 2_000_000;

    private final StringBuilder document = new StringBuilder();
    private int depth;
    private boolean inText;
    private boolean isEscaped;
    private boolean isFull;
    private boolean hasEvents;
    private Iperf3JsonRows rows = new Iperf3JsonRows();

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        if (isEvent(text)) {
            hasEvents = true;
            event(text, events);
        } else if (hasEvents) {
            report(text.stripLeading().startsWith("\"") ? "" : text, events);
        } else {
            documentLine(text, events);
        }
    }

    /// Whether a line is an event of a test.
    static boolean isEvent(String text) {
        return EVENT.matcher(text).find() && text.length() <= MAX_DOCUMENT_CHARACTERS;
    }

    private void event(String line, Consumer<OutputEvent> events) {
        Map<String, Object> event;
        try {
            event = DocumentReader.read(line);
        } catch (IllegalArgumentException _) {
            return; // cut off: the line is not complete
        }
        Map<String, Object> data = Iperf3JsonRows.object(event, "data");
        switch (String.valueOf(event.get("event"))) {
            case "start" -> {
                rows = new Iperf3JsonRows();
                rows.start(data);
            }
            case "interval" -> rows.interval(data, events);
            case "end" -> rows.end(data, events);
            case "error" -> rows.error(event.get("data"), events);
            default -> {} // server_output_text and what newer versions add
        }
    }

    private void documentLine(String text, Consumer<OutputEvent> events) {
        if (depth == 0 ? text.indexOf('{') < 0 : isForeign(text)) {
            report(text, events);
            return;
        }
        if (depth > 0 && text.equals("{")) {
            end(events); // the program was started again: inside a document this line is indented
        }
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean wasOutside = depth == 0;
            step(text.charAt(i));
            if (wasOutside) {
                from = i;
            } else if (depth == 0) {
                keep(text, from, i + 1);
                emit(events);
                from = i + 1;
            }
        }
        if (depth > 0) {
            keep(text, from, text.length());
            keep("\n", 0, 1);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        if (depth > 0 && !hasEvents) {
            emit(events);
        }
        depth = 0;
        inText = false;
        isEscaped = false;
    }

    /// Whether a line cannot be one of a document, whose lines begin with a space, a quote or a
    /// bracket: then it is standard error's.
    private boolean isForeign(String text) {
        return !inText && !text.isEmpty() && Character.isLetter(text.charAt(0)) && ErrorMatcher.of(text) != null;
    }

    private static void report(String text, Consumer<OutputEvent> events) {
        ProgramError error = ErrorMatcher.of(text);
        if (error != null) {
            events.accept(error);
        }
    }

    private void step(char c) {
        if (depth > 0 && inText) {
            inText = isEscaped || c != '"';
            isEscaped = !isEscaped && c == '\\';
        } else if (c == '{') {
            depth++;
        } else if (depth > 0 && c == '}') {
            depth--;
        } else if (depth > 0 && c == '"') {
            inText = true;
        }
    }

    private void keep(String text, int from, int to) {
        isFull |= document.length() + to - from > MAX_DOCUMENT_CHARACTERS;
        if (!isFull) {
            document.append(text, from, to);
        }
    }

    private void emit(Consumer<OutputEvent> events) {
        PartialReader.Part part = PartialReader.read(document.toString(), MAX_VALUES);
        Map<String, Object> complete = part.members();
        boolean isTooLarge = isFull || part.isTooLarge();
        document.setLength(0);
        document.trimToSize();
        isFull = false;
        var told = new Iperf3JsonRows();
        told.start(Iperf3JsonRows.object(complete, "start"));
        Iperf3JsonRows.objects(complete, "intervals").forEach(interval -> told.interval(interval, events));
        told.end(Iperf3JsonRows.object(complete, "end"), events);
        told.error(complete.get("error"), events);
        if (isTooLarge) {
            events.accept(new ProgramError(
                    ErrorKind.OTHER,
                    "the JSON document is too large, only its beginning was read: give longer intervals or fewer"
                            + " streams"));
        }
    }
}
