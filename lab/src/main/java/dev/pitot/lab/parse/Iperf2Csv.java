package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A comma-separated line of iperf 2 (`-y C`): nine columns, `time, address, port, address, port, id,
/// start-end, bytes, bits per second`, and for UDP five more, `jitter, lost, expected, lost in
/// percent, out of order`.
///
/// Bytes are exact; rates are rounded to whole bits per second. The id -1 is the sum (2.0.x;
/// 2.1.8 prints none in this format). Which end counted is not said, nor that the program listens.
///
/// @param series tells the series apart
/// @param row of unknown kind
record Iperf2Csv(String series, Row row) {
    /// What a line of this format begins with.
    static final Pattern BEGIN = Pattern.compile("^\\d{14}(?:\\.\\d{1,9})?,[^,]{0,64},\\d{0,5},[^,]{0,64},\\d{0,5},");

    private static final Pattern LINE = Pattern.compile("^\\d{14}(?:\\.\\d{1,9})?,"
            + "(?<peers>[^,]{0,64},\\d{0,5},[^,]{0,64},\\d{0,5}),(?<id>-?\\d{1,9}),"
            + "(?<start>\\d{1,9}(?:\\.\\d{1,9})?)- ?(?<end>\\d{1,9}(?:\\.\\d{1,9})?),(?<bytes>\\d{1,18}),(?<rate>\\d{1,18})"
            + "(?:,(?<jitter>-?\\d{1,12}(?:\\.\\d{1,9})?),(?<lost>-?\\d{1,18}),(?<all>-?\\d{1,18})"
            + ",[^,]{1,24},(?<late>-?\\d{1,18}))?\\s*$");

    /// The row of a line; null if it has none.
    static @Nullable Iperf2Csv read(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.find()) {
            return null;
        }
        int id = Integer.parseInt(line.group("id"));
        var amounts = new Amounts(
                RoundedValue.exact(Double.parseDouble(line.group("bytes"))),
                new RoundedValue(Double.parseDouble(line.group("rate")), 0.5));
        var row = new Row(
                Kind.INTERVAL,
                new Series(id < 0 ? null : Integer.valueOf(id), null),
                Double.parseDouble(line.group("start")),
                Double.parseDouble(line.group("end")),
                amounts,
                details(line));
        return new Iperf2Csv(line.group("peers") + line.group("id"), row);
    }

    /// A client's total says -1 expected datagrams: it does not know. Then it knows nothing else.
    private static Details details(Matcher line) {
        String jitter = line.group("jitter");
        if (jitter == null || line.group("all").startsWith("-")) {
            return Details.NONE;
        }
        return new Details(
                null,
                Long.valueOf(line.group("all")),
                Details.count(line.group("lost")),
                Details.count(line.group("late")),
                jitter.startsWith("-") ? null : Double.valueOf(jitter));
    }
}
