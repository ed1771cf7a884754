package dev.pitot.lab.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The JSON Schema of plans and the tables of docs/lab-plan.md, as [PlanKeys] has them. With the
/// system property `pitot.write` they are written, else only compared.
final class KeyDocuments {
    private static final Pattern MARKS = Pattern.compile("<!-- keys: ([a-z0-9]+) -->\\n(?s:.*?)<!-- end -->");

    private KeyDocuments() {}

    /// Writes a file anew if that was asked for.
    static void keep(Path file) throws IOException {
        if (System.getProperty("pitot.write") != null) {
            Files.writeString(file, file.toString().endsWith(".json") ? schema() : page(Files.readString(file)));
        }
    }

    /// A page with its tables as they should be.
    static String page(String text) {
        return MARKS.matcher(text)
                .replaceAll(it -> Matcher.quoteReplacement("<!-- keys: " + it.group(1) + " -->\n"
                        + table(PlanKeys.valueOf(it.group(1).toUpperCase(Locale.ROOT))) + "<!-- end -->"));
    }

    private static String table(PlanKeys table) {
        return "| key | type | default | |\n|---|---|---|---|\n"
                + table.keys().stream()
                        .map(key -> "| `" + key.name() + "` | " + key.type().shown() + " | "
                                + (key.isNeeded() ? "needed" : usual(key)) + " | " + key.text() + " |\n")
                        .collect(Collectors.joining())
                        .replace("|  |", "| |");
    }

    private static String usual(PlanKeys.Key key) {
        boolean isWord =
                key.type() instanceof KeyType.Choice<?> choice && choice.known().contains(key.usual());
        return isWord ? "`" + key.usual() + "`" : key.usual();
    }

    /// The schema, without spaces at the ends of lines.
    static String schema() {
        List<String> tables = new ArrayList<>();
        tables.add("\"duration\": {\"description\": \"seconds, or a text such as 1.5 s, 500 ms, 2 h 10 min\","
                + " \"type\": [\"number\", \"string\"], \"minimum\": 0}");
        for (PlanKeys table : PlanKeys.values()) {
            if (table != PlanKeys.PLAN) {
                tables.add(quoted(table.word()) + ": {\"type\": \"object\", " + members(table) + "}");
            }
        }
        return "{\n\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                + "\"title\": \"A plan of pitot lab\",\n\"type\": \"object\",\n"
                + members(PlanKeys.PLAN) + ",\n\"$defs\": {\n" + String.join(",\n", tables) + "\n}\n}\n";
    }

    private static String members(PlanKeys table) {
        String needed = table.keys().stream()
                .filter(PlanKeys.Key::isNeeded)
                .map(key -> quoted(key.name()))
                .collect(Collectors.joining(", "));
        return "\"description\": " + quoted(table.text()) + ", \"properties\": {\n"
                + table.keys().stream()
                        .map(key -> "  " + quoted(key.name()) + ": {\"description\": " + quoted(description(key))
                                + rules(key.type()) + "}")
                        .collect(Collectors.joining(",\n"))
                + "\n}, \"additionalProperties\": false"
                + (needed.isEmpty() ? "" : ", \"required\": [" + needed + "]");
    }

    private static String description(PlanKeys.Key key) {
        String text = key.text().replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
        return (key.usual().isEmpty() ? text : text + " (" + key.usual() + ")").replace("`", "");
    }

    /// What a type demands, each with a comma before it.
    private static String rules(KeyType type) {
        return switch (type) {
            case KeyType.One one ->
                ", \"type\": [\"string\", \"number\", \"boolean\"]"
                        + (one.pattern().isEmpty() ? "" : ", \"pattern\": " + quoted(one.pattern()));
            case KeyType.Flag _ -> ", \"type\": \"boolean\"";
            case KeyType.Whole(int least, int most) ->
                ", \"type\": \"integer\", \"minimum\": " + least + ", \"maximum\": " + most;
            case KeyType.DurationType _ -> ", \"$ref\": \"#/$defs/duration\"";
            case KeyType.Choice<?> choice ->
                ", \"enum\": "
                        + choice.known().stream().map(KeyDocuments::quoted).collect(Collectors.joining(", ", "[", "]"));
            case KeyType.Several(KeyType each) ->
                ", \"anyOf\": [" + schema(each) + ", {\"type\": \"array\", \"items\": " + schema(each) + "}]";
            case KeyType.Two(KeyType each) ->
                ", \"type\": \"array\", \"items\": " + schema(each) + ", \"minItems\": 2, \"maxItems\": 2";
            case KeyType.Named(KeyType each, String pattern) ->
                ", \"type\": \"object\", \"additionalProperties\": " + schema(each)
                        + (pattern.isEmpty() ? "" : ", \"propertyNames\": {\"pattern\": " + quoted(pattern) + "}");
            case KeyType.Keys(PlanKeys table) -> ", \"$ref\": " + quoted("#/$defs/" + table.word());
            case KeyType.Either either ->
                ", \"anyOf\": "
                        + either.types().stream().map(KeyDocuments::schema).collect(Collectors.joining(", ", "[", "]"));
            case KeyType.Anything _ -> "";
        };
    }

    private static String schema(KeyType type) {
        return "{" + rules(type).substring(2) + "}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
