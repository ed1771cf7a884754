package dev.pitot.lab.store;

import dev.pitot.lab.plan.Threshold.Figure;
import dev.pitot.lab.store.RunResult.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A session in one table.
///
/// @param title of the plan
/// @param began when
/// @param ended when
/// @param runs one for each test, in the order of the plan
/// @param zone whose time people read
public record SessionSummary(String title, Instant began, Instant ended, List<StoredRun> runs, ZoneId zone) {
    /// What is not known.
    private static final String NONE = "-";

    private static final double BITS_PER_MEGABIT = 1e6;
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

    /// How many tests came out how.
    public Counts counts() {
        return Counts.of(runs);
    }

    /// Repetitions put together.
    public List<Aggregate> aggregates() {
        return Aggregate.of(runs);
    }

    /// For people, in lines that each end: a table of all tests, medians where tests were
    /// repeated, how many passed, and what did not with its reason. Without control characters,
    /// whatever devices said.
    public String text() {
        var stamp = new Stamp(zone);
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s to %s".formatted(title, stamp.line(began), stamp.line(ended)));
        lines.addAll(
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
        lines.add("");
        lines.add(counts().text());
        runs.stream()
                .filter(run -> run.verdict().kind() != Verdict.Kind.PASSED)
                .map(run -> notPassed(run, stamp))
                .forEach(lines::add);
        return lines.stream().map(PlainText::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isRepeated(Aggregate aggregate) {
        Aggregate.Spread bitrate = aggregate.figures().get(Figure.BITRATE);
        return bitrate != null && bitrate.n() > 1;
    }

    private static List<String> row(StoredRun run) {
        StoredRun.Id id = run.id();
        Totals totals = Totals.of(run.figures());
        Double bitrate = Thresholds.value(Figure.BITRATE, totals);
        Double loss = totals.lossPercent();
        Double jitter = totals.jitterMillis();
        Long retransmits = totals.retransmits();
        return List.of(
                String.valueOf(id.number()),
                String.valueOf(id.repetition()),
                id.test(),
                id.pair().sender(),
                id.pair().receiver(),
                Words.of(id.protocol()),
                sweep(id.parameters().sweep()),
                run.engine() == null ? NONE : Words.of(run.engine()),
                Words.of(run.verdict().kind()),
                bitrate == null ? NONE : fixed(bitrate / BITS_PER_MEGABIT),
                loss == null ? NONE : fixed(loss),
                jitter == null ? NONE : fixed(jitter),
                retransmits == null ? NONE : retransmits.toString());
    }

    private static List<String> median(Aggregate aggregate) {
        Aggregate.Group group = aggregate.group();
        Aggregate.Spread bitrate = aggregate.figures().get(Figure.BITRATE);
        if (bitrate == null) {
            throw new IllegalArgumentException("no bitrate in " + aggregate);
        }
        return List.of(
                String.valueOf(bitrate.n()),
                group.test(),
                group.pair().sender(),
                group.pair().receiver(),
                Words.of(group.protocol()),
                sweep(group.sweep()),
                fixed(bitrate.median() / BITS_PER_MEGABIT),
                fixed(bitrate.min() / BITS_PER_MEGABIT),
                fixed(bitrate.max() / BITS_PER_MEGABIT));
    }

    private static String notPassed(StoredRun run, Stamp stamp) {
        String reason = run.verdict().reason();
        return "%s: test %d (%s; %s), began %s, ended %s%s"
                .formatted(
                        Words.of(run.verdict().kind()),
                        run.id().number(),
                        run.id().test(),
                        run.id().text(),
                        stamp.line(run.time().began()),
                        stamp.line(run.time().ended()),
                        reason == null ? "" : ": " + reason);
    }

    private static String sweep(Map<String, String> sweep) {
        return sweep.isEmpty()
                ? NONE
                : sweep.entrySet().stream()
                        .map(swept -> swept.getKey() + "=" + swept.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
