package dev.pitot.lab.store;

import dev.pitot.lab.parse.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `summary.csv`: a row for each test. Every sweep of the session has a column of its name, empty
/// for tests without it.
final class SummaryCsv {
    private static final List<String> BEFORE = List.of("number", "repetition", "node", "peer", "direction", "test");
    private static final List<String> AFTER = List.of(
            "engine",
            "verdict",
            "sender_bits_per_second",
            "sender_bytes",
            "receiver_bits_per_second",
            "receiver_bytes",
            "loss_percent",
            "jitter_ms",
            "retransmits",
            "missed",
            "reason");

    private SummaryCsv() {}

    /// The file, without its last end of line.
    static String of(List<StoredRun> runs) {
        Set<String> sweeps = new LinkedHashSet<>();
        runs.forEach(run -> sweeps.addAll(run.id().parameters().sweep().keySet()));
        Stream<List<? extends @Nullable Object>> records =
                Stream.concat(Stream.of(header(sweeps)), runs.stream().map(run -> record(run, sweeps)));
        return records.map(CsvLine::of).collect(Collectors.joining("\n"));
    }

    private static List<String> header(Set<String> sweeps) {
        List<String> names = new ArrayList<>(BEFORE);
        for (String sweep : sweeps) {
            names.add(BEFORE.contains(sweep) || AFTER.contains(sweep) ? "sweep_" + sweep : sweep);
        }
        names.addAll(AFTER);
        return names;
    }

    private static List<@Nullable Object> record(StoredRun run, Set<String> sweeps) {
        StoredRun.Id id = run.id();
        List<@Nullable Object> fields = new ArrayList<>(Arrays.asList(
                id.number(),
                id.repetition(),
                id.pair().node(),
                id.pair().peer(),
                Words.of(id.pair().heading()),
                id.test()));
        sweeps.forEach(sweep -> fields.add(id.parameters().sweep().get(sweep)));
        Totals totals = Totals.of(run.figures());
        fields.add(run.engine() == null ? null : Words.of(run.engine()));
        fields.add(Words.of(run.verdict().kind()));
        addAmounts(totals.sender(), fields);
        addAmounts(totals.receiver(), fields);
        fields.add(Decimals.text(totals.lossPercent()));
        fields.add(Decimals.text(totals.jitterMillis()));
        fields.add(totals.retransmits());
        fields.add(run.verdict().missed().stream().map(Thresholds::text).collect(Collectors.joining("; ")));
        fields.add(run.verdict().reason());
        return fields;
    }

    private static void addAmounts(@Nullable Row row, List<@Nullable Object> fields) {
        fields.add(
                row == null ? null : Decimals.text(row.amounts().bitsPerSecond().value()));
        fields.add(row == null ? null : Decimals.text(row.amounts().bytes().value()));
    }
}
