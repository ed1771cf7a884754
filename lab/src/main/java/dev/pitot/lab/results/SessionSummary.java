package dev.pitot.lab.results;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.Aggregate.Spread;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.TextTable.Column;
import dev.pitot.output.json.PeerJson;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A session in one table.
///
/// @param title of the plan
/// @param began when
/// @param runs one for each test, in the order of the plan
/// @param zone whose time people read
public record SessionSummary(String title, Instant began, List<RunResult> runs, ZoneId zone) {
    private static final List<Column<RunResult>> TESTS = concat(
            List.of(
                    new Column<>("no", run -> String.valueOf(run.id().number())),
                    new Column<>("rep", run -> String.valueOf(run.id().repetition()))),
            columns(run -> run.id().group()),
            List.of(
                    new Column<>(
                            "engine", run -> run.engine() == null ? TextTable.NONE : ResultFields.word(run.engine())),
                    new Column<>(
                            "verdict", run -> ResultFields.word(run.verdict().kind()))),
            Arrays.stream(ThresholdMetric.values())
                    .filter(figure -> figure != ThresholdMetric.LOADED_RTT_P95)
                    .map(SessionSummary::column)
                    .toList());

    /// Only where a test measured round trips.
    private static final List<Column<RunResult>> ROUND_TRIPS =
            List.of(column(ThresholdMetric.LOADED_RTT_P95), new Column<>("grade", SessionSummary::grade));

    private static final List<Column<Aggregate>> MEDIANS = concat(
            List.of(new Column<>("n", each -> String.valueOf(bitrate(each).n()))),
            columns(Aggregate::group),
            List.of(
                    new Column<>("median Mbit/s", each -> rate(bitrate(each).median())),
                    new Column<>("min", each -> rate(bitrate(each).min())),
                    new Column<>("max", each -> rate(bitrate(each).max()))));

    /// @param runs any: of several attempts the last counts
    public SessionSummary {
        runs = last(runs);
    }

    /// One run for each test, in the order of the plan: of several attempts the last. One that
    /// was stopped does not replace the result of the one before.
    private static List<RunResult> last(List<RunResult> runs) {
        var byNumber = new TreeMap<Integer, RunResult>();
        for (RunResult run : runs) {
            byNumber.merge(run.id().number(), run, SessionSummary::later);
        }
        return List.copyOf(byNumber.values());
    }

    private static RunResult later(RunResult one, RunResult other) {
        boolean isInOrder = other.attempt() >= one.attempt();
        RunResult later = isInOrder ? other : one;
        RunResult earlier = isInOrder ? one : other;
        boolean isReplacing = later.verdict().kind() != Verdict.Kind.STOPPED
                || earlier.verdict().kind() == Verdict.Kind.STOPPED;
        return isReplacing ? later : earlier;
    }

    /// How many tests came out how.
    public record Counts(int passed, int missed, int failed, int stopped) {
        static Counts of(List<RunResult> runs) {
            Map<Verdict.Kind, Long> byKind = runs.stream()
                    .collect(Collectors.groupingBy(run -> run.verdict().kind(), Collectors.counting()));
            return new Counts(
                    byKind.getOrDefault(Verdict.Kind.PASSED, 0L).intValue(),
                    byKind.getOrDefault(Verdict.Kind.MISSED, 0L).intValue(),
                    byKind.getOrDefault(Verdict.Kind.FAILED, 0L).intValue(),
                    byKind.getOrDefault(Verdict.Kind.STOPPED, 0L).intValue());
        }

        /// For people: `2 passed, 1 missed, 1 failed, 0 stopped`.
        public String text() {
            return passed + " passed, " + missed + " missed, " + failed + " failed, " + stopped + " stopped";
        }
    }

    /// When its last test ended.
    public Instant ended() {
        return runs.stream().map(run -> run.time().ended()).reduce(began, (a, b) -> b.isAfter(a) ? b : a);
    }

    /// Writes `summary.json`, `summary.csv`, `summary.txt` and `junit.xml`, in place of those that
    /// are there.
    ///
    /// @return why files could not be written
    List<ResultsException> write(FileAllocator files) {
        return Stream.of(
                        files.replace("summary.json", json(new TimestampFormat(zone))),
                        files.replace("summary.csv", ResultColumns.csv(runs)),
                        files.replace("summary.txt", text().stripTrailing()),
                        files.replace("junit.xml", JunitReport.of(this)))
                .filter(Objects::nonNull)
                .toList();
    }

    /// How many tests came out how.
    public Counts counts() {
        return Counts.of(runs);
    }

    /// Repetitions put together.
    public List<Aggregate> aggregates() {
        return Aggregate.of(runs);
    }

    /// For people, in lines that each end: medians of rates by the plan's variables, or without variables
    /// a table of all tests, and medians where tests were repeated; then how many passed, and what did
    /// not with its reason. Without control characters, whatever devices printed.
    public String text() {
        var timestamps = new TimestampFormat(zone);
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s to %s".formatted(title, timestamps.line(began), timestamps.line(ended())));
        List<String> matrices = ResultTable.lines(aggregates());
        lines.addAll(matrices.isEmpty() ? tests() : matrices);
        lines.add("");
        lines.add(counts().text());
        runs.stream()
                .filter(run -> run.verdict().kind() != Verdict.Kind.PASSED)
                .map(run -> notPassed(run, timestamps))
                .forEach(lines::add);
        return lines.stream().map(TextSanitizer::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> tests() {
        boolean hasGrades = runs.stream().anyMatch(run -> !grade(run).equals(TextTable.NONE));
        List<String> lines = new ArrayList<>(TextTable.lines(hasGrades ? concat(TESTS, ROUND_TRIPS) : TESTS, runs));
        List<Aggregate> repeated =
                aggregates().stream().filter(each -> bitrate(each).n() > 1).toList();
        if (!repeated.isEmpty()) {
            lines.add("");
            lines.addAll(TextTable.lines(MEDIANS, repeated));
        }
        return lines;
    }

    private static Column<RunResult> column(ThresholdMetric figure) {
        return new Column<>(
                Thresholds.header(figure),
                run -> Thresholds.text(figure, Thresholds.value(figure, Totals.of(run.measurements()))));
    }

    private static String grade(RunResult run) {
        Row.RoundTrips all = Totals.of(run.measurements()).roundTrips();
        return all == null || all.grade() == null ? TextTable.NONE : all.grade();
    }

    private static Spread bitrate(Aggregate aggregate) {
        return aggregate.figures().getOrDefault(ThresholdMetric.BITRATE, new Spread(0, 0, 0, 0, 0));
    }

    private static String rate(double bitsPerSecond) {
        return Thresholds.text(ThresholdMetric.BITRATE, bitsPerSecond);
    }

    private String json(TimestampFormat timestamps) {
        Counts counts = counts();
        Map<String, @Nullable Object> document = ResultFields.members(
                "title", title, "began", timestamps.line(began), "ended", timestamps.line(ended()));
        document.putAll(ResultFields.members("tests", runs.size(), "passed", counts.passed));
        document.putAll(ResultFields.members("missed", counts.missed, "failed", counts.failed));
        document.putAll(ResultFields.members(
                "stopped",
                counts.stopped,
                "results",
                runs.stream()
                        .map(run -> ResultColumns.json(run, ResultColumns.Destination.SUMMARY, timestamps))
                        .toList()));
        document.put(
                "aggregates", aggregates().stream().map(SessionSummary::json).toList());
        return PeerJson.pretty(String.valueOf(ResultFields.json(document)));
    }

    private static Map<String, @Nullable Object> json(Aggregate aggregate) {
        Map<String, @Nullable Object> object = ResultFields.members(aggregate.group());
        aggregate.figures().forEach((figure, spread) -> object.put(ResultFields.word(figure), spread));
        return object;
    }

    private static String notPassed(RunResult run, TimestampFormat timestamps) {
        String reason = run.verdict().reason();
        return "%s: test %d (%s; %s), began %s, ended %s%s"
                .formatted(
                        ResultFields.word(run.verdict().kind()),
                        run.id().number(),
                        run.id().group().test(),
                        run.id().text(),
                        timestamps.line(run.time().began()),
                        timestamps.line(run.time().ended()),
                        reason == null ? "" : ": " + reason);
    }

    /// The columns that identify the test.
    static <T> List<Column<T>> columns(Function<T, TestId.Group> group) {
        return List.of(
                new Column<>("test", row -> group.apply(row).test()),
                new Column<>("from", row -> group.apply(row).pair().sender()),
                new Column<>("to", row -> group.apply(row).pair().receiver()),
                new Column<>("proto", row -> ResultFields.word(group.apply(row).protocol())),
                new Column<>("sweep", row -> {
                    var values =
                            new LinkedHashMap<>(group.apply(row).parameters().variables());
                    values.putAll(group.apply(row).parameters().sweep());
                    return values.isEmpty() ? TextTable.NONE : point(values);
                }));
    }

    @SafeVarargs
    static <T> List<Column<T>> concat(List<Column<T>>... parts) {
        List<Column<T>> all = new ArrayList<>();
        for (List<Column<T>> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    static String point(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }
}
