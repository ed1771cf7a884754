package dev.pitot.lab.results;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.results.RunResult.Intervals;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import dev.pitot.output.json.JsonObjectWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
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
    private static final String MEAN = "interval_mean_bits_per_second";
    private static final String RATE = "receiver_bits_per_second";

    private static final Function<RunResult, TestId.Group> GROUP =
            run -> run.id().group();
    private static final Function<RunResult, Pair> PAIR = GROUP.andThen(TestId.Group::pair);
    private static final Function<RunResult, ParameterSet> POINT = GROUP.andThen(TestId.Group::parameters);

    private static final List<Column> COLUMNS = List.of(
            all("number", "of the test in its session; kept when it is resumed", RunResult::id, TestId::number),
            all("repetition", "from 1", RunResult::id, TestId::repetition),
            all("node", "the device under test", PAIR, Pair::node),
            all("peer", "the other end", PAIR, Pair::peer),
            all("direction", "`to_node` (downlink), `from_node` (uplink)", PAIR, Pair::direction),
            all("test", "its name in the plan", GROUP, TestId.Group::test),
            json("protocol", "what carried the data", GROUP, TestId.Group::protocol),
            all("variables", "values", POINT, ParameterSet::variables).of("variable_"),
            all("sweep", "values of swept options", POINT, ParameterSet::sweep).of("sweep_"),
            json("attempt", "1 for the first", run -> run, RunResult::attempt),
            all("engine", "what measured: `pitot`, `iperf3` or `iperf2`", run -> run, RunResult::engine),
            json("began", "the begin of the test", RunResult::time, RunResult.Time::began),
            json("ended", "its end", RunResult::time, RunResult.Time::ended),
            all("verdict", "`passed`, `missed`, `failed` or `stopped`", RunResult::verdict, Verdict::kind),
            json("trouble", "kind of failure, where it is known", RunResult::verdict, Verdict::errorKind),
            total("sender_bits_per_second", "the sending end's own total", all -> rate(all.sender())),
            total("sender_bytes", "the sending end's own total", all -> bytes(all.sender())),
            total(RATE, "the receiving end's own total: **the rate that counts**", all -> rate(all.receiver())),
            total("receiver_bytes", "the receiving end's own total", all -> bytes(all.receiver())),
            total("loss_percent", "of UDP, as the receiver reports it", Totals::lossPercent),
            total("jitter_ms", "of UDP, as the receiver reports it", Totals::jitterMillis),
            total("retransmits", "of TCP, as the sender reports them", Totals::retransmits),
            total("idle_rtt_ms", "lowest round trip without load, by Pitot", ResultColumns::idleRtt),
            total(
                    "loaded_rtt_p95_ms",
                    "95th percentile of the round trips under load, by Pitot",
                    Totals::loadedRttP95Millis),
            total("latency_grade", "of the round trips' rise under load: `A+` to `F`, by Pitot", ResultColumns::grade),
            all(
                    MEAN,
                    "of the receiver's intervals, without absurd ones",
                    ResultColumns::intervals,
                    Intervals::meanBitsPerSecond),
            all("gaps", "intervals in which a stream is missing", ResultColumns::intervals, Intervals::gaps),
            all("monitors", "what monitors read; in CSV the mean", ResultColumns::observations, Observations::monitors)
                    .of("value_"),
            all("values", "what hooks report; in CSV numbers only", ResultColumns::observations, Observations::values)
                    .of("value_"), // the last: a hook cannot change what another name means
            all("missed", "thresholds that were missed", RunResult::verdict, Verdict::missed),
            all("reason", "a sentence: what went wrong, where", RunResult::verdict, Verdict::reason),
            line("sender", "rows of totals from the sending end", Measurements::sender),
            line("receiver", "rows of totals from the receiving end", Measurements::receiver),
            line("files", "files of raw lines", Measurements::rawFiles));

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
        Column in(Set<Destination> some) {
            return new Column(name, some, prefix, holds, of);
        }

        Column of(String prefixInCsv) {
            return new Column(name, places, prefixInCsv, holds, of);
        }

        String csv(RunResult run, @Nullable String key) {
            Object value = of.apply(run);
            return ResultFields.csv(value instanceof Map<?, ?> values ? values.get(key) : value);
        }
    }

    private static <T> Column all(
            String name, String holds, Function<RunResult, T> part, Function<T, @Nullable Object> of) {
        return new Column(name, EnumSet.allOf(Destination.class), null, holds, run -> of.apply(part.apply(run)));
    }

    private static <T> Column json(
            String name, String holds, Function<RunResult, T> part, Function<T, @Nullable Object> of) {
        return all(name, holds, part, of).in(EnumSet.of(Destination.SUMMARY, Destination.LINE));
    }

    private static Column total(String name, String holds, Function<Totals, @Nullable Object> of) {
        return all(name, holds, run -> Totals.of(run.measurements()), of)
                .in(EnumSet.of(Destination.CSV, Destination.SUMMARY));
    }

    private static Column line(String name, String holds, Function<Measurements, @Nullable Object> of) {
        return all(name, holds, RunResult::measurements, of).in(EnumSet.of(Destination.LINE));
    }

    /// All of them, in the order of the files.
    static List<Column> all() {
        return COLUMNS;
    }

    /// `summary.csv`, without its last end of line: a row for each test. Each variable, sweep, number
    /// of a hook and monitor of the session has a column, empty for tests without it.
    static String csv(List<RunResult> runs) {
        Map<String, Function<RunResult, String>> cells = new LinkedHashMap<>();
        List<Column> columns = of(Destination.CSV);
        Set<String> taken = COLUMNS.stream() // also those of the JSON files alone
                .filter(column -> column.prefix == null)
                .map(Column::name)
                .collect(Collectors.toCollection(HashSet::new));
        for (Column column : columns) {
            if (column.prefix == null) {
                cells.put(column.name, run -> column.csv(run, null));
                continue;
            }
            for (String key : keys(column, runs)) {
                String name = key;
                while (!taken.add(name)) {
                    name = column.prefix + name;
                }
                cells.put(name, run -> column.csv(run, key));
            }
        }
        List<String> lines = new ArrayList<>(List.of(CsvLine.of(List.copyOf(cells.keySet()))));
        runs.forEach(run -> lines.add(
                CsvLine.of(cells.values().stream().map(cell -> cell.apply(run)).toList())));
        return String.join("\n", lines);
    }

    /// Of what hooks returned, texts are in the JSON files only.
    private static Set<String> keys(Column column, List<RunResult> runs) {
        Set<String> keys = new LinkedHashSet<>();
        for (RunResult run : runs) {
            if (column.of.apply(run) instanceof Map<?, ?> values) {
                values.forEach((key, value) -> {
                    if (!column.name.equals("values") || CsvLine.isNumber(value.toString())) {
                        keys.add(key.toString());
                    }
                });
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
        var pair = new Pair(fields.text("node"), fields.text("peer"), fields.word(NodeDirection.class, "direction"));
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
                new Intervals(fields.decimal(MEAN), fields.whole("gaps")));
        return new RunResult(
                new TestId(fields.count("number"), fields.count("repetition"), group),
                fields.count("attempt"),
                fields.wordOrNull(EngineKind.class, "engine"),
                new RunResult.Time(fields.time("began"), fields.time("ended")),
                measurements,
                new Verdict(
                        fields.word(Verdict.Kind.class, "verdict"),
                        fields.wordOrNull(ErrorKind.class, "trouble"),
                        fields.textOrNull("reason"),
                        fields.thresholds("missed")));
    }

    private static @Nullable Object rate(@Nullable Row row) {
        return row == null ? null : row.amounts().bitsPerSecond().value();
    }

    private static @Nullable Object bytes(@Nullable Row row) {
        return row == null ? null : row.amounts().bytes().value();
    }

    private static @Nullable Object idleRtt(Totals totals) {
        Row.RoundTrips all = totals.roundTrips();
        return all == null ? null : all.idleMillis();
    }

    private static @Nullable Object grade(Totals totals) {
        Row.RoundTrips all = totals.roundTrips();
        return all == null ? null : all.grade();
    }

    private static Intervals intervals(RunResult run) {
        return run.measurements().intervals();
    }

    private static Observations observations(RunResult run) {
        return run.measurements().observations();
    }
}
