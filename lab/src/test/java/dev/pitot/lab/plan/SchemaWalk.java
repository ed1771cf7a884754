package dev.pitot.lab.plan;

import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Table;
import dev.pitot.lab.plan.Item.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of JSON Schema 2020-12 as the schema of plans uses. A keyword that is not known here
/// is a defect.
final class SchemaWalk {
    private static final Set<String> SAYINGS = Set.of("description", "title", "$schema", "$defs");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final Table root;

    /// @param schema JSON, which is YAML, too
    SchemaWalk(String schema) {
        root = (Table) item(schema);
    }

    static Item item(String text) {
        var problems = new Problems("schema");
        Item item = YamlText.read(text, problems);
        if (item == null || !problems.isEmpty()) {
            throw new AssertionError("this is not to be read: " + text);
        }
        return item;
    }

    /// A definition, or the root for an empty name.
    Table definition(String name) {
        return name.isEmpty() ? root : (Table) value((Table) value(root, "$defs"), name);
    }

    static Item value(Table table, String key) {
        Entry entry = table.entry(key);
        if (entry == null) {
            throw new AssertionError("there is no " + key);
        }
        return entry.value();
    }

    static List<String> texts(Item rows) {
        return ((Rows) rows).items().stream().map(SchemaWalk::text).toList();
    }

    private static String text(Item item) {
        return ((Text) item).text();
    }

    List<String> defects(Item value) {
        List<String> defects = new ArrayList<>();
        walk(root, value, "plan", defects);
        return defects;
    }

    private void walk(Table schema, Item value, String at, List<String> defects) {
        for (Entry rule : schema.entries()) {
            Item says = rule.value();
            switch (rule.key()) {
                case "$ref" -> walk(definition(text(says).replace("#/$defs/", "")), value, at, defects);
                case "anyOf" -> anyOf((Rows) says, value, at, defects);
                case "type" -> require(isOfType(says, value), at + " is no " + says, defects);
                case "enum" ->
                    require(
                            value instanceof Text it && texts(says).contains(it.text()),
                            at + " not in " + says,
                            defects);
                case "minimum" -> require(number(value) >= number(says), at + " too small", defects);
                case "maximum" -> require(number(value) <= number(says), at + " too large", defects);
                case "minItems" -> require(size(value) >= number(says), at + " too short", defects);
                case "maxItems" -> require(size(value) <= number(says), at + " too long", defects);
                case "pattern" ->
                    require(
                            !(value instanceof Text it)
                                    || Pattern.compile(text(says))
                                            .matcher(it.text())
                                            .find(),
                            at + " does not match",
                            defects);
                case "required" ->
                    texts(says)
                            .forEach(key -> require(
                                    value instanceof Table it && it.entry(key) != null, at + " lacks " + key, defects));
                case "properties" -> properties((Table) says, value, at, defects);
                case "additionalProperties" -> others(schema, says, value, at, defects);
                case "propertyNames" -> {
                    if (value instanceof Table table) {
                        table.entries()
                                .forEach(entry -> walk(
                                        (Table) says,
                                        new Text(entry.place(), entry.key(), false),
                                        at + " key",
                                        defects));
                    }
                }
                case "items" -> {
                    if (value instanceof Rows rows) {
                        rows.items().forEach(item -> walk((Table) says, item, at + "[]", defects));
                    }
                }
                default -> require(SAYINGS.contains(rule.key()), "unknown keyword " + rule.key(), defects);
            }
        }
    }

    private void anyOf(Rows choices, Item value, String at, List<String> defects) {
        List<List<String>> tried = new ArrayList<>();
        for (Item choice : choices.items()) {
            List<String> found = new ArrayList<>();
            walk((Table) choice, value, at, found);
            tried.add(found);
        }
        long fitting = tried.stream().filter(List::isEmpty).count();
        require(fitting > 0, at + " fits " + fitting + " choices: " + tried, defects);
    }

    private void properties(Table says, Item value, String at, List<String> defects) {
        if (value instanceof Table table) {
            for (Entry entry : table.entries()) {
                Entry rule = says.entry(entry.key());
                if (rule != null) {
                    walk((Table) rule.value(), entry.value(), at + "." + entry.key(), defects);
                }
            }
        }
    }

    private void others(Table schema, Item says, Item value, String at, List<String> defects) {
        @Nullable Entry known = schema.entry("properties");
        if (value instanceof Table table) {
            for (Entry entry : table.entries()) {
                if (known == null || ((Table) known.value()).entry(entry.key()) == null) {
                    if (says instanceof Table rule) {
                        walk(rule, entry.value(), at + "." + entry.key(), defects);
                    } else {
                        defects.add(at + " has an unknown " + entry.key());
                    }
                }
            }
        }
    }

    private static boolean isOfType(Item types, Item value) {
        if (types instanceof Rows choices) {
            return choices.items().stream().anyMatch(type -> isOfType(type, value));
        }
        String type = text(types);
        if (!(value instanceof Text it)) {
            return type.equals(value instanceof Rows ? "array" : "object");
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
    private static double number(Item item) {
        return item instanceof Text it && NUMBER.matcher(it.text()).matches() ? Double.parseDouble(it.text()) : 0;
    }

    private static int size(Item item) {
        return item instanceof Rows rows ? rows.items().size() : 0;
    }

    private static void require(boolean holds, String defect, List<String> defects) {
        if (!holds) {
            defects.add(defect);
        }
    }
}
