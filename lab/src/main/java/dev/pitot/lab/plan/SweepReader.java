package dev.pitot.lab.plan;

import dev.pitot.lab.engine.Iperf2Options;
import dev.pitot.lab.engine.TestSettings;
import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Table;
import dev.pitot.lab.plan.Item.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the variants of one test: each value of its sweeps with each of the others, the first
/// sweep outermost. One thread.
final class SweepReader {
    private static final String ENGINE = "engine";
    /// After so many complaints about variants the rest is not tried.
    private static final int MOST_COMPLAINTS = 10;

    private final Problems problems;
    private final String test;
    private final Iperf2Options iperf2;
    private final OutputStyle style;
    private final boolean isWithinLimit;

    /// @param isWithinLimit whether combinations may be made, or only be checked
    SweepReader(Problems problems, String test, Iperf2Options iperf2, OutputStyle style, boolean isWithinLimit) {
        this.problems = problems;
        this.test = test;
        this.iperf2 = iperf2;
        this.style = style;
        this.isWithinLimit = isWithinLimit;
    }

    /// What is varied.
    private record Sweep(String name, List<Choice> choices) {}

    /// One value of a sweep.
    ///
    /// @param label for people and names
    /// @param words what it adds to the options
    /// @param engine null if it is not about engines
    private record Choice(
            String label, List<String> words, @Nullable EngineKind engine) {}

    /// How many variants a test has, before anything is made of it; at most one more than
    /// [Cases#MOST].
    static long count(TableReader table, Problems problems) {
        long count = table.item(ENGINE) instanceof Rows ? table.items(ENGINE).size() : 1;
        Item item = table.item("sweep");
        if (item instanceof Table) {
            TableReader sweep = TableReader.ofAnyKeys(item, problems);
            for (Entry entry : sweep == null ? List.<Entry>of() : sweep.entries()) {
                int choices = entry.value() instanceof Rows rows ? rows.items().size() : 1;
                count = Math.min(count * choices, Cases.MOST + 1L);
            }
        }
        return count;
    }

    /// The variants; none if they cannot be made, which is told.
    List<Variant> read(TableReader table) {
        int before = problems.size();
        Item options = table.item("options");
        List<String> words = options == null ? List.of() : TestOptions.words(options, problems);
        if (options != null) {
            TestOptions.checkValues(options, problems);
        }
        List<Sweep> sweeps = sweeps(table, options);
        if (problems.size() > before || !isWithinLimit) {
            return List.of();
        }
        EngineKind engine = table.item(ENGINE) instanceof Rows ? null : table.choice(ENGINE, Words.ENGINES);
        return variants(table, words, sweeps, engine);
    }

    private List<Sweep> sweeps(TableReader table, @Nullable Item options) {
        List<Sweep> sweeps = new ArrayList<>();
        if (table.item(ENGINE) instanceof Rows) {
            sweeps.add(new Sweep(ENGINE, choices(ENGINE, table.items(ENGINE), table)));
        }
        Item item = table.item("sweep");
        TableReader sweep = item == null ? null : TableReader.ofAnyKeys(item, problems);
        if (sweep != null) {
            for (Entry entry : sweep.entries()) {
                boolean isSet = entry.key().equals(ENGINE)
                        ? table.has(ENGINE)
                        : options instanceof Table set && set.entry(entry.key()) != null;
                if (isSet) {
                    problems.add(
                            entry.place(),
                            Problems.quoted(entry.key()) + " is swept and set: leave it out in one place");
                }
                sweeps.add(new Sweep(entry.key(), choices(entry.key(), sweep.items(entry.key()), sweep)));
            }
        }
        return sweeps;
    }

    private List<Choice> choices(String name, List<Item> values, TableReader reader) {
        List<Choice> choices = new ArrayList<>();
        if (values.isEmpty()) {
            problems.add(reader.place(name), Problems.quoted(name) + " has no values to sweep");
        }
        for (Item value : values) {
            if (!(value instanceof Text text)) {
                problems.add(value.place(), "a single value is needed here");
            } else if (choices.stream().anyMatch(it -> it.label().equals(text.text()))) {
                problems.add(value.place(), "the value " + Problems.quoted(text.text()) + " is given twice");
            } else if (name.equals(ENGINE)) {
                choices.add(new Choice(text.text(), List.of(), reader.choice(value, Words.ENGINES)));
            } else {
                if (text.isTrue()) {
                    TestOptions.checkValue("--" + name, text.place(), problems);
                }
                choices.add(new Choice(text.text(), TestOptions.words(name, value, problems), null));
            }
        }
        return choices;
    }

    private List<Variant> variants(
            TableReader table, List<String> words, List<Sweep> sweeps, @Nullable EngineKind engine) {
        List<Variant> variants = new ArrayList<>();
        Map<String, String> complaints = new LinkedHashMap<>();
        int[] chosen = new int[sweeps.size()];
        do {
            List<String> all = new ArrayList<>(words);
            Map<String, String> values = new LinkedHashMap<>();
            EngineKind kind = engine;
            for (int i = 0; i < chosen.length; i++) {
                Choice choice = sweeps.get(i).choices().get(chosen[i]);
                all.addAll(choice.words());
                values.put(sweeps.get(i).name(), choice.label());
                kind = choice.engine() == null ? kind : choice.engine();
            }
            try {
                TestSettings settings = TestOptions.settings(all, iperf2, style);
                variants.add(new Variant(new TestCase.What(test, settings, new ParameterSet(Map.of(), values)), kind));
            } catch (UnfitOptionsException e) {
                complaints.putIfAbsent(String.valueOf(e.getMessage()), label(values));
            }
        } while (complaints.size() < MOST_COMPLAINTS && next(chosen, sweeps));
        complaints.forEach((complaint, label) -> tell(table, words, complaint, label));
        return complaints.isEmpty() ? variants : List.of();
    }

    /// Moves on to the next combination, the last sweep first.
    private static boolean next(int[] chosen, List<Sweep> sweeps) {
        for (int i = chosen.length - 1; i >= 0; i--) {
            if (++chosen[i] < sweeps.get(i).choices().size()) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    private void tell(TableReader table, List<String> words, String complaint, String label) {
        Item options = table.item("options");
        String withoutSweeps = "";
        try {
            TestOptions.settings(words, iperf2, style);
        } catch (UnfitOptionsException e) {
            withoutSweeps = String.valueOf(e.getMessage());
        }
        if (options != null && complaint.equals(withoutSweeps)) {
            TestOptions.report(TestOptions.place(options, table.place("options"), complaint), complaint, problems);
        } else {
            Item sweep = table.item("sweep");
            Place at = table.has("sweep") ? table.place("sweep") : table.place("options");
            TestOptions.report(
                    sweep == null ? at : TestOptions.place(sweep, at, complaint),
                    complaint + (label.isEmpty() ? "" : " (with " + label + ")"),
                    problems);
        }
    }

    private static String label(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + Problems.quoted(value.getValue()))
                .collect(Collectors.joining(", "));
    }
}
