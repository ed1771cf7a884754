package dev.pitot.output.json;

import java.util.HexFormat;

/// Writes one JSON value in the layout of iperf's cJSON (cjson.c: cJSON_Print,
/// cJSON_PrintUnformatted). Pretty layout: one key per line after tabs, a tab after the colon,
/// elements of an array on one line. Used by one thread.
///
/// The caller must balance begin and end calls and name every member of an object; this is not
/// checked.
final class CjsonWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;
    private int depth;
    private boolean first = true; // no element yet in the innermost open object or array
    private boolean named; // a name was written, its value not yet

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

    /// Writes a JSON literal: a number, `true`, `false` or `null`.
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

    /// Returns the text written, with a line feed at the end. Nothing may be written after that.
    String endDocument() {
        return text.append('\n').toString();
    }

    /// Returns the text written so far, without a line end.
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
                // cJSON writes these as they are, but some of them control a terminal, and this
                // text may come from an untrusted peer. A parser restores the original.
                if (isPlain(c)) {
                    text.appendCodePoint(c);
                } else {
                    appendNumbers(Character.toChars(c));
                }
            }
        }
    }

    /// True if a terminal only displays the character: the others are control characters, format
    /// characters (which change the direction of text, or hide it) and line separators.
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
