package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the values of one table. What is wrong is reported at its place, and the default is the
/// answer, so that reading goes on. One thread.
final class TableReader {
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    /// What to say instead of keys that people know from elsewhere.
    private static final Map<String, String> INSTEAD = Map.of(
            "patience", "it is called 'timeout'",
            "tradeoff", "say 'directions: [to, from]'",
            "dualtest", "take iperf3 or Pitot and the option bidir, or say 'directions: [to, from]'");

    private final Mapping table;
    private final @Nullable PlanKeys keys;

    private TableReader(Mapping table, @Nullable PlanKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /// A reader for a value that must be a table. Each key is checked by its type at once, so that
    /// nothing is missed whatever is read afterwards.
    ///
    /// @param keys null for any
    /// @return null if it is no table
    static @Nullable TableReader of(PlanValue value, @Nullable PlanKeys keys) {
        if (!(value instanceof Mapping table)) {
            if (!value.isNothing()) {
                value.report("a table is needed here, with lines such as 'key: value'");
            }
            return null;
        }
        var reader = new TableReader(table, keys);
        if (keys != null) {
            table.entries().forEach(entry -> reader.check(entry, keys));
        }
        return reader;
    }

    /// A table where nothing is written.
    static TableReader empty(SourcePosition position, @Nullable PlanKeys keys) {
        return new TableReader(new Mapping(position, List.of()), keys);
    }

    private void check(Entry entry, PlanKeys all) {
        String name = entry.key();
        PlanKeys.Key key = all.named(name);
        if (key == null) {
            if (all == PlanKeys.SECRET) { // never repeated: it may be the secret
                entry.place().report("a password has only 'env' or 'file'");
            } else if (INSTEAD.containsKey(name)) {
                entry.place().report("unknown key '" + name + "': " + INSTEAD.get(name));
            } else {
                entry.place().reportUnknown("key", name, all.names());
            }
            return;
        }
        switch (key.type()) {
            case KeyType.One _ -> text(name);
            case KeyType.Whole _ -> whole(name, 0);
            case KeyType.DurationType _ -> duration(name);
            case KeyType.Choice<?> choice -> choice(name, choice);
            case KeyType.Several(KeyType.One _) -> texts(name);
            case KeyType.Flag _ -> {
                String text = text(name);
                if (text != null && !isTrue(name) && !(item(name) instanceof Scalar flag && flag.isFalse())) {
                    wrong(name, "is true or false, not " + Diagnostics.quoted(text));
                }
            }
            case KeyType.Several _,
                    KeyType.Two _,
                    KeyType.Named _,
                    KeyType.Keys _,
                    KeyType.Either _,
                    KeyType.Anything _ -> {} // by whoever reads it
        }
    }

    /// A key's default as it is written.
    private String usual(String name) {
        PlanKeys.Key key = keys == null ? null : keys.named(name);
        return key == null ? "" : key.usual();
    }

    private @Nullable KeyType type(String name) {
        PlanKeys.Key key = keys == null ? null : keys.named(name);
        return key == null ? null : key.type();
    }

    /// The table that a key holds; an empty one if it is absent or something else.
    TableReader table(String key) {
        PlanKeys inner = type(key) instanceof KeyType.Keys(var shape) ? shape : null;
        PlanValue item = item(key);
        TableReader reader = item == null ? null : of(item, inner);
        return reader == null ? empty(position(key), inner) : reader;
    }

    /// The tables of a list, or a single one.
    List<TableReader> tables(String key) {
        List<TableReader> tables = new ArrayList<>();
        PlanKeys inner = type(key) instanceof KeyType.Several(KeyType.Keys(var shape)) ? shape : null;
        for (PlanValue item : items(key)) {
            TableReader reader = of(item, inner);
            if (reader != null) {
                tables.add(reader);
            }
        }
        return tables;
    }

    /// Entries that say something.
    List<Entry> entries() {
        return table.entries().stream()
                .filter(entry -> !entry.value().isNothing())
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

    /// Reports what is wrong with the table.
    void report(String sentence) {
        table.report(sentence);
    }

    /// Reports what is wrong with a key.
    void report(String key, String sentence) {
        position(key).report(sentence);
    }

    /// Reports keys that the table has and that do not go with another.
    ///
    /// @param of those that it is about
    /// @param sentence whose `%s` is the key
    void refuseOthers(Collection<String> allowed, Collection<String> of, String sentence) {
        for (Entry entry : entries()) {
            if (of.contains(entry.key()) && !allowed.contains(entry.key())) {
                entry.place().report(sentence.formatted(entry.key()));
            }
        }
    }

    boolean has(String key) {
        return item(key) != null;
    }

    /// A key's value; null if it is absent or says nothing.
    @Nullable PlanValue item(String key) {
        Entry entry = table.entry(key);
        return entry == null || entry.value().isNothing() ? null : entry.value();
    }

    /// A value that is no list and no table; null if it is absent or wrong.
    @Nullable String text(String key) {
        PlanValue item = item(key);
        String text = item == null ? null : text(item);
        if (text != null
                && type(key) instanceof KeyType.One one
                && !one.wanted().isEmpty()
                && !text.matches(one.pattern())) {
            report(key, "'" + key + "' must be " + one.wanted());
            return null;
        }
        return text;
    }

    /// A value as text; null if it is a list or a table, which is reported.
    static @Nullable String text(PlanValue item) {
        if (!(item instanceof Scalar scalar)) {
            item.report("a single value is needed here");
            return null;
        }
        if (scalar.text().indexOf('\0') >= 0) {
            item.report("a value cannot hold a NUL character");
            return null;
        }
        return scalar.text();
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /// A value that is needed; null if it is absent or wrong, which is reported.
    ///
    /// @param use what for, behind "is needed"
    @Nullable String needed(String key, String use) {
        if (!has(key)) {
            report("'" + key + "' is needed " + use);
        }
        return text(key);
    }

    /// Whether a value is a plain `true`.
    boolean isTrue(String key) {
        return item(key) instanceof Scalar text && text.isTrue();
    }

    /// A whole number, else the key's default.
    int whole(String key) {
        return whole(key, Integer.parseInt(usual(key)));
    }

    int whole(String key, int otherwise) {
        String text = text(key);
        if (text == null || !(type(key) instanceof KeyType.Whole(int least, int most))) {
            return otherwise;
        }
        if (WHOLE.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (least <= value && value <= most) {
                return value;
            }
        }
        wrong(key, "needs a whole number from " + least + " to " + most + ", not " + Diagnostics.quoted(text));
        return otherwise;
    }

    /// Reports what is wrong with a key's value, where that stands.
    private void wrong(String key, String sentence) {
        PlanValue item = item(key);
        (item == null ? position(key) : item.position()).report("'" + key + "' " + sentence);
    }

    /// A length of time; null if it is absent or wrong.
    @Nullable Duration duration(String key) {
        String text = text(key);
        Duration duration = text == null ? null : DurationParser.parse(text);
        if (text != null && duration == null) {
            wrong(
                    key,
                    "needs a length of time such as " + DurationParser.EXAMPLES + ", not " + Diagnostics.quoted(text));
        } else if (duration != null
                && duration.isZero()
                && type(key) instanceof KeyType.DurationType(boolean mayBeZero)
                && !mayBeZero) {
            report(key, "'" + key + "' must be more than 0");
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

    <E extends Enum<E>> @Nullable E choice(String key, KeyType.Choice<E> words) {
        PlanValue item = item(key);
        return item == null ? words.meaning(usual(key)) : choice(item, words);
    }

    /// What a word stands for; null if it is unknown, which is reported.
    static <E extends Enum<E>> @Nullable E choice(PlanValue item, KeyType.Choice<E> words) {
        String text = text(item);
        E meaning = text == null ? null : words.meaning(text);
        if (text != null && meaning == null) {
            item.position().reportUnknown(words.what(), text, words.known());
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
        return item(key) instanceof Scalar line ? words(line) : texts(key);
    }

    /// The words of a line as a shell splits it; empty if it cannot be, which is reported.
    static List<String> words(Scalar line) {
        List<String> words = ShellSplitter.split(line.text());
        if (words == null) {
            line.report("a quotation mark is not closed");
            return List.of();
        }
        return words;
    }

    /// A table of words to values.
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Entry entry : table(key).entries()) {
            String text = text(entry.value());
            if (text != null) {
                map.put(entry.key(), text);
            }
        }
        return map;
    }

    /// Reports a name that cannot be part of a file's on every system.
    static void checkName(SourcePosition position, String what, String name) {
        if (!SAFE_NAME.matcher(name).matches()) {
            position.report("the name " + Diagnostics.quoted(name) + " of a " + what
                    + " cannot be part of a file's: use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-',"
                    + " not beginning with '.' or '-'");
        }
    }
}
