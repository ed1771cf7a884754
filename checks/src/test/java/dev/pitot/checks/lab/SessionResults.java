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

/// The folder that a session has left.
///
/// @param folder where it is
record SessionResults(Path folder) {
    /// A row of `summary.csv`.
    ///
    /// @param fields by the names of their columns
    record Row(Map<String, String> fields) {
        /// A field, which every row has.
        String at(String column) {
            return Objects.requireNonNull(fields.get(column), column);
        }
    }

    /// The rows of `summary.csv`, in the plan's order. A sentence may hold commas.
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

    /// RFC 4180, without ends of lines inside of quotes.
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

    /// One column of the summary.
    List<String> column(String name) throws IOException {
        return summary().stream().map(row -> row.at(name)).toList();
    }

    /// The lines of `results.jsonl`, by the number of the test.
    Map<String, Document> runs() throws IOException {
        Map<String, Document> runs = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("results.jsonl"))) {
            Document run = Document.strict(line);
            runs.put(run.text("number"), run);
        }
        return runs;
    }

    /// The text of a file.
    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
