package dev.pitot.output.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON object (RFC 8259) on one line, made of strings, numbers, booleans, lists, objects, and
/// null for unknown values. For Pitot's own records; iperf's documents are written by
/// [CjsonWriter]. Used by one thread.
public final class JsonObjectWriter {
    private static final MathContext DIGITS = new MathContext(9);

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /// Adds a member, or replaces it.
    ///
    /// @param value a JsonObjectWriter, a Long, an Integer, a Double (rounded to nine digits), a BigDecimal
    ///     (all its digits), a Boolean, a List of any of these, or any other object, whose
    ///     `toString` is written as a string; null and a Double that is not finite become null
    public JsonObjectWriter put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            write(json, member.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case JsonObjectWriter object -> object.write(json);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number when !Double.isFinite(number) -> json.writeNull();
            case Double number ->
                json.writeNumber(new BigDecimal(number)
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString());
            case BigDecimal number -> json.writeNumber(number.toPlainString());
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> elements -> write(json, elements);
            default -> json.writeString(value.toString());
        }
    }

    private static void write(JsonGenerator json, List<?> elements) throws IOException {
        json.writeStartArray();
        for (Object element : elements) {
            write(json, element);
        }
        json.writeEndArray();
    }

    /// Returns the object without a line end.
    @Override
    public String toString() {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be written", e);
        }
        return text.toString();
    }
}
