package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Rates over the variables of a plan, for people. The median in Mbit/s, and of how many in brackets.
///
/// One variable is a table: its values are the rows, each test, direction and point of a sweep is a
/// column. Two variables are a matrix for each of these; of more than two, those with the most values
/// are, and there is a matrix for each combination of the others, at most 20.
final class ResultTable {
    private static final int MOST_TABLES = 20;

    private final Map<String, Set<String>> variables;

    private ResultTable(Map<String, Set<String>> variables) {
        this.variables = variables;
    }

    /// Empty if no test has a variable.
    static List<String> lines(List<Aggregate> aggregates) {
        Map<String, Set<String>> variables = new LinkedHashMap<>();
        for (Aggregate aggregate : aggregates) {
            aggregate
                    .group()
                    .parameters()
                    .variables()
                    .forEach((name, value) -> variables
                            .computeIfAbsent(name, _ -> new LinkedHashSet<>())
                            .add(value));
        }
        return variables.isEmpty() ? List.of() : new ResultTable(variables).tables(aggregates);
    }

    private List<String> tables(List<Aggregate> aggregates) {
        List<String> axes = variables.keySet().stream()
                .sorted(Comparator.comparingInt(
                        name -> -variables.getOrDefault(name, Set.of()).size())) // stable
                .limit(2)
                .toList();
        Map<String, List<Aggregate>> tables = new LinkedHashMap<>();
        for (Aggregate each : aggregates) {
            String title = axes.size() == 1 ? "" : label(each.group(), axes);
            tables.computeIfAbsent(title, _ -> new ArrayList<>()).add(each);
        }
        List<String> lines = new ArrayList<>(List.of("Medians of what was received, in Mbit/s (of how many tests):"));
        tables.entrySet().stream().limit(MOST_TABLES).forEach(table -> {
            lines.add("");
            if (!table.getKey().isEmpty()) {
                lines.add(table.getKey());
            }
            lines.addAll(table(axes, table.getValue()).lines());
        });
        if (tables.size() > MOST_TABLES) {
            lines.add("");
            lines.add((tables.size() - MOST_TABLES) + " more tables are left out: the rest is in summary.csv");
        }
        return lines;
    }

    private TextTable table(List<String> axes, List<Aggregate> aggregates) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        variables.getOrDefault(axes.getFirst(), Set.of()).forEach(value -> rows.put(value, new LinkedHashMap<>()));
        Set<String> columns = new LinkedHashSet<>();
        if (axes.size() > 1) {
            variables
                    .getOrDefault(axes.getLast(), Set.of())
                    .forEach(value -> columns.add(axes.getLast() + "=" + value));
        }
        for (Aggregate each : aggregates) {
            Map<String, String> values = each.group().parameters().variables();
            String column =
                    axes.size() > 1 ? axes.getLast() + "=" + values.get(axes.getLast()) : label(each.group(), axes);
            columns.add(column);
            rows.computeIfAbsent(values.getOrDefault(axes.getFirst(), SessionSummary.NONE), _ -> new LinkedHashMap<>())
                    .put(column, cell(each));
        }
        List<String> header = new ArrayList<>(List.of(axes.getFirst()));
        header.addAll(columns);
        List<List<String>> lines = new ArrayList<>();
        rows.forEach((value, cells) -> {
            List<String> line = new ArrayList<>(List.of(value));
            columns.forEach(column -> line.add(cells.getOrDefault(column, SessionSummary.NONE)));
            lines.add(line);
        });
        return new TextTable(header, lines);
    }

    /// Of what is not an axis: `tcp tpc -> tate parallel=4`.
    private static String label(Aggregate.Group group, List<String> axes) {
        String others = group.parameters().variables().entrySet().stream()
                .filter(variable -> !axes.contains(variable.getKey()))
                .map(variable -> " " + variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining());
        Map<String, String> sweep = group.parameters().sweep();
        return group.test() + " " + group.pair().sender() + " -> "
                + group.pair().receiver() + others + (sweep.isEmpty() ? "" : " " + SessionSummary.sweep(sweep));
    }

    private static String cell(Aggregate aggregate) {
        Aggregate.Spread rate = aggregate.figures().get(ThresholdMetric.BITRATE);
        return rate == null
                ? SessionSummary.NONE
                : SessionSummary.fixed(rate.median() / SessionSummary.BITS_PER_MEGABIT) + " (" + rate.n() + ")";
    }
}
