package dev.pitot.checks.golden;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Shape of JSON documents: one line per value, with its path and its type. The value itself is kept if
/// every run of the same test has the same. Consecutive equal elements of `intervals` count as one, and
/// so do equal documents. Of a repeated key, the last one counts, as in most parsers. What Pitot adds under
/// its own key is left out: no recording has it.
final class JsonShape {
    private static final String OWN_KEY = "pitot";
    private static final Set<String> TELLING_STRINGS =
            Set.of("event", "protocol", "error", "title", "extra_data", "filename", "connecting_to.host", "data");

    private static final Set<String> CHANGING_NUMBERS = Set.of("duration", "interval");
    private static final Pattern LOOPBACK_MSS =
            Pattern.compile("327\\d\\d"); // half of its MTU, with or without headers
    private static final Pattern DOCUMENT_START = Pattern.compile("^\\{", Pattern.MULTILINE);

    private final JsonParser parser;

    private JsonShape(JsonParser parser) {
        this.parser = parser;
    }

    /// Returns the shape of all documents in a text.
    ///
    /// @throws IOException if any part of it is not JSON
    static List<String> of(String text) throws IOException {
        List<List<String>> documents = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            var shape = new JsonShape(parser);
            while (parser.nextToken() != null) {
                documents.add(shape.value(""));
            }
        }
        return joined(documents, "----");
    }

    /// Returns the stray text before the first document.
    static String pollution(String text) {
        var start = DOCUMENT_START.matcher(text);
        return start.find() ? text.substring(0, start.start()) : text;
    }

    private static List<String> joined(List<List<String>> parts, String separator) {
        List<String> joined = new ArrayList<>();
        List<String> last = List.of();
        for (List<String> part : parts) {
            if (!part.equals(last)) {
                if (!joined.isEmpty() && !separator.isEmpty()) {
                    joined.add(separator);
                }
                joined.addAll(part);
            }
            last = part;
        }
        return joined;
    }

    /// Reads the parser's current value.
    private List<String> value(String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(path);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(path);
        }
        if (token == JsonToken.VALUE_STRING) {
            return string(path);
        }
        if (token.isNumeric()) {
            return List.of(path + ": number" + setting(path, parser.getText()));
        }
        return List.of(path + ": " + parser.getText());
    }

    /// Client options are the same in every run, except the duration that these tests set and values
    /// that depend on the path.
    private static String setting(String path, String number) {
        if (!path.contains("test_start.") || CHANGING_NUMBERS.contains(lastName(path))) {
            return "";
        }
        return LOOPBACK_MSS.matcher(number).matches() ? " (MSS)" : " " + number;
    }

    private List<String> object(String path) throws IOException {
        Map<String, List<String>> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.remove(name);
            if (name.equals(OWN_KEY)) {
                parser.skipChildren();
            } else {
                members.put(name, value(path.isEmpty() ? name : path + "." + name));
            }
        }
        return members.isEmpty()
                ? List.of(path + ": {}")
                : members.values().stream().flatMap(List::stream).toList();
    }

    private List<String> array(String path) throws IOException {
        boolean isFolded = lastName(path).equals("intervals");
        List<List<String>> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(path + (isFolded ? "[]" : "[" + elements.size() + "]")));
        }
        if (elements.isEmpty()) {
            return List.of(path + ": []");
        }
        return isFolded
                ? joined(elements, "")
                : elements.stream().flatMap(List::stream).toList();
    }

    private List<String> string(String path) throws IOException {
        String name = lastName(path);
        String text = parser.getText();
        if (name.equals("server_output_text") || (name.equals("data") && text.contains("\n"))) {
            return TextShape.of(text).stream().map(line -> path + "| " + line).toList();
        }
        boolean isTelling = TELLING_STRINGS.contains(name);
        return List.of(path + ": string" + (isTelling ? " " + text : ""));
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
