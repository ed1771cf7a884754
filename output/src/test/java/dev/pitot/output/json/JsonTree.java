package dev.pitot.output.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parsed JSON object with typed access to its members; of repeated members the last is used.
record JsonTree(Map<String, Object> members, String text) {
    static JsonTree of(String document) {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            parser.nextToken();
            return object(parser, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    JsonTree object(String name) {
        return (JsonTree) required(name);
    }

    @SuppressWarnings("unchecked") // arrays in iperf's documents hold objects only
    List<JsonTree> objects(String name) {
        return (List<JsonTree>) required(name);
    }

    String string(String name) {
        return (String) required(name);
    }

    @Nullable String stringOrNull(String name) {
        return (String) members.get(name);
    }

    boolean bool(String name) {
        return (Boolean) required(name);
    }

    double number(String name) {
        return (Double) required(name);
    }

    long integer(String name) {
        return (long) number(name);
    }

    int small(String name) {
        return (int) number(name);
    }

    long nanos(String name) {
        return Math.round(number(name) * 1e9);
    }

    private Object required(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in " + members.keySet());
        }
        return value;
    }

    private static JsonTree object(JsonParser parser, String document) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, document));
        }
        int end = (int) parser.currentTokenLocation().getCharOffset() + 1;
        return new JsonTree(members, document.substring(start, end));
    }

    private static Object value(JsonParser parser, String document) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, document);
            case START_ARRAY -> {
                var elements = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, document));
                }
                yield elements;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            default -> parser.getDoubleValue();
        };
    }
}
