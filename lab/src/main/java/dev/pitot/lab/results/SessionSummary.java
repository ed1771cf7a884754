package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.RunResult.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A session in one table.
///
/// @param title of the plan
/// @param began when
/// @param runs one for each test, in the order of the plan
/// @param zone whose time people read
public record SessionSummary(String title, Instant began, List<StoredRun> runs, ZoneId zone) {
    /// What is not known.
    static final String NONE = "-";

    static final double BITS_PER_MEGABIT = 1e6;
    private static final List<String> HEADER = List.of(
            "no",
            "rep",
            "test",
            "from",
            "to",
            "proto",
            "sweep",
            "engine",
            "verdict",
            "Mbit/s",
            "loss %",
            "jitter ms",
            "retr");

    /// @param runs any: of several attempts the last counts
    public SessionSummary {
        runs = StoredRun.last(runs);
    }

    /// How many tests came out how.
    public record Counts(int passed, int missed, int failed, int stopped) {
        static Counts of(List<StoredRun> runs) {
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
                        files.replace("summary.json", new SummaryJson(new TimestampFormat(zone)).of(this)),
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
        List<String> lines = new ArrayList<>(
                new TextTable(HEADER, runs.stream().map(SessionSummary::row).toList()).lines());
        List<List<String>> medians = aggregates().stream()
                .filter(aggregate -> isRepeated(aggregate))
                .map(SessionSummary::median)
                .toList();
        if (!medians.isEmpty()) {
            lines.add("");
            lines.addAll(new TextTable(
                            List.of("n", "test", "from", "to", "proto", "sweep", "median Mbit/s", "min", "max"),
                            medians)
                    .lines());
        }
        return lines;
    }

    private static boolean isRepeated(Aggregate aggregate) {
        Aggregate.Spread bitrate = aggregate.figures().get(ThresholdMetric.BITRATE);
        return bitrate != null && bitrate.n() > 1;
    }

    private static List<String> row(StoredRun run) {
        StoredRun.Id id = run.id();
        Totals totals = Totals.of(run.measurements());
        Double bitrate = Thresholds.value(ThresholdMetric.BITRATE, totals);
        Double loss = totals.lossPercent();
        Double jitter = totals.jitterMillis();
        Long retransmits = totals.retransmits();
        return List.of(
                String.valueOf(id.number()),
                String.valueOf(id.repetition()),
                id.test(),
                id.pair().sender(),
                id.pair().receiver(),
                ResultFields.word(id.protocol()),
                sweep(id.parameters().sweep()),
                run.engine() == null ? NONE : ResultFields.word(run.engine()),
                ResultFields.word(run.verdict().kind()),
                bitrate == null ? NONE : fixed(bitrate / BITS_PER_MEGABIT),
                loss == null ? NONE : fixed(loss),
                jitter == null ? NONE : fixed(jitter),
                retransmits == null ? NONE : retransmits.toString());
    }

    private static List<String> median(Aggregate aggregate) {
        Aggregate.Group group = aggregate.group();
        Aggregate.Spread bitrate = aggregate.figures().get(ThresholdMetric.BITRATE);
        if (bitrate == null) {
            throw new IllegalArgumentException("no bitrate in " + aggregate);
        }
        return List.of(
                String.valueOf(bitrate.n()),
                group.test(),
                group.pair().sender(),
                group.pair().receiver(),
                ResultFields.word(group.protocol()),
                sweep(group.parameters().sweep()),
                fixed(bitrate.median() / BITS_PER_MEGABIT),
                fixed(bitrate.min() / BITS_PER_MEGABIT),
                fixed(bitrate.max() / BITS_PER_MEGABIT));
    }

    private static String notPassed(StoredRun run, TimestampFormat timestamps) {
        String reason = run.verdict().reason();
        return "%s: test %d (%s; %s), began %s, ended %s%s"
                .formatted(
                        ResultFields.word(run.verdict().kind()),
                        run.id().number(),
                        run.id().test(),
                        run.id().text(),
                        timestamps.line(run.time().began()),
                        timestamps.line(run.time().ended()),
                        reason == null ? "" : ": " + reason);
    }

    static String sweep(Map<String, String> sweep) {
        return sweep.isEmpty()
                ? NONE
                : sweep.entrySet().stream()
                        .map(swept -> swept.getKey() + "=" + swept.getValue())
                        .collect(Collectors.joining(" "));
    }

    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
