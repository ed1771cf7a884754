package dev.pitot.lab.plan;

import dev.pitot.command.CommandLine;
import dev.pitot.lab.engine.Iperf2Options;
import dev.pitot.lab.engine.TestSettings;
import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Table;
import dev.pitot.lab.plan.Item.Text;
import dev.pitot.model.config.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options of a test: their words, and what they mean to the reader of command lines that
/// `pitot -c` uses.
final class TestOptions {
    private static final Pattern UNRECOGNIZED = Pattern.compile("unrecognized option '--([^'=]*)(=[^']*)?'");

    private TestOptions() {}

    /// Checks words and tells what they mean.
    static TestSettings settings(List<String> words, Iperf2Options iperf2, OutputStyle style)
            throws UnfitOptionsException {
        TestSettings settings;
        try {
            settings = TestSettings.of(words, iperf2, style);
        } catch (IllegalArgumentException e) {
            throw new UnfitOptionsException(String.valueOf(e.getMessage()));
        }
        if (settings.config().test().direction() == Direction.REVERSE) {
            throw new UnfitOptionsException("'--reverse' is not for plans: 'directions' says which node sends");
        }
        return settings;
    }

    private static void check(List<String> words) throws UnfitOptionsException {
        settings(words, Iperf2Options.NONE, OutputStyle.EXACT);
    }

    /// The long names of all options, for suggestions.
    static List<String> names() {
        return CommandLine.options().stream()
                .flatMap(option -> option.names().stream())
                .sorted()
                .toList();
    }

    /// Tells a complaint, with a suggestion if it is about an unknown option.
    static void report(Place place, String complaint, Problems problems) {
        Matcher unknown = UNRECOGNIZED.matcher(complaint);
        if (unknown.find()) {
            problems.unknown(place, "option", unknown.group(1), names());
        } else {
            problems.add(place, complaint);
        }
    }

    /// The words of a table, a list or a line.
    static List<String> words(Item item, Problems problems) {
        return switch (item) {
            case Text line -> line(line, problems);
            case Rows rows -> {
                List<String> words = new ArrayList<>();
                rows.items().forEach(each -> words.addAll(value(each, problems)));
                yield words;
            }
            case Table table -> {
                List<String> words = new ArrayList<>();
                table.entries().forEach(entry -> words.addAll(words(entry.key(), entry.value(), problems)));
                yield words;
            }
        };
    }

    private static List<String> line(Text line, Problems problems) {
        List<String> words = ShellWords.split(line.text());
        if (words == null) {
            problems.add(line.place(), "a quotation mark is not closed");
            return List.of();
        }
        if (!words.isEmpty() && !words.getFirst().startsWith("-")) {
            problems.add(line.place(), "options begin with a dash, as on the command line: '-t 10', not '10'");
            return List.of();
        }
        return words;
    }

    private static List<String> value(Item item, Problems problems) {
        if (item instanceof Text text && text.text().indexOf('\0') < 0) {
            return List.of(text.text());
        }
        problems.add(item.place(), "a single value is needed here");
        return List.of();
    }

    /// The words of one option: none for false.
    static List<String> words(String name, Item value, Problems problems) {
        String option = "--" + name;
        if (value instanceof Text text && (text.isTrue() || text.isFalse())) {
            return text.isTrue() ? List.of(option) : List.of();
        }
        if (TableReader.isNothing(value)) {
            problems.add(value.place(), "'" + name + "' needs a value, or true");
            return List.of();
        }
        List<String> words = new ArrayList<>();
        List<Item> values = value instanceof Rows rows ? rows.items() : List.of(value);
        for (Item each : values) {
            value(each, problems).forEach(text -> words.add(option + "=" + text));
        }
        return words;
    }

    /// Tells options of a table that lack their value: behind others, they would take those for
    /// it.
    static void checkValues(Item item, Problems problems) {
        if (item instanceof Table table) {
            for (Entry entry : table.entries()) {
                if (entry.value() instanceof Text text && text.isTrue()) {
                    checkValue("--" + entry.key(), entry.place(), problems);
                }
            }
        }
    }

    static void checkValue(String option, Place place, Problems problems) {
        try {
            check(List.of(option));
        } catch (UnfitOptionsException e) {
            String complaint = String.valueOf(e.getMessage());
            if (complaint.contains("requires an argument")) {
                problems.add(place, complaint);
            }
        }
    }

    /// Where the fault is: the entry that is refused by itself in the same way, or all of them.
    static Place place(Item item, Place otherwise, String complaint) {
        if (item instanceof Table table) {
            for (Entry entry : table.entries()) {
                try {
                    check(words(entry.key(), entry.value(), new Problems("")));
                } catch (UnfitOptionsException e) {
                    if (complaint.equals(e.getMessage())) {
                        return entry.place();
                    }
                }
            }
        }
        return otherwise;
    }
}
