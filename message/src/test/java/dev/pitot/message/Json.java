package dev.pitot.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of this package's test resources: objects are maps in order, whole numbers are
/// [Long], others [Double].
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Json.class.getResourceAsStream(name), name)) {
            return Objects.requireNonNull(new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)).value());
        }
    }

    static Map<?, ?> object(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    static String string(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }

    private @Nullable Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            String key = string();
            skip(':');
            object.put(key, value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return object;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        while (next() != ']') {
            list.add(value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return list;
    }

    private String string() {
        skip('"');
        int end = text.indexOf('"', at);
        String string = text.substring(at, end);
        if (string.contains("\\")) {
            throw new IllegalStateException("no resource has escapes: " + string);
        }
        at = end + 1;
        return string;
    }

    private @Nullable Object word() {
        int start = at;
        while (at < text.length() && ",]}\n ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> word.contains(".") ? (Object) Double.valueOf(word) : (Object) Long.valueOf(word);
        };
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void skip(char expected) {
        if (next() != expected) {
            throw new IllegalStateException("expected " + expected + " at " + at);
        }
        at++;
    }
}
