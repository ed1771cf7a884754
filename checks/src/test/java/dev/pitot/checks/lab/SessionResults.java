package dev.pitot.checks.lab;

import dev.pitot.checks.program.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Result folder of a session.
///
/// @param folder its path
record SessionResults(Path folder) {
    /// A row of `summary.csv`.
    ///
    /// @param fields by column name
    record Row(Map<String, String> fields) {
        /// Returns a field, which every row has.
        String at(String column) {
            return Objects.requireNonNull(fields.get(column), column);
        }
    }

    /// Reads the rows of `summary.csv`, in the plan's order. Fields may contain commas.
    List<Row> summary() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("summary.csv"));
        List<String> names = fields(lines.getFirst());
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> values = fields(line);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), values.get(i));
            }
            rows.add(new Row(row));
        }
        return rows;
    }

    /// Parses a line of RFC 4180, without line ends inside quotes.
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        var field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char sign = line.charAt(i);
            if (sign == '"') {
                isQuoted = !isQuoted;
            } else if (sign == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(sign);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /// Returns one column of the summary.
    List<String> column(String name) throws IOException {
        return summary().stream().map(row -> row.at(name)).toList();
    }

    /// Reads the lines of `results.jsonl`, by test number.
    Map<String, Document> runs() throws IOException {
        Map<String, Document> runs = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("results.jsonl"))) {
            Document run = Document.strict(line);
            runs.put(run.text("number"), run);
        }
        return runs;
    }

    /// Reads a file as text.
    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
