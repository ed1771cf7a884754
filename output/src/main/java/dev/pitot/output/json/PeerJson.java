package dev.pitot.output.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON document received from the other end, reformatted. Numbers keep their original spelling. Of
/// members with the same name in one object (iperf 3.21 servers repeat `target_bitrate`) only the
/// first is kept.
public final class PeerJson {
    private final String document;

    private PeerJson(String document) {
        this.document = document;
    }

    /// Returns the document in cJSON's pretty layout, or unchanged if it is not a JSON object.
    public static String pretty(String document) {
        PeerJson foreign = parse(document);
        if (foreign == null) {
            return document;
        }
        CjsonWriter out = CjsonWriter.pretty();
        foreign.writeTo(out);
        return out.toString();
    }

    /// Parses a document. Returns null if the text is not a JSON object or is nested too deeply.
    static @Nullable PeerJson parse(String document) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            parser.skipChildren(); // reads to the matching brace, or fails
            return parser.nextToken() == null ? new PeerJson(document) : null;
        } catch (IOException _) { // not JSON: the answer is null
            return null;
        }
    }

    void writeTo(CjsonWriter out) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            copy(parser, out);
        } catch (IOException e) {
            throw new IllegalStateException("was readable before", e);
        }
    }

    private static void copy(JsonParser parser, CjsonWriter out) throws IOException {
        Deque<Set<String>> names = new ArrayDeque<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    names.push(new HashSet<>());
                    out.beginObject();
                }
                case END_OBJECT -> {
                    names.pop();
                    out.endObject();
                }
                case START_ARRAY -> out.beginArray();
                case END_ARRAY -> out.endArray();
                case FIELD_NAME -> copyName(parser, names.element(), out);
                case VALUE_STRING -> out.string(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                    out.literal(parser.getText());
                case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("not from a text: " + token);
            }
        }
    }

    private static void copyName(JsonParser parser, Set<String> seen, CjsonWriter out) throws IOException {
        if (seen.add(parser.currentName())) {
            out.name(parser.currentName());
        } else {
            parser.nextToken();
            parser.skipChildren();
        }
    }
}
