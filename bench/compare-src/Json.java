import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what iperf3's `-J` prints, without a library: a bench needs no class path.
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// Maps, lists, strings, doubles, booleans and null.
    static Object parse(String text) {
        return new Json(text).value();
    }

    /// The value at a path of keys and of positions in lists; null if there is none.
    static Object get(Object document, Object... path) {
        Object here = document;
        for (Object step : path) {
            here = switch (here) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list -> step instanceof Integer i && i < list.size() ? list.get(i) : null;
                case null, default -> null;
            };
        }
        return here;
    }

    static double number(Object document, Object... path) {
        return get(document, path) instanceof Double value ? value : Double.NaN;
    }

    static List<?> list(Object document, Object... path) {
        return get(document, path) instanceof List<?> list ? list : List.of();
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private Object value() {
        char first = next();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        var members = new LinkedHashMap<String, Object>();
        at++;
        while (next() != '}') {
            String key = string();
            next();
            at++; // the colon
            members.put(key, value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return members;
    }

    private List<Object> array() {
        var items = new ArrayList<>();
        at++;
        while (next() != ']') {
            items.add(value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return items;
    }

    private String string() {
        next();
        var out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            out.append(text.charAt(at));
        }
        at++;
        return out.toString();
    }

    private Object word() {
        int from = at;
        while (at < text.length() && "+-.eE".indexOf(text.charAt(at)) >= 0
                || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> Double.valueOf(word);
        };
    }
}
