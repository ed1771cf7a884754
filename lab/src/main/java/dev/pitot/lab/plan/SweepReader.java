package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import dev.pitot.lab.plan.TestMatrix.TestVariant;
import dev.pitot.lab.tool.TestSettings;
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
    /// After so many wrong combinations the rest is not tried.
    private static final int MOST_WRONG = 1000;

    private final String test;
    private final TestOptions options;

    SweepReader(String test, TestOptions options) {
        this.test = test;
        this.options = options;
    }

    /// What is varied.
    private record Sweep(String name, List<Choice> choices) {}

    /// One value of a sweep.
    ///
    /// @param label for people and names
    /// @param part what it adds to the options; null if it is about engines
    /// @param engine null if it is not about engines
    private record Choice(
            String label,
            TestOptions.@Nullable Part part,
            @Nullable EngineKind engine) {}

    /// How many variants a test has, before anything is made of it; at most one more than
    /// [TestMatrix#MAX_TESTS].
    static long count(TableReader table) {
        long count =
                table.item(ENGINE) instanceof Sequence ? table.items(ENGINE).size() : 1;
        for (Entry entry : table.table("sweep").entries()) {
            long choices = Math.max(1, Math.min(ValueRange.count(entry.value()), TestMatrix.MAX_TESTS + 1L));
            count = Math.min(count * choices, TestMatrix.MAX_TESTS + 1L);
        }
        return count;
    }

    /// The variants; none if they cannot be made, which is a problem.
    List<TestVariant> read(TableReader table) {
        Diagnostics diagnostics = table.position().diagnostics();
        int before = diagnostics.size();
        PlanValue given = table.item("options");
        List<TestOptions.Part> parts = given == null ? List.of() : options.parts(given);
        List<Sweep> sweeps = sweeps(table, given);
        if (diagnostics.size() > before
                && sweeps.stream().anyMatch(it -> it.choices().isEmpty())) {
            return List.of();
        }
        EngineKind engine = table.item(ENGINE) instanceof Sequence ? null : table.choice(ENGINE, KeyType.ENGINE);
        List<TestVariant> variants = variants(parts, sweeps, engine);
        return diagnostics.size() > before ? List.of() : variants;
    }

    private List<Sweep> sweeps(TableReader table, @Nullable PlanValue given) {
        List<Sweep> sweeps = new ArrayList<>();
        if (table.item(ENGINE) instanceof Sequence) {
            sweeps.add(new Sweep(ENGINE, choices(ENGINE, table.items(ENGINE), table)));
        }
        TableReader sweep = table.table("sweep");
        for (Entry entry : sweep.entries()) {
            boolean isSet = entry.key().equals(ENGINE)
                    ? table.has(ENGINE)
                    : given instanceof Mapping set && set.entry(entry.key()) != null;
            if (isSet) {
                entry.place().report(Diagnostics.quoted(entry.key()) + " is swept and set: leave it out in one place");
            }
            List<PlanValue> values = ValueRange.expanded(sweep.items(entry.key()));
            sweeps.add(new Sweep(entry.key(), choices(entry.key(), values, sweep)));
        }
        return sweeps;
    }

    private List<Choice> choices(String name, List<PlanValue> values, TableReader reader) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        if (values.isEmpty()) {
            reader.position(name).report(Diagnostics.quoted(name) + " has no values to sweep");
        }
        for (PlanValue value : values) {
            if (!(value instanceof Scalar text)) {
                value.report("a single value is needed here");
            } else if (choices.containsKey(text.text())) {
                value.report("the value " + Diagnostics.quoted(text.text()) + " is given twice");
            } else if (name.equals(ENGINE)) {
                EngineKind engine = TableReader.choice(value, KeyType.ENGINE);
                choices.put(text.text(), new Choice(text.text(), null, engine));
            } else {
                TestOptions.Part part = options.part(value.position(), name, value);
                if (choices.isEmpty() && options.isUnknown(part)) {
                    var atItsName = new TestOptions.Part(reader.position(name), part.words(), part.isFlag());
                    return List.of(new Choice(text.text(), atItsName, null));
                }
                choices.put(text.text(), new Choice(text.text(), part, null));
            }
        }
        return List.copyOf(choices.values());
    }

    private List<TestVariant> variants(List<TestOptions.Part> parts, List<Sweep> sweeps, @Nullable EngineKind engine) {
        List<TestVariant> variants = new ArrayList<>();
        int wrong = 0;
        for (List<Choice> chosen :
                TestMatrix.combinations(sweeps.stream().map(Sweep::choices).toList())) {
            List<TestOptions.Part> all = new ArrayList<>(parts);
            Map<String, String> values = new LinkedHashMap<>();
            EngineKind kind = engine;
            for (int i = 0; i < chosen.size(); i++) {
                Choice choice = chosen.get(i);
                if (choice.part() != null) {
                    all.add(choice.part());
                }
                values.put(sweeps.get(i).name(), choice.label());
                kind = choice.engine() == null ? kind : choice.engine();
            }
            TestSettings settings = options.settings(all, kind, label(values));
            if (settings != null) {
                var spec = new TestCase.TestSpec(test, settings, new ParameterSet(Map.of(), values));
                variants.add(new TestVariant(spec, kind));
            } else if (++wrong >= MOST_WRONG) {
                break;
            }
        }
        return variants;
    }

    private static String label(Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(value -> value.getKey() + " " + Diagnostics.quoted(value.getValue()))
                        .collect(Collectors.joining(", ", " (with ", ")"));
    }
}
