package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/// A JSON object as compact text: what it says is kept to the last digit, and so is the order of
/// its keys.
final class CompactCopy {
    /// Longest text that is kept, in characters. Escapes can make a hostile text six times as
    /// long as its source.
    private static final int MAX_CHARACTERS = 1 << 24;

    private CompactCopy() {}

    /// Copies the object whose start is the current token, up to its end.
    ///
    /// @throws IOException if it is no JSON
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
                    throw new IOException("a document of more than " + MAX_CHARACTERS + " characters");
                }
            } while (depth > 0 && source.nextToken() != null);
        }
        return text.toString();
    }

    private static void copy(JsonToken token, JsonParser source, JsonGenerator copy) throws IOException {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copy.writeNumber(source.getText()); // digit by digit
            default -> copy.copyCurrentEvent(source);
        }
    }
}
