package dev.pitot.lab.store;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.json.PeerJson;
import org.jspecify.annotations.Nullable;

/// `summary.json`: the session, a short result for each test, and repetitions put together.
///
/// @param stamp how moments are written
record SummaryJson(Stamp stamp) {
    /// In several lines, without the last end of line.
    String of(SessionSummary summary) {
        SessionSummary.Counts counts = summary.counts();
        JsonObjectWriter document = new JsonObjectWriter()
                .put("title", summary.title())
                .put("began", stamp.line(summary.began()))
                .put("ended", stamp.line(summary.ended()))
                .put("tests", summary.runs().size())
                .put("passed", counts.passed())
                .put("missed", counts.missed())
                .put("failed", counts.failed())
                .put("stopped", counts.stopped())
                .put("results", summary.runs().stream().map(this::result).toList())
                .put(
                        "aggregates",
                        summary.aggregates().stream()
                                .map(SummaryJson::aggregate)
                                .toList());
        return PeerJson.pretty(document.toString());
    }

    private JsonObjectWriter result(StoredRun run) {
        Totals totals = Totals.of(run.figures());
        JsonObjectWriter result = RunJson.id(run.id())
                .put("attempt", run.attempt())
                .put("engine", run.engine() == null ? null : Words.of(run.engine()))
                .put("began", stamp.line(run.time().began()))
                .put("ended", stamp.line(run.time().ended()));
        RunJson.verdict(run.verdict(), result);
        amounts("sender", totals.sender(), result);
        amounts("receiver", totals.receiver(), result);
        return result.put("loss_percent", decimal(totals.lossPercent()))
                .put("jitter_ms", decimal(totals.jitterMillis()))
                .put("retransmits", totals.retransmits());
    }

    private static void amounts(String end, @Nullable Row row, JsonObjectWriter result) {
        result.put(
                        end + "_bits_per_second",
                        row == null
                                ? null
                                : Decimals.of(row.amounts().bitsPerSecond().value()))
                .put(
                        end + "_bytes",
                        row == null ? null : Decimals.of(row.amounts().bytes().value()));
    }

    private static JsonObjectWriter aggregate(Aggregate aggregate) {
        Aggregate.Group group = aggregate.group();
        TestCase.Pair pair = group.pair();
        JsonObjectWriter object = new JsonObjectWriter()
                .put("test", group.test())
                .put("node", pair.node())
                .put("peer", pair.peer())
                .put("direction", Words.of(pair.heading()))
                .put("protocol", Words.of(group.protocol()))
                .put("sweep", RunJson.object(group.sweep()));
        aggregate.figures().forEach((figure, spread) -> object.put(Words.of(figure), spread(spread)));
        return object;
    }

    private static JsonObjectWriter spread(Aggregate.Spread spread) {
        return new JsonObjectWriter()
                .put("n", spread.n())
                .put("median", Decimals.of(spread.median()))
                .put("mean", Decimals.of(spread.mean()))
                .put("min", Decimals.of(spread.min()))
                .put("max", Decimals.of(spread.max()));
    }

    private static @Nullable Object decimal(@Nullable Double value) {
        return value == null ? null : Decimals.of(value);
    }
}
