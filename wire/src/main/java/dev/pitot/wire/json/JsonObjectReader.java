package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Selected members of one JSON object, under cJSON's rules. Keys are in lower case here.
final class JsonObjectReader {
    /// No members.
    static final JsonObjectReader NONE = new JsonObjectReader(Map.of());

    private static final double BEYOND_LONG = 0x1p63;

    private final Map<String, Value> values;

    private JsonObjectReader(Map<String, Value> values) {
        this.values = values;
    }

    /// Reader of the arrays and objects among the members.
    @FunctionalInterface
    interface Structures {
        /// Skips all.
        Structures SKIP = (_, json) -> json.skipChildren();

        /// Reads one, from its first token (the current one) to its last.
        void read(String key, JsonParser json) throws IOException;
    }

    private sealed interface Value {
        record Numeric(double value) implements Value {}

        record Text(String value) implements Value {}

        record Bool(boolean value) implements Value {}

        record Other() implements Value {}
    }

    /// Reads a whole document. One that is not an object has no members.
    ///
    /// @throws IOException if it is not JSON
    static JsonObjectReader ofDocument(String document, Set<String> keys, Structures structures) throws IOException {
        try (JsonParser json = Json.parser(document)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                throw new IOException("empty document");
            }
            if (first != JsonToken.START_OBJECT) {
                json.skipChildren();
                return NONE;
            }
            return ofObject(json, keys, structures);
        }
    }

    /// Reads the object that starts at the current token, up to its end.
    static JsonObjectReader ofObject(JsonParser json, Set<String> keys, Structures structures) throws IOException {
        Map<String, Value> values = HashMap.newHashMap(keys.size());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName().toLowerCase(Locale.ROOT);
            JsonToken token = json.nextToken();
            if (!keys.contains(key) || values.containsKey(key)) {
                json.skipChildren();
            } else {
                values.put(key, value(key, token, json, structures));
            }
        }
        return new JsonObjectReader(values);
    }

    private static Value value(String key, @Nullable JsonToken token, JsonParser json, Structures structures)
            throws IOException {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Numeric(Double.parseDouble(json.getText()));
            case VALUE_STRING -> new Value.Text(json.getText());
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case START_ARRAY, START_OBJECT -> {
                structures.read(key, json);
                yield new Value.Other();
            }
            case null, default -> new Value.Other(); // null; no other token begins a value
        };
    }

    boolean has(String key) {
        return values.get(key) instanceof Value.Numeric;
    }

    /// Returns a finite number, or null.
    @Nullable Double number(String key) {
        return values.get(key) instanceof Value.Numeric(double value) && Double.isFinite(value) ? value : null;
    }

    /// Returns a number without its fraction, clamped to `long`.
    long whole(String key, long ifAbsent) {
        return values.get(key) instanceof Value.Numeric(double value) ? (long) value : ifAbsent;
    }

    /// Returns a count, null if absent, or −1 if unknown to the sender. Up to 3.13 iperf prints −1
    /// as 18446744073709551615 on some paths, so any value beyond a `long` is −1 as well.
    @Nullable Long count(String key) {
        if (!(values.get(key) instanceof Value.Numeric(double value))) {
            return null;
        }
        return value >= BEYOND_LONG ? -1L : (long) value;
    }

    @Nullable String text(String key) {
        return values.get(key) instanceof Value.Text(String value) ? value : null;
    }

    boolean isTrue(String key) {
        return values.get(key) instanceof Value.Bool(boolean value) && value;
    }
}
