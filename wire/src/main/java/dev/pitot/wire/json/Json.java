package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Single access point to the JSON library, configured to keep nothing from one document to the
/// next.
final class Json {
    private static final int MAX_DEPTH = 1000; // cjson.h: CJSON_NESTING_LIMIT

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS) // cJSON accepts them
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE) // cJSON prints \u001f
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Json() {}

    /// Content of a document.
    @FunctionalInterface
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /// Writes a compact document.
    static String write(Content content) {
        var text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            content.writeTo(json);
        } catch (IOException e) { // a StringWriter throws none
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static JsonGenerator generator(Writer target) throws IOException {
        return FACTORY.createGenerator(target);
    }

    /// Returns a parser positioned before the document's first token.
    static JsonParser parser(String document) throws IOException {
        return FACTORY.createParser(document);
    }
}
