package dev.pitot.output.json;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.Program;

/// A server's own output, as a server gives it away and as a client's JSON holds it
/// (`--get-server-output`).
final class ServerOutputJson {
    /// Parts of streams of some 350 characters each.
    private static final int MAX_SENT_PARTS = 10_000;

    private static final String TEXT = "server_output_text";

    private ServerOutputJson() {}

    /// What a server has reported so far: start, the newest intervals and end. No client takes
    /// more than 8 MiB of results.
    static ServerOutput of(Program program, Progress progress, KeptIntervals intervals) {
        CjsonWriter out = CjsonWriter.compact().beginObject();
        writeStart(out, program, progress);
        intervals.writeLast(MAX_SENT_PARTS, out);
        writeEnd(out, progress);
        return new ServerOutput.Json(out.endObject().toString());
    }

    /// The three members that every document has.
    static void writeReport(CjsonWriter out, Program program, Progress progress, KeptIntervals intervals) {
        writeStart(out, program, progress);
        intervals.writeTo(out);
        writeEnd(out, progress);
    }

    private static void writeStart(CjsonWriter out, Program program, Progress progress) {
        out.name("start");
        StartJson.write(out, program, progress);
    }

    private static void writeEnd(CjsonWriter out, Progress progress) {
        out.name("end");
        EndJson.write(out, progress);
    }

    /// The key that holds it. What is sent as JSON but is none is held as text.
    static String key(ServerOutput output) {
        return switch (output) {
            case ServerOutput.Text _ -> TEXT;
            case ServerOutput.Json(String document) ->
                ForeignDocument.parse(document) == null ? TEXT : "server_output_json";
        };
    }

    /// The value of that key.
    static void writeValue(CjsonWriter out, ServerOutput output) {
        switch (output) {
            case ServerOutput.Text(String lines) -> out.string(lines);
            case ServerOutput.Json(String document) -> writeDocument(out, document);
        }
    }

    private static void writeDocument(CjsonWriter out, String document) {
        ForeignDocument foreign = ForeignDocument.parse(document);
        if (foreign == null) {
            out.string(document);
        } else {
            foreign.writeTo(out);
        }
    }
}
