package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/// Copies a JSON object to compact text; values keep all digits and keys their order.
final class CompactCopy {
    /// Maximum length of the text, in characters. Escapes can make a hostile text six times as long
    /// as its source.
    private static final int MAX_CHARACTERS = 1 << 24;

    private CompactCopy() {}

    /// Copies the object that starts at the current token, up to its end.
    ///
    /// @throws IOException if it is not JSON
    static String of(JsonParser source) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator copy = Json.generator(text)) {
            int depth = 0;
            do {
                JsonToken token = source.currentToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                copy(token, source, copy);
                copy.flush();
                if (text.getBuffer().length() > MAX_CHARACTERS) {
                    throw new IOException("document longer than " + MAX_CHARACTERS + " characters");
                }
            } while (depth > 0 && source.nextToken() != null);
        }
        return text.toString();
    }

    private static void copy(JsonToken token, JsonParser source, JsonGenerator copy) throws IOException {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copy.writeNumber(source.getText()); // exact digits
            default -> copy.copyCurrentEvent(source);
        }
    }
}
