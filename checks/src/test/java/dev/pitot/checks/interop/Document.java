package dev.pitot.checks.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A JSON document as the paths of its values, in their order: `end.streams[].sender.bytes`.
/// Reads strictly: duplicate keys and numbers that are none are refused.
final class Document {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Document() {}

    /// A document as it should be.
    ///
    /// @throws IOException if it is no JSON, repeats a key, or is followed by anything
    static Document strict(String json) throws IOException {
        return of(
                json, (JsonFactoryBuilder) JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
    }

    /// A document that may repeat keys.
    static Document lenient(String json) throws IOException {
        return of(json, (JsonFactoryBuilder) JsonFactory.builder());
    }

    private static Document of(String json, JsonFactoryBuilder builder) throws IOException {
        var document = new Document();
        try (JsonParser parser = builder.build().createParser(json)) {
            document.read(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one document: " + json);
            }
        }
        return document;
    }

    private void read(JsonParser parser) throws IOException {
        readValue(parser, parser.nextToken(), "");
    }

    private void readValue(JsonParser parser, JsonToken first, String path) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            String prefix = path.isEmpty() ? "" : path + ".";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                readValue(parser, parser.nextToken(), prefix + name);
            }
        } else if (first == JsonToken.START_ARRAY) {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                readValue(parser, token, path + "[]");
            }
        } else {
            values.computeIfAbsent(path, _ -> new ArrayList<>()).add(parser.getText());
        }
    }

    /// All paths, each once, in the order of their first appearance.
    Set<String> paths() {
        return new LinkedHashSet<>(values.keySet());
    }

    /// All values of a path.
    List<String> all(String path) {
        return values.getOrDefault(path, List.of());
    }

    /// The one value of a path.
    String text(String path) {
        List<String> found = all(path);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " values of " + path + " in " + paths());
        }
        return found.getFirst();
    }

    /// The one number of a path.
    long number(String path) {
        return Long.parseLong(text(path));
    }
}
