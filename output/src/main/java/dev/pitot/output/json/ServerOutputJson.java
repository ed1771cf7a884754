package dev.pitot.output.json;

import dev.pitot.model.result.ServerOutput;
import dev.pitot.output.ProgramInfo;

/// Server output (`--get-server-output`) as the server sends it and as the client's JSON holds it.
final class ServerOutputJson {
    /// Limit of stream parts in the output sent, some 350 characters each.
    private static final int MAX_SENT_PARTS = 10_000;

    private static final String TEXT = "server_output_text";

    private ServerOutputJson() {}

    /// Returns the server's report so far: start, the newest intervals and end. A client accepts at
    /// most 8 MiB of results.
    static ServerOutput of(ProgramInfo program, TestProgress progress, IntervalBuffer intervals) {
        CjsonWriter out = CjsonWriter.compact().beginObject();
        writeStart(out, program, progress);
        intervals.writeLast(MAX_SENT_PARTS, out);
        writeEnd(out, progress);
        return new ServerOutput.Json(out.endObject().toString());
    }

    /// Writes the three members that every document has.
    static void writeReport(CjsonWriter out, ProgramInfo program, TestProgress progress, IntervalBuffer intervals) {
        writeStart(out, program, progress);
        intervals.writeTo(out);
        writeEnd(out, progress);
    }

    private static void writeStart(CjsonWriter out, ProgramInfo program, TestProgress progress) {
        out.name("start");
        StartJson.write(out, program, progress);
    }

    private static void writeEnd(CjsonWriter out, TestProgress progress) {
        out.name("end");
        EndJson.write(out, progress);
    }

    /// Returns the key of the output. Output that is declared as JSON but is not JSON is held as
    /// text.
    static String key(ServerOutput output) {
        return switch (output) {
            case ServerOutput.Text _ -> TEXT;
            case ServerOutput.Json(String document) -> PeerJson.parse(document) == null ? TEXT : "server_output_json";
        };
    }

    /// Writes the value of that key.
    static void writeValue(CjsonWriter out, ServerOutput output) {
        switch (output) {
            case ServerOutput.Text(String lines) -> out.string(lines);
            case ServerOutput.Json(String document) -> writeDocument(out, document);
        }
    }

    private static void writeDocument(CjsonWriter out, String document) {
        PeerJson foreign = PeerJson.parse(document);
        if (foreign == null) {
            out.string(document);
        } else {
            foreign.writeTo(out);
        }
    }
}
