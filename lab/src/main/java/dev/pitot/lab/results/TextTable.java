package dev.pitot.lab.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A table for people: columns aligned and two spaces apart, figures to the right.
final class TextTable {
    /// A cell of which nothing is known.
    static final String NONE = "-";

    private static final Predicate<String> IS_FIGURE =
            Pattern.compile("-|-?\\d+(\\.\\d+)?( \\(\\d+\\))?").asMatchPredicate();
    private static final String GAP = "  ";

    private TextTable() {}

    /// One column.
    ///
    /// @param header its name
    /// @param cell what it has of a row
    record Column<T>(String header, Function<T, String> cell) {}

    /// The header and a line for each row, without spaces at their ends.
    static <T> List<String> lines(List<Column<T>> columns, List<T> rows) {
        List<StringBuilder> lines =
                Stream.generate(StringBuilder::new).limit(rows.size() + 1L).toList();
        for (Column<T> column : columns) {
            List<String> cells = new ArrayList<>(rows.stream().map(column.cell).toList());
            boolean isRight = !cells.isEmpty() && cells.stream().allMatch(IS_FIGURE);
            cells.addFirst(column.header);
            int width = cells.stream().mapToInt(String::length).max().orElse(0);
            for (int i = 0; i < cells.size(); i++) {
                String padding = " ".repeat(width - cells.get(i).length());
                lines.get(i)
                        .append(isRight ? padding + cells.get(i) : cells.get(i) + padding)
                        .append(GAP);
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }
}
