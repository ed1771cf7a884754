package dev.pitot.lab.plan;

import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the variables of a plan and the order of its dimensions.
final class VariablesReader {
    /// More variables could hardly be set.
    private static final int MOST = 10;

    private static final String NAME = "[a-z][a-z0-9_]{0,30}";
    private static final String VALUE = "[A-Za-z0-9._-]{1,40}";
    /// Columns and tags of results, besides the placeholders.
    private static final Set<String> TAKEN =
            Set.of(("attempt began ended engine files gaps idle_rtt_ms interval_mean_bits_per_second"
                            + " jitter_ms latency_grade loaded_rtt_p95_ms loss_percent missed monitors order peer protocol reason receiver"
                            + " receiver_bits_per_second receiver_bytes retransmits sender sender_bits_per_second sender_bytes"
                            + " sweep tag time title trouble values variables verdict")
                    .split(" "));

    private VariablesReader() {}

    /// The names that a plan gives, which placeholders may use.
    static Set<String> names(TableReader plan) {
        return plan.table("variables").entries().stream()
                .map(Entry::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<Variable> read(TableReader plan, HooksReader hooks) {
        List<Variable> variables = new ArrayList<>();
        List<Entry> entries = plan.table("variables").entries();
        if (entries.size() > MOST) {
            plan.report("variables", "a plan has at most " + MOST + " variables");
            return variables;
        }
        long points = 1;
        for (Entry entry : entries) {
            checkName(entry);
            TableReader table =
                    entry.value() instanceof Mapping ? TableReader.of(entry.value(), PlanKeys.VARIABLE) : null;
            PlanValue item = table == null ? entry.value() : table.item("values");
            points *= Math.clamp(item == null ? 1 : ValueRange.count(item), 1, TestMatrix.MAX_TESTS + 1);
            if (points > TestMatrix.MAX_TESTS) {
                entry.place()
                        .report("the variables up to this have more than " + TestMatrix.MAX_TESTS
                                + " combinations: give fewer values");
                return variables;
            }
            List<Hook> set = table == null ? List.of() : hooks.hooks(table, "set", Moment.BEFORE_TEST);
            variables.add(new Variable(entry.key(), values(entry, item), set));
        }
        return variables;
    }

    private static void checkName(Entry entry) {
        String name = entry.key();
        if (!name.matches(NAME)) {
            entry.place()
                    .report("the name " + Diagnostics.quoted(name)
                            + " of a variable must be 1 to 31 of a-z, 0-9 and '_', beginning with a letter");
        } else if (Placeholders.NAMES.contains(name) || TAKEN.contains(name)) {
            entry.place().report("a variable cannot be called '" + name + "', which means something else");
        }
    }

    private static List<String> values(Entry entry, @Nullable PlanValue item) {
        Set<String> values = new LinkedHashSet<>();
        List<PlanValue> items =
                item instanceof PlanValue.Sequence rows ? rows.items() : item == null ? List.of() : List.of(item);
        if (items.isEmpty()) {
            entry.place()
                    .report("the variable " + Diagnostics.quoted(entry.key())
                            + " needs values: [0, 90, 180] or 0..60 step 10");
        }
        for (PlanValue each : ValueRange.expanded(items)) {
            if (!(each instanceof Scalar text) || !text.text().matches(VALUE)) {
                each.report(
                        "a value of a variable becomes part of the names of files: it has up to 40 of A-Z, a-z, 0-9,"
                                + " '.', '_' and '-'");
            } else if (!values.add(text.text())) {
                each.report("the value " + Diagnostics.quoted(text.text()) + " is given twice");
            }
        }
        return List.copyOf(values);
    }

    /// All dimensions, the outermost first: those of the plan's order, then the others.
    static List<String> order(TableReader plan, Set<String> variables) {
        Set<String> all = new LinkedHashSet<>(variables);
        all.addAll(TestMatrix.DIMENSIONS);
        Set<String> order = new LinkedHashSet<>();
        for (PlanValue item : plan.items("order")) {
            String dimension = TableReader.text(item);
            if (dimension != null && !all.contains(dimension)) {
                item.position().reportUnknown("dimension", dimension, all);
            } else if (dimension != null && !order.add(dimension)) {
                item.report(Diagnostics.quoted(dimension) + " is given twice");
            }
        }
        order.addAll(all);
        return List.copyOf(order);
    }
}
