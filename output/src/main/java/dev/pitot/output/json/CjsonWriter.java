package dev.pitot.output.json;

import java.util.HexFormat;

/// Writes one JSON value the way iperf's cJSON lays it out (cjson.c: cJSON_Print,
/// cJSON_PrintUnformatted). Pretty: one key per line behind tabs, a tab behind the colon,
/// elements of an array on one line. Used by one thread.
///
/// The caller opens and closes in pairs and names every member of an object; nothing checks that.
final class CjsonWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;
    private int depth;
    private boolean first = true; // in the innermost open object or array
    private boolean named; // a name waits for its value

    private CjsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    static CjsonWriter pretty() {
        return new CjsonWriter(true);
    }

    static CjsonWriter compact() {
        return new CjsonWriter(false);
    }

    CjsonWriter beginObject() {
        return open('{');
    }

    CjsonWriter endObject() {
        depth--;
        if (pretty) {
            newLine();
        }
        return close('}');
    }

    CjsonWriter beginArray() {
        return open('[');
    }

    CjsonWriter endArray() {
        depth--;
        return close(']');
    }

    CjsonWriter name(String name) {
        if (!first) {
            text.append(',');
        }
        if (pretty) {
            newLine();
        }
        quote(name);
        text.append(pretty ? ":\t" : ":");
        named = true;
        return this;
    }

    CjsonWriter string(String value) {
        separate();
        quote(value);
        return this;
    }

    /// A literal that is JSON already: a number, `true`, `false` or `null`.
    CjsonWriter literal(String value) {
        separate();
        text.append(value);
        return this;
    }

    CjsonWriter member(String name, String value) {
        return name(name).string(value);
    }

    CjsonWriter member(String name, long value) {
        return name(name).literal(Long.toString(value));
    }

    CjsonWriter member(String name, double value) {
        return name(name).literal(CjsonNumber.of(value));
    }

    CjsonWriter member(String name, boolean value) {
        return name(name).literal(Boolean.toString(value));
    }

    /// All that was written, with a line feed at its end. Nothing can be written after that.
    String endDocument() {
        return text.append('\n').toString();
    }

    /// What was written so far, without a line end.
    @Override
    public String toString() {
        return text.toString();
    }

    private CjsonWriter open(char bracket) {
        separate();
        text.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private CjsonWriter close(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first && !named) {
            text.append(pretty ? ", " : ",");
        }
        first = false;
        named = false;
    }

    private void newLine() {
        text.append('\n').repeat('\t', depth);
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            appendEscaped(value.codePointAt(i));
        }
        text.append('"');
    }

    private void appendEscaped(int c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                // cJSON lets these pass, but terminals obey some of them, and this text may come
                // from a stranger. A parser gets the original.
                if (isPlain(c)) {
                    text.appendCodePoint(c);
                } else {
                    appendNumbers(Character.toChars(c));
                }
            }
        }
    }

    /// Whether a terminal only shows it: the others are control characters, format characters
    /// (which turn the direction of a text, or hide it) and separators of lines.
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private void appendNumbers(char... utf16) {
        for (char unit : utf16) {
            text.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
    }
}
