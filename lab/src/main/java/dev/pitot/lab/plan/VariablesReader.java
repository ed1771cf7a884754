package dev.pitot.lab.plan;

import dev.pitot.lab.hook.Hook;
import dev.pitot.lab.hook.Hook.Moment;
import dev.pitot.lab.hook.Placeholders;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the variables of a plan and the order of its dimensions. One thread.
final class VariablesReader {
    /// More variables could hardly be set.
    private static final int MOST = 10;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    /// Columns and tags of results, besides the placeholders.
    private static final Set<String> TAKEN =
            Set.of(("attempt began ended engine files gaps interval_mean_bits_per_second"
                            + " jitter_ms loss_percent missed monitors order peer protocol reason receiver"
                            + " receiver_bits_per_second receiver_bytes retransmits sender sender_bits_per_second sender_bytes"
                            + " sweep tag time title trouble values variables verdict")
                    .split(" "));

    private final Diagnostics diagnostics;

    VariablesReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// The names that a plan gives, which placeholders may use.
    static Set<String> names(TableReader plan) {
        Set<String> names = new LinkedHashSet<>();
        plan.table("variables").entries().forEach(entry -> names.add(entry.key()));
        return names;
    }

    List<Variable> read(TableReader plan, HooksReader hooks) {
        List<Variable> variables = new ArrayList<>();
        List<Entry> entries = plan.table("variables").entries();
        if (entries.size() > MOST) {
            diagnostics.add(plan.position("variables"), "a plan has at most " + MOST + " variables");
            return variables;
        }
        long points = 1;
        for (Entry entry : entries) {
            checkName(entry);
            TableReader table = entry.value() instanceof Mapping
                    ? TableReader.of(entry.value(), PlanKeys.VARIABLE, diagnostics)
                    : null;
            PlanValue item = table == null ? entry.value() : table.item("values");
            long count = item == null ? 0 : ValueRange.count(item);
            points = Math.max(1, count) > TestMatrix.MAX_TESTS / points
                    ? TestMatrix.MAX_TESTS + 1L
                    : points * Math.max(1, count);
            if (points > TestMatrix.MAX_TESTS) {
                diagnostics.add(
                        entry.place(),
                        "the variables up to this have more than " + TestMatrix.MAX_TESTS
                                + " combinations: give fewer values");
                return variables;
            }
            List<Hook> set = table == null ? List.of() : hooks.hooks(table, "set", Moment.BEFORE_TEST);
            variables.add(new Variable(entry.key(), values(entry, item), set));
        }
        return variables;
    }

    private void checkName(Entry entry) {
        String name = entry.key();
        if (!NAME.matcher(name).matches()) {
            diagnostics.add(
                    entry.place(),
                    "the name " + Diagnostics.quoted(name)
                            + " of a variable must be 1 to 31 of a-z, 0-9 and '_', beginning with a letter");
        } else if (Placeholders.NAMES.contains(name) || TAKEN.contains(name)) {
            diagnostics.add(entry.place(), "a variable cannot be called '" + name + "', which means something else");
        }
    }

    private List<String> values(Entry entry, @Nullable PlanValue item) {
        Set<String> values = new LinkedHashSet<>();
        List<PlanValue> items =
                item instanceof PlanValue.Sequence rows ? rows.items() : item == null ? List.of() : List.of(item);
        if (items.isEmpty()) {
            diagnostics.add(
                    entry.place(),
                    "the variable " + Diagnostics.quoted(entry.key()) + " needs values: [0, 90, 180] or 0..60 step 10");
        }
        for (PlanValue each : ValueRange.expanded(items, diagnostics)) {
            if (!(each instanceof Scalar text) || !VALUE.matcher(text.text()).matches()) {
                diagnostics.add(
                        each.position(),
                        "a value of a variable becomes part of the names of files: it has up to 40 of A-Z, a-z, 0-9,"
                                + " '.', '_' and '-'");
            } else if (!values.add(text.text())) {
                diagnostics.add(each.position(), "the value " + Diagnostics.quoted(text.text()) + " is given twice");
            }
        }
        return List.copyOf(values);
    }

    /// All dimensions, the outermost first: those of the plan's order, then the others.
    List<String> order(TableReader plan, Set<String> variables) {
        Set<String> all = new LinkedHashSet<>(variables);
        all.addAll(TestMatrix.DIMENSIONS);
        Set<String> order = new LinkedHashSet<>();
        for (PlanValue item : plan.items("order")) {
            if (!(item instanceof Scalar text)) {
                continue; // a problem already
            }
            if (!all.contains(text.text())) {
                diagnostics.unknown(item.position(), "dimension", text.text(), all);
            } else if (!order.add(text.text())) {
                diagnostics.add(item.position(), Diagnostics.quoted(text.text()) + " is given twice");
            }
        }
        order.addAll(all);
        return List.copyOf(order);
    }
}
