package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of JSON Schema 2020-12 as the schema of plans uses. A keyword that is not known here
/// is a defect.
final class SchemaWalk {
    private static final Set<String> SAYINGS = Set.of("description", "title", "$schema", "$defs");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final Mapping root;

    /// @param schema JSON, which is YAML, too
    SchemaWalk(String schema) {
        root = (Mapping) item(schema);
    }

    static PlanValue item(String text) {
        var diagnostics = new Diagnostics("schema");
        try {
            PlanValue item = YamlText.read(text, diagnostics);
            diagnostics.throwIfAny();
            return Objects.requireNonNull(item);
        } catch (PlanException e) {
            throw new AssertionError("this is not to be read: " + text, e);
        }
    }

    /// A definition, or the root for an empty name.
    Mapping definition(String name) {
        return name.isEmpty() ? root : (Mapping) value((Mapping) value(root, "$defs"), name);
    }

    static PlanValue value(Mapping table, String key) {
        Entry entry = table.entry(key);
        if (entry == null) {
            throw new AssertionError("there is no " + key);
        }
        return entry.value();
    }

    static List<String> texts(PlanValue rows) {
        return ((Sequence) rows).items().stream().map(SchemaWalk::text).toList();
    }

    private static String text(PlanValue item) {
        return ((Scalar) item).text();
    }

    List<String> defects(PlanValue value) {
        List<String> defects = new ArrayList<>();
        walk(root, value, "plan", defects);
        return defects;
    }

    private void walk(Mapping schema, PlanValue value, String at, List<String> defects) {
        for (Entry rule : schema.entries()) {
            PlanValue says = rule.value();
            switch (rule.key()) {
                case "$ref" -> walk(definition(text(says).replace("#/$defs/", "")), value, at, defects);
                case "anyOf" -> anyOf((Sequence) says, value, at, defects);
                case "type" -> require(isOfType(says, value), at + " is no " + says, defects);
                case "enum" ->
                    require(
                            value instanceof Scalar it && texts(says).contains(it.text()),
                            at + " not in " + says,
                            defects);
                case "minimum" -> require(number(value) >= number(says), at + " too small", defects);
                case "maximum" -> require(number(value) <= number(says), at + " too large", defects);
                case "minItems" -> require(size(value) >= number(says), at + " too short", defects);
                case "maxItems" -> require(size(value) <= number(says), at + " too long", defects);
                case "pattern" ->
                    require(
                            !(value instanceof Scalar it)
                                    || Pattern.compile(text(says))
                                            .matcher(it.text())
                                            .find(),
                            at + " does not match",
                            defects);
                case "required" ->
                    texts(says)
                            .forEach(key -> require(
                                    value instanceof Mapping it && it.entry(key) != null,
                                    at + " lacks " + key,
                                    defects));
                case "properties" -> properties((Mapping) says, value, at, defects);
                case "additionalProperties" -> others(schema, says, value, at, defects);
                case "propertyNames" -> {
                    if (value instanceof Mapping table) {
                        table.entries()
                                .forEach(entry -> walk(
                                        (Mapping) says,
                                        new Scalar(entry.place(), entry.key(), false),
                                        at + " key",
                                        defects));
                    }
                }
                case "items" -> {
                    if (value instanceof Sequence rows) {
                        rows.items().forEach(item -> walk((Mapping) says, item, at + "[]", defects));
                    }
                }
                default -> require(SAYINGS.contains(rule.key()), "unknown keyword " + rule.key(), defects);
            }
        }
    }

    private void anyOf(Sequence choices, PlanValue value, String at, List<String> defects) {
        List<List<String>> tried = new ArrayList<>();
        for (PlanValue choice : choices.items()) {
            List<String> found = new ArrayList<>();
            walk((Mapping) choice, value, at, found);
            tried.add(found);
        }
        long fitting = tried.stream().filter(List::isEmpty).count();
        require(fitting > 0, at + " fits " + fitting + " choices: " + tried, defects);
    }

    private void properties(Mapping says, PlanValue value, String at, List<String> defects) {
        if (value instanceof Mapping table) {
            for (Entry entry : table.entries()) {
                Entry rule = says.entry(entry.key());
                if (rule != null) {
                    walk((Mapping) rule.value(), entry.value(), at + "." + entry.key(), defects);
                }
            }
        }
    }

    private void others(Mapping schema, PlanValue says, PlanValue value, String at, List<String> defects) {
        @Nullable Entry known = schema.entry("properties");
        if (value instanceof Mapping table) {
            for (Entry entry : table.entries()) {
                if (known == null || ((Mapping) known.value()).entry(entry.key()) == null) {
                    if (says instanceof Mapping rule) {
                        walk(rule, entry.value(), at + "." + entry.key(), defects);
                    } else {
                        defects.add(at + " has an unknown " + entry.key());
                    }
                }
            }
        }
    }

    private static boolean isOfType(PlanValue types, PlanValue value) {
        if (types instanceof Sequence choices) {
            return choices.items().stream().anyMatch(type -> isOfType(type, value));
        }
        String type = text(types);
        if (!(value instanceof Scalar it)) {
            return type.equals(value instanceof Sequence ? "array" : "object");
        }
        boolean isNumber = it.isPlain() && NUMBER.matcher(it.text()).matches();
        boolean isBoolean = it.isTrue() || it.isFalse();
        return switch (type) {
            case "string" -> !isNumber && !isBoolean;
            case "boolean" -> isBoolean;
            case "number" -> isNumber;
            case "integer" -> isNumber && INTEGER.matcher(it.text()).matches();
            default -> false;
        };
    }

    /// What is no number has no bounds.
    private static double number(PlanValue item) {
        return item instanceof Scalar it && NUMBER.matcher(it.text()).matches() ? Double.parseDouble(it.text()) : 0;
    }

    private static int size(PlanValue item) {
        return item instanceof Sequence rows ? rows.items().size() : 0;
    }

    private static void require(boolean holds, String defect, List<String> defects) {
        if (!holds) {
            defects.add(defect);
        }
    }
}
