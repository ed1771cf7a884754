package dev.pitot.lab.results;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.results.RunResult.Intervals;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import dev.pitot.output.json.JsonObjectWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The columns of results, in one table: `summary.csv`, the results in `summary.json`, the lines of
/// `results.jsonl`, and how these lines are read back. What is not known is null, or an empty field.
/// Figures have all their digits.
final class ResultColumns {
    private static final Set<Destination> ALL = Set.of(Destination.CSV, Destination.SUMMARY, Destination.LINE);
    private static final Set<Destination> JSON = Set.of(Destination.SUMMARY, Destination.LINE);
    private static final Set<Destination> SUMMARIES = Set.of(Destination.CSV, Destination.SUMMARY);
    private static final Set<Destination> LINES = Set.of(Destination.LINE);

    private static final List<Column> COLUMNS = List.of(
            column("number", ALL, run -> run.id().number()),
            column("repetition", ALL, run -> run.id().repetition()),
            column("node", ALL, run -> run.id().pair().node()),
            column("peer", ALL, run -> run.id().pair().peer()),
            column("direction", ALL, run -> run.id().pair().direction()),
            column("test", ALL, run -> run.id().test()),
            column("protocol", JSON, run -> run.id().protocol()),
            new Column(
                    "variables", ALL, "variable_", run -> run.id().parameters().variables()),
            new Column("sweep", ALL, "sweep_", run -> run.id().parameters().sweep()),
            column("attempt", JSON, StoredRun::attempt),
            column("engine", ALL, StoredRun::engine),
            column("began", JSON, run -> run.time().began()),
            column("ended", JSON, run -> run.time().ended()),
            column("verdict", ALL, run -> run.verdict().kind()),
            column("trouble", JSON, run -> run.verdict().errorKind()),
            column("sender_bits_per_second", SUMMARIES, run -> rate(totals(run).sender())),
            column("sender_bytes", SUMMARIES, run -> bytes(totals(run).sender())),
            column(
                    "receiver_bits_per_second",
                    SUMMARIES,
                    run -> rate(totals(run).receiver())),
            column("receiver_bytes", SUMMARIES, run -> bytes(totals(run).receiver())),
            column("loss_percent", SUMMARIES, run -> totals(run).lossPercent()),
            column("jitter_ms", SUMMARIES, run -> totals(run).jitterMillis()),
            column("retransmits", SUMMARIES, run -> totals(run).retransmits()),
            column("interval_mean_bits_per_second", ALL, ResultColumns::intervalMean),
            column("gaps", ALL, ResultColumns::gaps),
            new Column(
                    "values",
                    Set.of(Destination.CSV),
                    "value_",
                    run -> numbers(observed(run).values())),
            column("values", JSON, run -> observed(run).values()),
            new Column("monitors", ALL, "value_", run -> observed(run).monitors()),
            column("missed", ALL, run -> run.verdict().missed()),
            column("reason", ALL, run -> run.verdict().reason()),
            column("sender", LINES, run -> run.measurements().sender()),
            column("receiver", LINES, run -> run.measurements().receiver()),
            column("files", LINES, run -> run.measurements().rawFiles()));

    private ResultColumns() {}

    /// A file of results.
    enum Destination {
        /// `summary.csv`.
        CSV,
        /// `summary.json`.
        SUMMARY,
        /// `results.jsonl`.
        LINE
    }

    /// One column.
    ///
    /// @param name in the files
    /// @param places the files that have it
    /// @param prefix of the columns that a table of names and values becomes in CSV, where a name is
    ///     taken already; null for a single column
    /// @param of the value of a run
    private record Column(
            String name, Set<Destination> places, @Nullable String prefix, Function<StoredRun, @Nullable Object> of) {
        Object value(StoredRun run, @Nullable String key) {
            Object value = of.apply(run);
            return ResultFields.csv(value instanceof Map<?, ?> values ? values.get(key) : value);
        }
    }

    private static Column column(String name, Set<Destination> places, Function<StoredRun, @Nullable Object> of) {
        return new Column(name, places, null, of);
    }

    /// `summary.csv`, without its last end of line: a row for each test. Each variable, sweep, number
    /// of a hook and monitor of the session has a column, empty for tests without it.
    static String csv(List<StoredRun> runs) {
        Map<String, Function<StoredRun, Object>> cells = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        of(Destination.CSV).stream().filter(column -> column.prefix == null).forEach(column -> taken.add(column.name));
        for (Column column : of(Destination.CSV)) {
            if (column.prefix == null) {
                cells.put(column.name, run -> column.value(run, null));
                continue;
            }
            for (String key : keys(column, runs)) {
                String name = key;
                while (!taken.add(name)) {
                    name = column.prefix + name;
                }
                cells.put(name, run -> column.value(run, key));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(CsvLine.of(List.copyOf(cells.keySet())));
        runs.forEach(run -> lines.add(
                CsvLine.of(cells.values().stream().map(cell -> cell.apply(run)).toList())));
        return String.join("\n", lines);
    }

    private static Set<String> keys(Column column, List<StoredRun> runs) {
        Set<String> keys = new LinkedHashSet<>();
        for (StoredRun run : runs) {
            if (column.of.apply(run) instanceof Map<?, ?> values) {
                values.keySet().forEach(key -> keys.add(key.toString()));
            }
        }
        return keys;
    }

    /// A run as an object of `results.jsonl` or `summary.json`.
    static JsonObjectWriter json(StoredRun run, Destination place, TimestampFormat timestamps) {
        var object = new JsonObjectWriter();
        of(place).forEach(column -> object.put(column.name, ResultFields.json(column.of.apply(run), timestamps)));
        return object;
    }

    private static List<Column> of(Destination place) {
        return COLUMNS.stream().filter(column -> column.places.contains(place)).toList();
    }

    /// A run as a line of `results.jsonl` has it. What older lines do not have is absent.
    ///
    /// @throws IllegalArgumentException if the line is no such object
    static StoredRun read(String line) {
        ResultFields fields = ResultFields.of(line);
        var pair = new TestCase.Pair(
                fields.text("node"), fields.text("peer"), fields.word(TestCase.NodeDirection.class, "direction"));
        var id = new StoredRun.Id(
                (int) fields.number("number"),
                (int) fields.number("repetition"),
                pair,
                fields.text("test"),
                fields.word(Protocol.class, "protocol"),
                new ParameterSet(fields.texts("variables"), fields.texts("sweep")));
        Long gaps = fields.whole("gaps");
        var measurements = new Measurements(
                fields.rows("sender"),
                fields.rows("receiver"),
                fields.list("files").stream().map(String::valueOf).toList(),
                new Observations(fields.texts("values"), fields.statistics("monitors")),
                gaps == null ? null : new Intervals(fields.decimal("interval_mean_bits_per_second"), gaps));
        return new StoredRun(
                id,
                (int) fields.number("attempt"),
                fields.wordOrNull(EngineKind.class, "engine"),
                new RunResult.Time(fields.time("began"), fields.time("ended")),
                measurements,
                new Verdict(
                        fields.word(Verdict.Kind.class, "verdict"),
                        fields.wordOrNull(ErrorKind.class, "trouble"),
                        fields.textOrNull("reason"),
                        fields.thresholds("missed")));
    }

    private static Totals totals(StoredRun run) {
        return Totals.of(run.measurements());
    }

    private static Observations observed(StoredRun run) {
        return run.measurements().observations();
    }

    private static @Nullable Object rate(@Nullable Row row) {
        return row == null ? null : row.amounts().bitsPerSecond().value();
    }

    private static @Nullable Object bytes(@Nullable Row row) {
        return row == null ? null : row.amounts().bytes().value();
    }

    private static @Nullable Object intervalMean(StoredRun run) {
        Intervals intervals = run.measurements().intervals();
        return intervals == null ? null : intervals.meanBitsPerSecond();
    }

    private static @Nullable Object gaps(StoredRun run) {
        Intervals intervals = run.measurements().intervals();
        return intervals == null ? null : intervals.gaps();
    }

    /// Of what hooks returned: texts are in the JSON files only.
    private static Map<String, String> numbers(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(value -> CsvLine.isNumber(value.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
    }
}
