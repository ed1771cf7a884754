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
import java.time.Instant;
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
    private static final Set<Destination> CSV = Set.of(Destination.CSV);
    private static final Set<Destination> JSON = Set.of(Destination.SUMMARY, Destination.LINE);
    private static final Set<Destination> SUMMARIES = Set.of(Destination.CSV, Destination.SUMMARY);
    private static final Set<Destination> LINES = Set.of(Destination.LINE);

    private static final List<Column> COLUMNS = List.of(
            column(
                    "number",
                    ALL,
                    "the test of the session, from 1; the same when the session is resumed",
                    run -> run.id().number()),
            column("repetition", ALL, "from 1", run -> run.id().repetition()),
            column(
                    "node",
                    ALL,
                    "the device under test",
                    run -> group(run).pair().node()),
            column("peer", ALL, "the other end", run -> group(run).pair().peer()),
            column(
                    "direction",
                    ALL,
                    "`to_node` (downlink) or `from_node` (uplink)",
                    run -> group(run).pair().direction()),
            column("test", ALL, "its name in the plan", run -> group(run).test()),
            column("protocol", JSON, "what carried the data", run -> group(run).protocol()),
            new Column(
                    "variables",
                    ALL,
                    "variable_",
                    "the values of the plan's variables",
                    run -> group(run).parameters().variables()),
            new Column(
                    "sweep",
                    ALL,
                    "sweep_",
                    "the values of swept options",
                    run -> group(run).parameters().sweep()),
            column("attempt", JSON, "1 for the first", RunResult::attempt),
            column("engine", ALL, "the tool that measured: `pitot`, `iperf3` or `iperf2`", RunResult::engine),
            column("began", JSON, "when the test began", run -> run.time().began()),
            column("ended", JSON, "when it ended", run -> run.time().ended()),
            column(
                    "verdict",
                    ALL,
                    "`passed`, `missed` (a threshold), `failed` (not measured), `stopped`",
                    run -> run.verdict().kind()),
            column(
                    "trouble",
                    JSON,
                    "the kind of failure, such as `refused`, where it is known",
                    run -> run.verdict().errorKind()),
            column(
                    "sender_bits_per_second",
                    SUMMARIES,
                    "the sending end's own total",
                    run -> rate(totals(run).sender())),
            column(
                    "sender_bytes",
                    SUMMARIES,
                    "the sending end's own total",
                    run -> bytes(totals(run).sender())),
            column(
                    "receiver_bits_per_second",
                    SUMMARIES,
                    "the receiving end's own total: **the rate that counts**",
                    run -> rate(totals(run).receiver())),
            column(
                    "receiver_bytes",
                    SUMMARIES,
                    "the receiving end's own total",
                    run -> bytes(totals(run).receiver())),
            column(
                    "loss_percent",
                    SUMMARIES,
                    "of UDP, as the receiver reports it",
                    run -> totals(run).lossPercent()),
            column(
                    "jitter_ms",
                    SUMMARIES,
                    "of UDP, as the receiver reports it",
                    run -> totals(run).jitterMillis()),
            column(
                    "retransmits",
                    SUMMARIES,
                    "of TCP, as the sender reports them",
                    run -> totals(run).retransmits()),
            column(
                    "interval_mean_bits_per_second",
                    ALL,
                    "mean rate of the receiver's intervals, without absurd ones; the total has the last bytes too",
                    run -> intervals(run).meanBitsPerSecond()),
            column(
                    "gaps",
                    ALL,
                    "intervals in which the line of a stream is missing",
                    run -> intervals(run).gaps()),
            new Column(
                    "values",
                    CSV,
                    "value_",
                    "numbers that hooks report, such as `recovery_seconds`",
                    run -> numbers(observed(run).values())),
            column(
                    "values",
                    JSON,
                    "numbers and texts that hooks report",
                    run -> observed(run).values()),
            new Column(
                    "monitors",
                    ALL,
                    "value_",
                    "what monitors read while the client ran, such as `node_rssi_dbm`: the mean; in JSON n, mean,"
                            + " min, max",
                    run -> observed(run).monitors()),
            column(
                    "missed",
                    ALL,
                    "thresholds that were missed",
                    run -> run.verdict().missed()),
            column(
                    "reason",
                    ALL,
                    "a sentence: what went wrong, where",
                    run -> run.verdict().reason()),
            column(
                    "sender",
                    LINES,
                    "rows of totals from the sending end",
                    run -> run.measurements().sender()),
            column(
                    "receiver",
                    LINES,
                    "rows of totals from the receiving end",
                    run -> run.measurements().receiver()),
            column(
                    "files",
                    LINES,
                    "raw lines of the test",
                    run -> run.measurements().rawFiles()));

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
    /// @param holds for people
    /// @param of the value of a run
    record Column(
            String name,
            Set<Destination> places,
            @Nullable String prefix,
            String holds,
            Function<RunResult, @Nullable Object> of) {
        Object value(RunResult run, @Nullable String key) {
            Object value = of.apply(run);
            return ResultFields.csv(value instanceof Map<?, ?> values ? values.get(key) : value);
        }
    }

    private static Column column(
            String name, Set<Destination> places, String holds, Function<RunResult, @Nullable Object> of) {
        return new Column(name, places, null, holds, of);
    }

    /// All of them, in the order of the files.
    static List<Column> all() {
        return COLUMNS;
    }

    /// `summary.csv`, without its last end of line: a row for each test. Each variable, sweep, number
    /// of a hook and monitor of the session has a column, empty for tests without it.
    static String csv(List<RunResult> runs) {
        Map<String, Function<RunResult, Object>> cells = new LinkedHashMap<>();
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

    private static Set<String> keys(Column column, List<RunResult> runs) {
        Set<String> keys = new LinkedHashSet<>();
        for (RunResult run : runs) {
            if (column.of.apply(run) instanceof Map<?, ?> values) {
                values.keySet().forEach(key -> keys.add(key.toString()));
            }
        }
        return keys;
    }

    /// A run as an object of `results.jsonl` or `summary.json`.
    static JsonObjectWriter json(RunResult run, Destination place, TimestampFormat timestamps) {
        var object = new JsonObjectWriter();
        of(place).forEach(column -> {
            Object value = column.of.apply(run);
            object.put(column.name, value instanceof Instant time ? timestamps.line(time) : ResultFields.json(value));
        });
        return object;
    }

    private static List<Column> of(Destination place) {
        return COLUMNS.stream().filter(column -> column.places.contains(place)).toList();
    }

    /// A run as a line of `results.jsonl` has it. What older lines do not have is absent.
    ///
    /// @throws IllegalArgumentException if the line is no such object
    static RunResult read(String line) {
        ResultFields fields = ResultFields.of(line);
        var pair = new TestCase.Pair(
                fields.text("node"), fields.text("peer"), fields.word(TestCase.NodeDirection.class, "direction"));
        var group = new TestId.Group(
                fields.text("test"),
                pair,
                fields.word(Protocol.class, "protocol"),
                new ParameterSet(fields.texts("variables"), fields.texts("sweep")));
        var measurements = new Measurements(
                fields.rows("sender"),
                fields.rows("receiver"),
                fields.list("files").stream().map(String::valueOf).toList(),
                new Observations(fields.texts("values"), fields.statistics("monitors")),
                new Intervals(fields.decimal("interval_mean_bits_per_second"), fields.whole("gaps")));
        return new RunResult(
                new TestId((int) fields.number("number"), (int) fields.number("repetition"), group),
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

    private static Totals totals(RunResult run) {
        return Totals.of(run.measurements());
    }

    private static Observations observed(RunResult run) {
        return run.measurements().observations();
    }

    private static @Nullable Object rate(@Nullable Row row) {
        return row == null ? null : row.amounts().bitsPerSecond().value();
    }

    private static @Nullable Object bytes(@Nullable Row row) {
        return row == null ? null : row.amounts().bytes().value();
    }

    private static Intervals intervals(RunResult run) {
        return run.measurements().intervals();
    }

    private static TestId.Group group(RunResult run) {
        return run.id().group();
    }

    /// Of what hooks returned: texts are in the JSON files only.
    private static Map<String, String> numbers(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(value -> CsvLine.isNumber(value.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
    }
}
