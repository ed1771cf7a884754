package dev.pitot.checks.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A JSON document as a list of the paths of its values, in order: `end.streams[].sender.bytes`.
/// Not-a-number values are rejected.
public final class Document {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();

    private Document() {}

    /// Parses a strict document.
    ///
    /// @throws IOException if it is not JSON, repeats a key, or is followed by anything
    public static Document strict(String json) throws IOException {
        return of(
                json, (JsonFactoryBuilder) JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
    }

    /// Parses a document that may repeat keys.
    public static Document lenient(String json) throws IOException {
        return of(json, (JsonFactoryBuilder) JsonFactory.builder());
    }

    private static Document of(String json, JsonFactoryBuilder builder) throws IOException {
        var document = new Document();
        try (JsonParser parser = builder.build().createParser(json)) {
            document.readValue(parser, parser.nextToken(), "", "");
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one document: " + json);
            }
        }
        return document;
    }

    /// Reads the parser's current value.
    ///
    /// @param path of all values like this one
    /// @param place of this one, with indexes
    private void readValue(JsonParser parser, JsonToken first, String path, String place) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                readValue(parser, parser.nextToken(), member(path, name), member(place, name));
            }
        } else if (first == JsonToken.START_ARRAY) {
            int index = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                readValue(parser, token, path + "[]", place + "[" + index + "]");
                index++;
            }
        } else {
            values.computeIfAbsent(path, _ -> new ArrayList<>()).add(parser.getText());
            places.putIfAbsent(place, parser.getText());
        }
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// All paths, each once, in order of first appearance.
    public Set<String> paths() {
        return new LinkedHashSet<>(values.keySet());
    }

    /// True if a path has a value.
    public boolean has(String path) {
        return values.containsKey(path);
    }

    /// All values of a path.
    public List<String> all(String path) {
        return values.getOrDefault(path, List.of());
    }

    /// All values of a path that holds whole numbers.
    public List<Long> numbers(String path) {
        return all(path).stream().map(Long::valueOf).toList();
    }

    /// The sum of all numbers of a path.
    public long sum(String path) {
        return numbers(path).stream().mapToLong(number -> number).sum();
    }

    /// Returns the number at one place, or 0 if there is none.
    ///
    /// @param place with indexes: `end.streams[1].udp.duplicates`
    public long numberAt(String place) {
        return Long.parseLong(places.getOrDefault(place, "0"));
    }

    /// Returns the number at one place, or 0 if there is none.
    public double decimalAt(String place) {
        return Double.parseDouble(places.getOrDefault(place, "0"));
    }

    /// Returns the text at one place, with indexes; empty if there is none.
    public String textAt(String place) {
        return places.getOrDefault(place, "");
    }

    /// Returns the single value of a path.
    ///
    /// @throws AssertionError with all paths, if there is not exactly one
    public String text(String path) {
        List<String> found = all(path);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " values of " + path + " in " + paths());
        }
        return found.getFirst();
    }

    /// Returns the single whole number of a path.
    public long number(String path) {
        return Long.parseLong(text(path));
    }

    /// Returns the single number of a path.
    public double decimal(String path) {
        return Double.parseDouble(text(path));
    }
}
