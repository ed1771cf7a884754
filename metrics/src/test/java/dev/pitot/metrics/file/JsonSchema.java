package dev.pitot.metrics.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Validator for the subset of JSON Schema 2020-12 that the metrics schema uses. It is stricter in
/// one respect: members that the schema does not name are errors. Unsupported keywords are errors
/// too.
final class JsonSchema {
    private static final Set<String> SAYINGS = Set.of("description", "title", "$schema", "$defs");

    private final Map<String, @Nullable Object> root;

    private JsonSchema(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static JsonSchema ofMetrics() throws IOException {
        Path told = Path.of(System.getProperty("pitot.root", ".."));
        Path file = told.resolve("docs", "metrics-jsonl.schema.json");
        return new JsonSchema(JsonValues.object(Files.readString(file)));
    }

    /// Returns the errors of a line; empty if it is valid.
    List<String> defects(String line) throws IOException {
        return defects(root, JsonValues.object(line), "line");
    }

    private List<String> defects(Map<String, @Nullable Object> schema, @Nullable Object value, String at) {
        List<String> defects = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> rule : schema.entrySet()) {
            Object says = rule.getValue();
            switch (rule.getKey()) {
                case "$ref" -> defects.addAll(defects(definition((String) Objects.requireNonNull(says)), value, at));
                case "oneOf" -> oneOf(list(says), value, at, defects);
                case "type" -> require(isOfType(says, value), at + " is no " + says + ": " + value, defects);
                case "const" -> require(same(says, value), at + " is not " + says + ": " + value, defects);
                case "enum" ->
                    require(list(says).stream().anyMatch(it -> same(it, value)), at + " not in " + says, defects);
                case "minimum" -> require(compare(value, says) >= 0, at + " < " + says + ": " + value, defects);
                case "maximum" -> require(compare(value, says) <= 0, at + " > " + says + ": " + value, defects);
                case "pattern" ->
                    require(
                            value instanceof String text
                                    && Pattern.compile((String) Objects.requireNonNull(says))
                                            .matcher(text)
                                            .find(),
                            at + " does not match: " + value,
                            defects);
                case "required" -> required(list(says), value, at, defects);
                case "properties" -> properties(map(says), value, at, defects);
                case "items" -> items(map(says), value, at, defects);
                default -> require(SAYINGS.contains(rule.getKey()), "unknown keyword " + rule.getKey(), defects);
            }
        }
        return defects;
    }

    private void oneOf(List<@Nullable Object> choices, @Nullable Object value, String at, List<String> defects) {
        List<List<String>> tried =
                choices.stream().map(choice -> defects(map(choice), value, at)).toList();
        long fitting = tried.stream().filter(List::isEmpty).count();
        require(fitting == 1, at + " fits " + fitting + " choices: " + tried, defects);
    }

    private static void required(
            List<@Nullable Object> names, @Nullable Object value, String at, List<String> defects) {
        if (value instanceof Map<?, ?> members) {
            names.forEach(name -> require(members.containsKey(name), at + " lacks " + name, defects));
        }
    }

    private void properties(
            Map<String, @Nullable Object> schemas, @Nullable Object value, String at, List<String> defects) {
        if (value instanceof Map<?, ?>) {
            map(value).forEach((name, member) -> {
                Object schema = schemas.get(name);
                require(schema != null, at + " has an unknown " + name, defects);
                if (schema != null) {
                    defects.addAll(defects(map(schema), member, at + "." + name));
                }
            });
        }
    }

    private void items(Map<String, @Nullable Object> schema, @Nullable Object value, String at, List<String> defects) {
        if (value instanceof List<?>) {
            list(value).forEach(element -> defects.addAll(defects(schema, element, at + "[]")));
        }
    }

    private Map<String, @Nullable Object> definition(String reference) {
        Map<String, @Nullable Object> definitions = map(root.get("$defs"));
        return map(definitions.get(reference.replace("#/$defs/", "")));
    }

    private static boolean isOfType(@Nullable Object types, @Nullable Object value) {
        if (types instanceof List<?> choices) {
            return choices.stream().anyMatch(type -> isOfType(type, value));
        }
        return switch (String.valueOf(types)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof BigDecimal;
            case "integer" ->
                value instanceof BigDecimal number
                        && number.stripTrailingZeros().scale() <= 0;
            case "null" -> value == null;
            default -> throw new AssertionError("unknown type " + types);
        };
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal number && other instanceof BigDecimal another) {
            return number.compareTo(another) == 0;
        }
        return Objects.equals(one, other);
    }

    /// Compares with a bound; a value that is not a number has no bounds.
    private static int compare(@Nullable Object value, @Nullable Object bound) {
        return value instanceof BigDecimal number && bound instanceof BigDecimal limit ? number.compareTo(limit) : 0;
    }

    private static void require(boolean holds, String defect, List<String> defects) {
        if (!holds) {
            defects.add(defect);
        }
    }

    @SuppressWarnings("unchecked") // as the schema is written
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked") // as the schema is written
    private static List<@Nullable Object> list(@Nullable Object value) {
        return (List<@Nullable Object>) Objects.requireNonNull(value);
    }
}
