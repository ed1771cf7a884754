package dev.pitot.lab.plan;

import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Table;
import dev.pitot.lab.plan.Item.Text;
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
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    private final Table table;
    private final @Nullable PlanKeys keys;
    private final Problems problems;

    private TableReader(Table table, @Nullable PlanKeys keys, Problems problems) {
        this.table = table;
        this.keys = keys;
        this.problems = problems;
    }

    /// A reader for an item that must be a table with certain keys. Each key is checked by its
    /// type at once, so that nothing is missed whatever is read afterwards.
    ///
    /// @return null if it is no table
    static @Nullable TableReader of(Item item, PlanKeys keys, Problems problems) {
        if (!(item instanceof Table table)) {
            return ofAnyKeys(item, problems);
        }
        var reader = new TableReader(table, keys, problems);
        for (Entry entry : table.entries()) {
            PlanKeys.Key key = keys.named(entry.key());
            if (key != null) {
                reader.check(key);
            } else if (entry.key().equals("patience") && keys.named("timeout") != null) {
                problems.add(entry.place(), "unknown key 'patience': it is called 'timeout'");
            } else {
                problems.unknown(entry.place(), "key", entry.key(), keys.names());
            }
        }
        return reader;
    }

    /// A reader for an item that must be a table, whatever its keys.
    ///
    /// @return null if it is none, or nothing
    static @Nullable TableReader ofAnyKeys(Item item, Problems problems) {
        if (item instanceof Table table) {
            return new TableReader(table, null, problems);
        }
        if (!isNothing(item)) {
            problems.add(item.place(), "a table is needed here, with lines such as 'key: value'");
        }
        return null;
    }

    private void check(PlanKeys.Key key) {
        switch (key.type()) {
            case KeyType.One _ -> text(key.name());
            case KeyType.Whole _ -> whole(key.name(), 0);
            case KeyType.Length(boolean mayBeZero) -> {
                Duration length = duration(key.name());
                if (length != null && length.isZero() && !mayBeZero) {
                    problems.add(place(key.name()), "'" + key.name() + "' must be more than 0");
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
        Item item = item(key);
        TableReader reader = null;
        if (item != null) {
            reader = inner == null ? ofAnyKeys(item, problems) : of(item, inner, problems);
        }
        return reader == null ? new TableReader(new Table(place(key), List.of()), inner, problems) : reader;
    }

    /// The tables of a list, or a single one.
    List<TableReader> tables(String key, PlanKeys shape) {
        List<TableReader> tables = new ArrayList<>();
        for (Item item : items(key)) {
            TableReader table = of(item, shape, problems);
            if (table != null) {
                tables.add(table);
            }
        }
        return tables;
    }

    static boolean isNothing(Item item) {
        return item instanceof Text text && text.isNothing();
    }

    /// Entries that say something.
    List<Entry> entries() {
        return table.entries().stream()
                .filter(entry -> !isNothing(entry.value()))
                .toList();
    }

    Place place() {
        return table.place();
    }

    /// Where a key stands, or the table if it does not.
    Place place(String key) {
        Entry entry = table.entry(key);
        return entry == null ? table.place() : entry.place();
    }

    boolean has(String key) {
        return item(key) != null;
    }

    /// A key's value; null if it is absent or says nothing.
    @Nullable Item item(String key) {
        Entry entry = table.entry(key);
        return entry == null || isNothing(entry.value()) ? null : entry.value();
    }

    /// A value that is no list and no table; null if it is absent or something else.
    @Nullable String text(String key) {
        Item item = item(key);
        return item == null ? null : text(item);
    }

    private @Nullable String text(Item item) {
        if (item instanceof Text text) {
            if (text.text().indexOf('\0') < 0) {
                return text.text();
            }
            problems.add(item.place(), "a value cannot hold a NUL character");
            return null;
        }
        problems.add(item.place(), "a single value is needed here");
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
            problems.add(table.place(), "'" + key + "' is needed " + use);
            return null;
        }
        String text = text(key);
        if (text != null && text.isBlank()) {
            problems.add(place(key), "'" + key + "' must not be empty");
            return null;
        }
        return text;
    }

    /// A whole number, else the key's default.
    int whole(String key) {
        return whole(key, Integer.parseInt(usual(key)));
    }

    int whole(String key, int otherwise) {
        Item item = item(key);
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
        problems.add(
                item.place(),
                "'" + key + "' needs a whole number from " + least + " to " + most + ", not " + Problems.quoted(text));
        return otherwise;
    }

    /// A length of time; null if it is absent or wrong.
    @Nullable Duration duration(String key) {
        Item item = item(key);
        String text = item == null ? null : text(item);
        if (item == null || text == null) {
            return null;
        }
        Duration duration = Durations.parse(text);
        if (duration == null) {
            problems.add(
                    item.place(),
                    "'" + key + "' needs a length of time such as 30, 1.5 s, 500 ms or 2 h 10 min, not "
                            + Problems.quoted(text));
        }
        return duration;
    }

    /// A length of time, else the key's default.
    Duration length(String key) {
        Duration usual = Durations.parse(usual(key));
        return length(key, usual == null ? Duration.ZERO : usual);
    }

    Duration length(String key, Duration otherwise) {
        Duration length = duration(key);
        return length == null ? otherwise : length;
    }

    <E> @Nullable E choice(String key, Words<E> words) {
        Item item = item(key);
        return item == null ? words.meaning(usual(key)) : choice(item, words);
    }

    /// What a word stands for; null if it is unknown, which is a problem.
    <E> @Nullable E choice(Item item, Words<E> words) {
        String text = text(item);
        E meaning = text == null ? null : words.meaning(text);
        if (text != null && meaning == null) {
            problems.unknown(item.place(), words.what(), text, words.known());
        }
        return meaning;
    }

    /// A list, or a single value as a list of one; empty if it is absent.
    List<Item> items(String key) {
        Item item = item(key);
        if (item == null) {
            return List.of();
        }
        return item instanceof Rows rows ? rows.items() : List.of(item);
    }

    /// The values of a list, or a single one.
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Item item : items(key)) {
            String text = text(item);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// A list of words, or one line that is split as a shell does.
    List<String> words(String key) {
        if (!(item(key) instanceof Text line)) {
            return texts(key);
        }
        List<String> words = ShellWords.split(line.text());
        if (words == null) {
            problems.add(line.place(), "a quotation mark is not closed");
            return List.of();
        }
        return words;
    }

    /// A table of words to values.
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        Item item = item(key);
        TableReader reader = item == null ? null : ofAnyKeys(item, problems);
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
    static void checkName(Place place, String what, String name, Problems problems) {
        if (!isSafe(name)) {
            problems.add(
                    place,
                    "the name " + Problems.quoted(name) + " of a " + what
                            + " cannot be part of a file's: use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-',"
                            + " not beginning with '.' or '-'");
        }
    }
}
