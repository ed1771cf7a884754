package dev.pitot.output.text;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.Lines;
import dev.pitot.output.json.ForeignDocument;
import java.util.stream.Collectors;

/// A server's own output as a client shows it behind its summary (`--get-server-output`).
final class ServerOutputText {
    private ServerOutputText() {}

    /// One print, as iperf's: a time stamp or a title before it stands before the whole, not
    /// before lines that another machine wrote at another time.
    ///
    /// @param out takes several lines at once, and does not look for control characters
    static void print(ServerOutput output, Lines out) {
        String text = switch (output) {
            case ServerOutput.Text(String lines) -> "\nServer output:\n" + printable(lines) + "\n";
            case ServerOutput.Json(String document) ->
                "\nServer JSON output:\n" + printable(ForeignDocument.pretty(document));
        };
        out.print(text.substring(0, text.length() - 1)); // whoever prints ends the line
    }

    private static String printable(String lines) {
        return lines.lines().map(line -> Printable.line(line) + "\n").collect(Collectors.joining());
    }
}
