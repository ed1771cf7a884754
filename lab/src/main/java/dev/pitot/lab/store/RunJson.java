package dev.pitot.lab.store;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.store.RunResult.Figures;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.output.json.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as a line of `results.jsonl`. What is not known is null. Figures have all their
/// digits.
///
/// @param stamp how moments are written
record RunJson(Stamp stamp) {
    JsonText of(StoredRun run) {
        JsonText line = id(run.id()).put("attempt", run.attempt());
        line.put("engine", run.engine() == null ? null : Words.of(run.engine()));
        line.put("began", stamp.line(run.time().began()));
        line.put("ended", stamp.line(run.time().ended()));
        verdict(run.verdict(), line);
        Figures figures = run.figures();
        return line.put("sender", rows(figures.sender()))
                .put("receiver", rows(figures.receiver()))
                .put("files", figures.rawFiles());
    }

    static JsonText id(StoredRun.Id id) {
        return new JsonText()
                .put("number", id.number())
                .put("repetition", id.repetition())
                .put("node", id.pair().node())
                .put("peer", id.pair().peer())
                .put("direction", Words.of(id.pair().heading()))
                .put("test", id.test())
                .put("protocol", Words.of(id.protocol()))
                .put("sweep", object(id.sweep()));
    }

    static JsonText object(Map<String, String> texts) {
        var object = new JsonText();
        texts.forEach(object::put);
        return object;
    }

    static void verdict(Verdict verdict, JsonText line) {
        line.put("verdict", Words.of(verdict.kind()))
                .put("trouble", verdict.trouble() == null ? null : Words.of(verdict.trouble()))
                .put("reason", verdict.reason())
                .put("missed", verdict.missed().stream().map(RunJson::threshold).toList());
    }

    private static JsonText threshold(Threshold threshold) {
        return new JsonText()
                .put("figure", Words.of(threshold.figure()))
                .put("at_least", threshold.isAtLeast())
                .put("limit", Decimals.of(threshold.limit()));
    }

    private static List<JsonText> rows(List<Row> rows) {
        return rows.stream().map(RunJson::row).toList();
    }

    private static JsonText row(Row row) {
        Row.Details details = row.details();
        JsonText line = new JsonText()
                .put("kind", Words.of(row.kind()))
                .put("stream", row.series().stream())
                .put("sender", row.series().isSender())
                .put("start", Decimals.of(row.startSeconds()))
                .put("end", Decimals.of(row.endSeconds()));
        measured("bytes", row.amounts().bytes(), line);
        measured("bits_per_second", row.amounts().bitsPerSecond(), line);
        return line.put("retransmits", details.retransmits())
                .put("datagrams", details.datagrams())
                .put("lost", details.lost())
                .put("out_of_order", details.outOfOrder())
                .put("jitter_ms", decimal(details.jitterMillis()));
    }

    private static void measured(String name, Measured figure, JsonText line) {
        line.put(name, Decimals.of(figure.value())).put(name + "_error", Decimals.of(figure.error()));
    }

    private static @Nullable Object decimal(@Nullable Double value) {
        return value == null ? null : Decimals.of(value);
    }
}
