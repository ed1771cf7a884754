package dev.pitot.lab.results;

import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.json.PeerJson;

/// `summary.json`: the session, a short result for each test, and repetitions put together.
///
/// @param stamp how moments are written
record SummaryJson(TimestampFormat stamp) {
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
                .put(
                        "results",
                        summary.runs().stream()
                                .map(run -> ResultColumns.json(run, ResultColumns.Destination.SUMMARY, stamp))
                                .toList())
                .put(
                        "aggregates",
                        summary.aggregates().stream()
                                .map(SummaryJson::aggregate)
                                .toList());
        return PeerJson.pretty(document.toString());
    }

    private static JsonObjectWriter aggregate(Aggregate aggregate) {
        JsonObjectWriter object = SessionComparison.group(aggregate.group());
        aggregate
                .figures()
                .forEach((figure, spread) -> object.put(ResultFields.word(figure), ResultFields.object(spread)));
        return object;
    }
}
