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

/// Reads as much of a JSON document as is complete, for example of one whose writer was killed.
///
/// Values are those of [DocumentReader]. A number, text or truth is complete when the next
/// member or element has begun or the last has ended. Of an object or array that is cut, what
/// is complete is kept, but not an object that is an element of an array: half an interval is
/// none. Behind the first error nothing is read.
public final class PartialReader {
    private final JsonParser parser;
    private final int mostValues;
    private int values;
    private boolean isCut;

    private PartialReader(JsonParser parser, int mostValues) {
        this.parser = parser;
        this.mostValues = mostValues;
    }

    /// What was read of a document of which not more may be kept than fits.
    ///
    /// @param members what is complete
    /// @param isTooLarge whether the document has more values than may be read
    public record Part(Map<String, Object> members, boolean isTooLarge) {
        /// Makes the members unmodifiable.
        public Part {
            members = Collections.unmodifiableMap(members);
        }
    }

    /// What is complete of the object that a text begins with; empty if it begins with none.
    public static Map<String, Object> read(String document) {
        return read(document, Integer.MAX_VALUE).members();
    }

    /// The same of a document of others, which may consist of nothing but empty values: each
    /// takes far more room than its characters.
    ///
    /// @param mostValues how many are read, objects, arrays and what is in them; the document
    ///     counts as cut before the next one
    public static Part read(String document, int mostValues) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            var reader = new PartialReader(parser, mostValues);
            Map<String, Object> members = reader.next() == JsonToken.START_OBJECT ? reader.object() : Map.of();
            return new Part(members, reader.values > mostValues);
        } catch (IOException e) {
            throw new IllegalStateException("closing a text failed", e);
        }
    }

    /// The next token; null at the end and from the first error on.
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
