package dev.pitot.output.text;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.Lines;
import dev.pitot.output.json.PeerJson;
import java.util.stream.Collectors;

/// Prints the server's output after the client's summary (`--get-server-output`).
final class ServerOutputText {
    private ServerOutputText() {}

    /// Prints the output in one call, as iperf does: a time stamp or title is added once, not to
    /// each line, since the server wrote those lines at another time.
    ///
    /// @param out takes several lines at once and does not filter control characters
    static void print(ServerOutput output, Lines out) {
        String text = switch (output) {
            case ServerOutput.Text(String lines) -> "\nServer output:\n" + printable(lines) + "\n";
            case ServerOutput.Json(String document) -> "\nServer JSON output:\n" + printable(PeerJson.pretty(document));
        };
        out.print(text.substring(0, text.length() - 1)); // `out` adds the line end
    }

    private static String printable(String lines) {
        return lines.lines()
                .map(line -> ControlCharacterFilter.line(line) + "\n")
                .collect(Collectors.joining());
    }
}
