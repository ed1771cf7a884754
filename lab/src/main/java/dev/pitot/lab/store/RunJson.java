package dev.pitot.lab.store;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.store.RunResult.Figures;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.output.json.JsonObjectWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as a line of `results.jsonl`. What is not known is null. Figures have all their
/// digits.
///
/// @param stamp how moments are written
record RunJson(Stamp stamp) {
    JsonObjectWriter of(StoredRun run) {
        JsonObjectWriter line = id(run.id()).put("attempt", run.attempt());
        line.put("engine", run.engine() == null ? null : Words.of(run.engine()));
        line.put("began", stamp.line(run.time().began()));
        line.put("ended", stamp.line(run.time().ended()));
        verdict(run.verdict(), line);
        Figures figures = run.figures();
        return line.put("sender", rows(figures.sender()))
                .put("receiver", rows(figures.receiver()))
                .put("files", figures.rawFiles());
    }

    static JsonObjectWriter id(StoredRun.Id id) {
        return new JsonObjectWriter()
                .put("number", id.number())
                .put("repetition", id.repetition())
                .put("node", id.pair().node())
                .put("peer", id.pair().peer())
                .put("direction", Words.of(id.pair().heading()))
                .put("test", id.test())
                .put("protocol", Words.of(id.protocol()))
                .put("sweep", object(id.parameters().sweep()));
    }

    static JsonObjectWriter object(Map<String, String> texts) {
        var object = new JsonObjectWriter();
        texts.forEach(object::put);
        return object;
    }

    static void verdict(Verdict verdict, JsonObjectWriter line) {
        line.put("verdict", Words.of(verdict.kind()))
                .put("trouble", verdict.trouble() == null ? null : Words.of(verdict.trouble()))
                .put("reason", verdict.reason())
                .put("missed", verdict.missed().stream().map(RunJson::threshold).toList());
    }

    private static JsonObjectWriter threshold(Threshold threshold) {
        return new JsonObjectWriter()
                .put("figure", Words.of(threshold.figure()))
                .put("at_least", threshold.isAtLeast())
                .put("limit", Decimals.of(threshold.limit()));
    }

    private static List<JsonObjectWriter> rows(List<Row> rows) {
        return rows.stream().map(RunJson::row).toList();
    }

    private static JsonObjectWriter row(Row row) {
        Row.Details details = row.details();
        JsonObjectWriter line = new JsonObjectWriter()
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

    private static void measured(String name, Measured figure, JsonObjectWriter line) {
        line.put(name, Decimals.of(figure.value())).put(name + "_error", Decimals.of(figure.error()));
    }

    private static @Nullable Object decimal(@Nullable Double value) {
        return value == null ? null : Decimals.of(value);
    }
}
