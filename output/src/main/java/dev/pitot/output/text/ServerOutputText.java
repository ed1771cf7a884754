package dev.pitot.output.text;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.Lines;
import dev.pitot.output.json.ForeignDocument;

/// A server's own output as a client shows it behind its summary (`--get-server-output`).
final class ServerOutputText {
    private ServerOutputText() {}

    /// One print, as iperf's: a time stamp or a title before it stands before the whole, not
    /// before lines that another machine wrote at another time.
    static void print(ServerOutput output, Lines out) {
        switch (output) {
            case ServerOutput.Text(String lines) -> out.print("\nServer output:\n" + lines.stripTrailing() + "\n");
            case ServerOutput.Json(String document) ->
                out.print("\nServer JSON output:\n"
                        + ForeignDocument.pretty(document).stripTrailing());
        }
    }
}
