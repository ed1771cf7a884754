package dev.pitot.metrics.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pitot.metrics.record.PlainNumber;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object on one line, member by member. Numbers have no exponent; non-finite and
/// absent numbers are null. The text is printable ASCII.
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    /// Characters after this one are escaped: some control terminals, and some are line ends to
    /// some readers.
    private static final char LAST_PLAIN = '~';

    private final StringWriter text = new StringWriter();
    private final JsonGenerator generator;

    /// Call of the generator. It writes to memory, so the exception is never thrown.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private JsonLine() {
        try {
            generator = FACTORY.createGenerator(text).setHighestNonEscapedChar(LAST_PLAIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns a line with its line feed.
    static String of(Consumer<JsonLine> members) {
        var line = new JsonLine();
        line.step(line.generator::writeStartObject);
        members.accept(line);
        line.step(line.generator::writeEndObject);
        line.step(line.generator::close);
        return line.text + "\n";
    }

    JsonLine string(String name, @Nullable String value) {
        return step(() -> generator.writeStringField(name, value)); // null is written as JSON null
    }

    JsonLine bool(String name, boolean value) {
        return step(() -> generator.writeBooleanField(name, value));
    }

    JsonLine integer(String name, long value) {
        return step(() -> generator.writeNumberField(name, value));
    }

    JsonLine time(String name, Instant value) {
        return plain(name, PlainNumber.unixSeconds(value));
    }

    JsonLine number(String name, @Nullable Number value) {
        if (value instanceof Long whole) {
            return integer(name, whole);
        }
        if (value == null || !Double.isFinite(value.doubleValue())) {
            return step(() -> generator.writeNullField(name));
        }
        return plain(name, PlainNumber.text(value.doubleValue()));
    }

    JsonLine numbers(List<Field> fields) {
        fields.forEach(field -> number(field.name(), field.value()));
        return this;
    }

    private JsonLine plain(String name, String digits) {
        step(() -> generator.writeFieldName(name));
        return step(() -> generator.writeNumber(digits));
    }

    /// Writes a nested object, or null if there is no value.
    <T> JsonLine object(String name, @Nullable T value, Consumer<T> members) {
        if (value == null) {
            return step(() -> generator.writeNullField(name));
        }
        step(() -> generator.writeObjectFieldStart(name));
        members.accept(value);
        return step(generator::writeEndObject);
    }

    <T> JsonLine objects(String name, List<T> values, Consumer<T> members) {
        step(() -> generator.writeArrayFieldStart(name));
        for (T value : values) {
            step(generator::writeStartObject);
            members.accept(value);
            step(generator::writeEndObject);
        }
        return step(generator::writeEndArray);
    }

    private JsonLine step(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
