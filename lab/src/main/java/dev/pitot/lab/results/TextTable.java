package dev.pitot.lab.results;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A table for people: columns aligned and two spaces apart, figures to the right.
///
/// @param header the names of columns
/// @param rows each with a cell for every column
record TextTable(List<String> header, List<List<String>> rows) {
    private static final Pattern FIGURE = Pattern.compile("-|-?\\d+(\\.\\d+)?( \\(\\d+\\))?");
    private static final String GAP = "  ";

    /// The header and the rows, without spaces at their ends.
    List<String> lines() {
        return Stream.concat(Stream.of(header), rows.stream()).map(this::line).toList();
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(isOfFigures(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return Stream.concat(Stream.of(header), rows.stream())
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElse(0);
    }

    private boolean isOfFigures(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(cells -> FIGURE.matcher(cells.get(column)).matches());
    }
}
