package dev.pitot.lab.results;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One record of comma-separated values (RFC 4180), without its end of line. Control characters
/// become `?`, so that a record is always one line. A text that a spreadsheet would calculate
/// gets a
/// `'` before it: names come from devices and hooks.
final class CsvLine {
    private static final Pattern TO_BE_QUOTED = Pattern.compile("[\",]");

    private static final Pattern FORMULA = Pattern.compile("[=+@-].*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private CsvLine() {}

    /// Whether a double can hold it.
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
    }

    /// What is null is an empty field; others are as [ResultFields#csv] has them.
    static String of(List<? extends @Nullable Object> fields) {
        return fields.stream().map(CsvLine::field).collect(Collectors.joining(","));
    }

    private static String field(@Nullable Object field) {
        String plain = TextSanitizer.line(ResultFields.csv(field));
        boolean isFormula = FORMULA.matcher(plain).matches() && !isNumber(plain);
        String text = isFormula ? "'" + plain : plain;
        return TO_BE_QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
