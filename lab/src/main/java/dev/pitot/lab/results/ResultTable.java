package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.TextTable.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final List<String> axes;

    private ResultTable(Map<String, Set<String>> variables) {
        this.variables = variables;
        axes = variables.keySet().stream()
                .sorted(Comparator.comparingInt(name -> -values(name).size())) // stable
                .limit(2)
                .toList();
    }

    /// Empty if no test has a variable.
    static List<String> lines(List<Aggregate> aggregates) {
        Map<String, Set<String>> variables = new LinkedHashMap<>();
        for (Aggregate aggregate : aggregates) {
            variables(aggregate)
                    .forEach((name, value) -> variables
                            .computeIfAbsent(name, _ -> new LinkedHashSet<>())
                            .add(value));
        }
        return variables.isEmpty() ? List.of() : new ResultTable(variables).tables(aggregates);
    }

    private static Map<String, String> variables(Aggregate aggregate) {
        return aggregate.group().parameters().variables();
    }

    private Set<String> values(String variable) {
        return variables.getOrDefault(variable, Set.of());
    }

    private List<String> tables(List<Aggregate> aggregates) {
        Map<String, List<Aggregate>> tables = aggregates.stream()
                .collect(Collectors.groupingBy(
                        each -> axes.size() == 1 ? "" : label(each), LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>(List.of("Medians of what was received, in Mbit/s (of how many tests):"));
        tables.entrySet().stream().limit(MOST_TABLES).forEach(table -> {
            lines.add("");
            if (!table.getKey().isEmpty()) {
                lines.add(table.getKey());
            }
            lines.addAll(table(table.getValue()));
        });
        if (tables.size() > MOST_TABLES) {
            lines.add("");
            lines.add((tables.size() - MOST_TABLES) + " more tables are left out: the rest is in summary.csv");
        }
        return lines;
    }

    private List<String> table(List<Aggregate> aggregates) {
        Set<String> rows = new LinkedHashSet<>(values(axes.getFirst()));
        Map<String, Map<String, String>> cells = new LinkedHashMap<>(); // by column, then by row
        if (axes.size() > 1) {
            values(axes.getLast()).forEach(value -> cells.put(axes.getLast() + "=" + value, new HashMap<>()));
        }
        for (Aggregate each : aggregates) {
            String row = variables(each).getOrDefault(axes.getFirst(), TextTable.NONE);
            String column = axes.size() == 1
                    ? label(each)
                    : axes.getLast() + "=" + variables(each).get(axes.getLast());
            rows.add(row);
            cells.computeIfAbsent(column, _ -> new HashMap<>()).put(row, cell(each));
        }
        List<Column<String>> columns = new ArrayList<>(List.of(new Column<>(axes.getFirst(), row -> row)));
        cells.forEach((name, ofRows) ->
                columns.add(new Column<>(name, row -> ofRows.getOrDefault(row, TextTable.NONE))));
        return TextTable.lines(columns, List.copyOf(rows));
    }

    /// Of what is not an axis: `tcp tpc -> tate parallel=4`.
    private String label(Aggregate aggregate) {
        TestId.Group group = aggregate.group();
        var others = new LinkedHashMap<>(group.parameters().variables());
        others.keySet().removeAll(axes);
        others.putAll(group.parameters().sweep());
        return group.test() + " " + group.pair().sender() + " -> "
                + group.pair().receiver() + (others.isEmpty() ? "" : " " + SessionSummary.point(others));
    }

    private static String cell(Aggregate aggregate) {
        Aggregate.Spread rate = aggregate.figures().get(ThresholdMetric.BITRATE);
        return rate == null
                ? TextTable.NONE
                : Thresholds.text(ThresholdMetric.BITRATE, rate.median()) + " (" + rate.n() + ")";
    }
}
