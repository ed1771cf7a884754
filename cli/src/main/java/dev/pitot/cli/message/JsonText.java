package dev.pitot.cli.message;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON object (RFC 8259) in the making: texts, numbers, objects, and null for what is not
/// known. Used by one thread.
final class JsonText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DIGITS = 9;

    private final Map<String, String> members = new LinkedHashMap<>();

    JsonText put(String name, @Nullable Object value) {
        members.put(name, value == null ? "null" : text(value));
        return this;
    }

    private static String text(Object value) {
        return switch (value) {
            case JsonText object -> object.toString();
            case Long number -> Long.toString(number);
            case Integer number -> Integer.toString(number);
            case Double number -> real(number);
            default -> quoted(value.toString());
        };
    }

    private static String real(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .round(new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toPlainString()
                : "null";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter < FIRST_PRINTABLE || Character.isSurrogate(letter)) {
                quoted.append("\\u%04x".formatted((int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        var object = new StringBuilder("{");
        members.forEach((name, value) -> object.append(object.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value));
        return object.append('}').toString();
    }
}
