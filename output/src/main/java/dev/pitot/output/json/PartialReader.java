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

/// Reads the complete part of a truncated JSON document, for example one whose writer was killed.
///
/// Values are those of [DocumentReader]. A number, string or boolean is complete when the next
/// member or element has begun or the enclosing object or array has ended. The complete members of
/// a truncated object or array are kept, except if the object is an element of an array: an
/// incomplete interval is dropped. Nothing is read after the first error.
public final class PartialReader {
    private final JsonParser parser;
    private final int mostValues;
    private int values;
    private boolean isCut;

    private PartialReader(JsonParser parser, int mostValues) {
        this.parser = parser;
        this.mostValues = mostValues;
    }

    /// Result of reading a document with a limit on the number of values.
    ///
    /// @param members complete members
    /// @param isTooLarge true if the document has more values than the limit
    public record Part(Map<String, Object> members, boolean isTooLarge) {
        /// Makes the members unmodifiable.
        public Part {
            members = Collections.unmodifiableMap(members);
        }
    }

    /// Returns the complete members of the object that a text begins with; empty if it does not
    /// begin with an object.
    public static Map<String, Object> read(String document) {
        return read(document, Integer.MAX_VALUE).members();
    }

    /// Reads an untrusted document with a limit: it may consist of empty values only, each of which
    /// takes far more memory than its characters.
    ///
    /// @param mostValues limit on the values read: objects, arrays and what they contain; the
    ///     document counts as truncated before the next one
    public static Part read(String document, int mostValues) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            var reader = new PartialReader(parser, mostValues);
            Map<String, Object> members = reader.next() == JsonToken.START_OBJECT ? reader.object() : Map.of();
            return new Part(members, reader.values > mostValues);
        } catch (IOException e) {
            throw new IllegalStateException("closing a text failed", e);
        }
    }

    /// Returns the next token; null at the end and after the first error.
    private @Nullable JsonToken next() {
        try {
            JsonToken token = isCut ? null : parser.nextToken();
            if (token != null && (token.isScalarValue() || token.isStructStart())) {
                values++;
            }
            isCut |= token == null || values > mostValues;
            return isCut ? null : token;
        } catch (IOException _) {
            isCut = true;
            return null;
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        JsonToken token = next();
        while (token == JsonToken.FIELD_NAME) {
            String name = name();
            JsonToken first = next();
            Object value = first == null ? null : value(first);
            boolean isNested = value instanceof Map || value instanceof List;
            token = next();
            if (value != null && (token != null || isNested)) {
                members.putIfAbsent(name, value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array() {
        List<Object> values = new ArrayList<>();
        JsonToken token = next();
        while (token != null && token != JsonToken.END_ARRAY) {
            Object value = value(token);
            boolean isWhole = !isCut && (value instanceof Map || value instanceof List);
            token = next();
            if (value != null && (token != null || isWhole)) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(token);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> null;
        };
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException _) {
            isCut = true;
            return "";
        }
    }

    private @Nullable Object scalar(JsonToken token) {
        try {
            if (token == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return parser.getLongValue();
            }
            double number = parser.getDoubleValue();
            return Double.isFinite(number) ? number : null;
        } catch (IOException _) {
            isCut = true;
            return null;
        }
    }
}
