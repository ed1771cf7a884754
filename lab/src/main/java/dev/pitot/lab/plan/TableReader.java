package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the values of one table. What is wrong goes to the problems, and the default is the
/// answer, so that reading goes on. One thread.
final class TableReader {
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    /// What to say instead of keys that people know from elsewhere.
    private static final Map<String, String> INSTEAD = Map.of(
            "patience", "it is called 'timeout'",
            "tradeoff", "say 'directions: [to, from]'",
            "dualtest", "take iperf3 or Pitot and the option bidir, or say 'directions: [to, from]'");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    private final Mapping table;
    private final @Nullable PlanKeys keys;
    private final Diagnostics diagnostics;

    private TableReader(Mapping table, @Nullable PlanKeys keys, Diagnostics diagnostics) {
        this.table = table;
        this.keys = keys;
        this.diagnostics = diagnostics;
    }

    /// A reader for an item that must be a table with certain keys. Each key is checked by its
    /// type at once, so that nothing is missed whatever is read afterwards.
    ///
    /// @return null if it is no table
    static @Nullable TableReader of(PlanValue item, PlanKeys keys, Diagnostics diagnostics) {
        if (!(item instanceof Mapping table)) {
            return ofAnyKeys(item, diagnostics);
        }
        var reader = new TableReader(table, keys, diagnostics);
        for (Entry entry : table.entries()) {
            PlanKeys.Key key = keys.named(entry.key());
            if (key != null) {
                reader.check(key);
            } else if (INSTEAD.containsKey(entry.key())) {
                diagnostics.add(
                        entry.place(), "unknown key '" + entry.key() + "': " + INSTEAD.getOrDefault(entry.key(), ""));
            } else {
                diagnostics.unknown(entry.place(), "key", entry.key(), keys.names());
            }
        }
        return reader;
    }

    /// A reader for an item that must be a table, whatever its keys.
    ///
    /// @return null if it is none, or nothing
    static @Nullable TableReader ofAnyKeys(PlanValue item, Diagnostics diagnostics) {
        if (item instanceof Mapping table) {
            return new TableReader(table, null, diagnostics);
        }
        if (!isNothing(item)) {
            diagnostics.add(item.position(), "a table is needed here, with lines such as 'key: value'");
        }
        return null;
    }

    private void check(PlanKeys.Key key) {
        switch (key.type()) {
            case KeyType.One _ -> text(key.name());
            case KeyType.Whole _ -> whole(key.name(), 0);
            case KeyType.DurationType(boolean mayBeZero) -> {
                Duration length = duration(key.name());
                if (length != null && length.isZero() && !mayBeZero) {
                    diagnostics.add(position(key.name()), "'" + key.name() + "' must be more than 0");
                }
            }
            case KeyType.Choice(var words) -> choice(key.name(), words);
            case KeyType.Several(KeyType.One _) -> texts(key.name());
            case KeyType.Flag _,
                    KeyType.Several _,
                    KeyType.Two _,
                    KeyType.Named _,
                    KeyType.Keys _,
                    KeyType.Either _,
                    KeyType.Anything _ -> {} // by whoever reads it
        }
    }

    /// A key's default as it is written.
    private String usual(String key) {
        PlanKeys.Key known = keys == null ? null : keys.named(key);
        return known == null ? "" : known.usual();
    }

    /// The table that a key holds; an empty one if it is absent or something else.
    TableReader table(String key) {
        PlanKeys.Key known = keys == null ? null : keys.named(key);
        PlanKeys inner = known != null && known.type() instanceof KeyType.Keys(var shape) ? shape : null;
        PlanValue item = item(key);
        TableReader reader = null;
        if (item != null) {
            reader = inner == null ? ofAnyKeys(item, diagnostics) : of(item, inner, diagnostics);
        }
        return reader == null ? new TableReader(new Mapping(position(key), List.of()), inner, diagnostics) : reader;
    }

    /// The tables of a list, or a single one.
    List<TableReader> tables(String key, PlanKeys shape) {
        List<TableReader> tables = new ArrayList<>();
        for (PlanValue item : items(key)) {
            TableReader table = of(item, shape, diagnostics);
            if (table != null) {
                tables.add(table);
            }
        }
        return tables;
    }

    static boolean isNothing(PlanValue item) {
        return item instanceof Scalar text && text.isNothing();
    }

    /// Entries that say something.
    List<Entry> entries() {
        return table.entries().stream()
                .filter(entry -> !isNothing(entry.value()))
                .toList();
    }

    SourcePosition position() {
        return table.position();
    }

    /// Where a key stands, or the table if it does not.
    SourcePosition position(String key) {
        Entry entry = table.entry(key);
        return entry == null ? table.position() : entry.place();
    }

    boolean has(String key) {
        return item(key) != null;
    }

    /// A key's value; null if it is absent or says nothing.
    @Nullable PlanValue item(String key) {
        Entry entry = table.entry(key);
        return entry == null || isNothing(entry.value()) ? null : entry.value();
    }

    /// A value that is no list and no table; null if it is absent or something else.
    @Nullable String text(String key) {
        PlanValue item = item(key);
        return item == null ? null : text(item);
    }

    private @Nullable String text(PlanValue item) {
        if (item instanceof Scalar text) {
            if (text.text().indexOf('\0') < 0) {
                return text.text();
            }
            diagnostics.add(item.position(), "a value cannot hold a NUL character");
            return null;
        }
        diagnostics.add(item.position(), "a single value is needed here");
        return null;
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /// A value that is needed; null if it is absent, which is told.
    ///
    /// @param use what for, behind "is needed"
    @Nullable String needed(String key, String use) {
        if (!has(key)) {
            diagnostics.add(table.position(), "'" + key + "' is needed " + use);
            return null;
        }
        String text = text(key);
        if (text != null && text.isBlank()) {
            diagnostics.add(position(key), "'" + key + "' must not be empty");
            return null;
        }
        return text;
    }

    /// A whole number, else the key's default.
    int whole(String key) {
        return whole(key, Integer.parseInt(usual(key)));
    }

    int whole(String key, int otherwise) {
        PlanValue item = item(key);
        String text = item == null ? null : text(item);
        PlanKeys.Key known = keys == null ? null : keys.named(key);
        if (item == null
                || text == null
                || known == null
                || !(known.type() instanceof KeyType.Whole(int least, int most))) {
            return otherwise;
        }
        if (WHOLE.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (least <= value && value <= most) {
                return value;
            }
        }
        diagnostics.add(
                item.position(),
                "'" + key + "' needs a whole number from " + least + " to " + most + ", not "
                        + Diagnostics.quoted(text));
        return otherwise;
    }

    /// A length of time; null if it is absent or wrong.
    @Nullable Duration duration(String key) {
        PlanValue item = item(key);
        String text = item == null ? null : text(item);
        if (item == null || text == null) {
            return null;
        }
        Duration duration = DurationParser.parse(text);
        if (duration == null) {
            diagnostics.add(
                    item.position(),
                    "'" + key + "' needs a length of time such as 30, 1.5 s, 500 ms or 2 h 10 min, not "
                            + Diagnostics.quoted(text));
        }
        return duration;
    }

    /// A length of time, else the key's default.
    Duration length(String key) {
        Duration usual = DurationParser.parse(usual(key));
        return length(key, usual == null ? Duration.ZERO : usual);
    }

    Duration length(String key, Duration otherwise) {
        Duration length = duration(key);
        return length == null ? otherwise : length;
    }

    <E> @Nullable E choice(String key, EnumKeywords<E> words) {
        PlanValue item = item(key);
        return item == null ? words.meaning(usual(key)) : choice(item, words);
    }

    /// What a word stands for; null if it is unknown, which is a problem.
    <E> @Nullable E choice(PlanValue item, EnumKeywords<E> words) {
        String text = text(item);
        E meaning = text == null ? null : words.meaning(text);
        if (text != null && meaning == null) {
            diagnostics.unknown(item.position(), words.what(), text, words.known());
        }
        return meaning;
    }

    /// A list, or a single value as a list of one; empty if it is absent.
    List<PlanValue> items(String key) {
        PlanValue item = item(key);
        if (item == null) {
            return List.of();
        }
        return item instanceof Sequence rows ? rows.items() : List.of(item);
    }

    /// The values of a list, or a single one.
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (PlanValue item : items(key)) {
            String text = text(item);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// A list of words, or one line that is split as a shell does.
    List<String> words(String key) {
        if (!(item(key) instanceof Scalar line)) {
            return texts(key);
        }
        List<String> words = ShellSplitter.split(line.text());
        if (words == null) {
            diagnostics.add(line.position(), "a quotation mark is not closed");
            return List.of();
        }
        return words;
    }

    /// A table of words to values.
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        PlanValue item = item(key);
        TableReader reader = item == null ? null : ofAnyKeys(item, diagnostics);
        if (reader != null) {
            for (Entry entry : reader.entries()) {
                String text = text(entry.value());
                if (text != null) {
                    map.put(entry.key(), text);
                }
            }
        }
        return map;
    }

    /// Whether a name can be part of a file's on every system.
    static boolean isSafe(String name) {
        return SAFE_NAME.matcher(name).matches();
    }

    /// Tells if a name cannot be part of a file's.
    static void checkName(SourcePosition position, String what, String name, Diagnostics diagnostics) {
        if (!isSafe(name)) {
            diagnostics.add(
                    position,
                    "the name " + Diagnostics.quoted(name) + " of a " + what
                            + " cannot be part of a file's: use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-',"
                            + " not beginning with '.' or '-'");
        }
    }
}
