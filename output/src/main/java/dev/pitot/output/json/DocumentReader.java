package dev.pitot.output.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a JSON document, such as [JsonReporter] writes, into maps and lists.
///
/// An object is a `Map<String, Object>` in the order of the text, an array a `List<Object>`, both
/// unmodifiable; a whole number is a `Long`, any other a `Double` (also a whole one beyond 64
/// bits), a string a `String`, a boolean a `Boolean`. `null`, which cJSON writes for a number that
/// is not finite, is left out, as is a number too large for a `Double`. Of members with the same
/// name in one object the first is kept. Jackson's limits apply: 1000 levels of nesting, strings of
/// 20 million characters.
public final class DocumentReader {
    private final JsonParser parser;

    private final boolean areNumbersAsWritten;

    private DocumentReader(JsonParser parser, boolean areNumbersAsWritten) {
        this.parser = parser;
        this.areNumbersAsWritten = areNumbersAsWritten;
    }

    /// Parses a text that holds one JSON object.
    ///
    /// @throws IllegalArgumentException if the text is not one JSON object and nothing else
    public static Map<String, Object> read(String document) {
        return read(document, false);
    }

    /// Parses such a text and gives each number as a `String`, to the letter.
    ///
    /// @throws IllegalArgumentException if the text is not one JSON object and nothing else
    public static Map<String, Object> readWithNumbersAsWritten(String document) {
        return read(document, true);
    }

    private static Map<String, Object> read(String document, boolean areNumbersAsWritten) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            Map<String, Object> object = new DocumentReader(parser, areNumbersAsWritten).object();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON object");
            }
            return object;
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Object value = value(parser.nextToken());
            if (value != null) {
                members.putIfAbsent(name, value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array() throws IOException {
        List<Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = value(token);
            if (value != null) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> areNumbersAsWritten ? parser.getText() : integer();
            case VALUE_NUMBER_FLOAT -> areNumbersAsWritten ? parser.getText() : finite(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("not the start of a value: " + token);
        };
    }

    private @Nullable Object integer() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return finite(parser.getDoubleValue());
        }
        return parser.getLongValue();
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
