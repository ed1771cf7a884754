package dev.pitot.output.text;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.Lines;
import dev.pitot.output.json.ForeignDocument;

/// A server's own output as a client shows it behind its summary (`--get-server-output`).
final class ServerOutputText {
    private ServerOutputText() {}

    static void print(ServerOutput output, Lines out) {
        out.print("");
        switch (output) {
            case ServerOutput.Text(String lines) -> {
                out.print("Server output:");
                lines.lines().forEach(out::print);
                out.print("");
            }
            case ServerOutput.Json(String document) -> {
                out.print("Server JSON output:");
                ForeignDocument.pretty(document).lines().forEach(out::print);
            }
        }
    }
}
