package dev.pitot.lab.store;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.store.RunResult.Figures;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import dev.pitot.output.json.DocumentReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what [RunJson] writes.
///
/// @param members of one JSON object
record RunReader(Map<?, ?> members) {
    /// @throws IllegalArgumentException if the line is no such object
    static StoredRun read(String line) {
        return new RunReader(DocumentReader.read(line)).run();
    }

    private StoredRun run() {
        var figures = new Figures(rows("sender"), rows("receiver"), texts("files"), Observations.NONE);
        var verdict = new Verdict(
                word(Verdict.Kind.class, "verdict"),
                Words.read(Trouble.class, members.get("trouble")),
                members.get("reason") instanceof String reason ? reason : null,
                objects("missed").stream().map(RunReader::threshold).toList());
        return new StoredRun(
                id(),
                (int) number("attempt"),
                Words.read(EngineKind.class, members.get("engine")),
                new RunResult.Time(time("began"), time("ended")),
                figures,
                verdict);
    }

    private StoredRun.Id id() {
        var pair = new TestCase.Pair(text("node"), text("peer"), word(TestCase.Heading.class, "direction"));
        Map<String, String> sweep = new LinkedHashMap<>();
        if (members.get("sweep") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> sweep.put(String.valueOf(name), String.valueOf(value)));
        }
        return new StoredRun.Id(
                (int) number("number"),
                (int) number("repetition"),
                pair,
                text("test"),
                word(Protocol.class, "protocol"),
                new ParameterSet(Map.of(), sweep));
    }

    private Threshold threshold() {
        return new Threshold(
                word(Threshold.Figure.class, "figure"), Boolean.TRUE.equals(members.get("at_least")), number("limit"));
    }

    private Row row() {
        Long stream = whole("stream");
        return new Row(
                word(Row.Kind.class, "kind"),
                new Row.Series(
                        stream == null ? null : Math.toIntExact(stream),
                        members.get("sender") instanceof Boolean isSender ? isSender : null),
                number("start"),
                number("end"),
                new Row.Amounts(measured("bytes"), measured("bits_per_second")),
                new Row.Details(
                        whole("retransmits"),
                        whole("datagrams"),
                        whole("lost"),
                        whole("out_of_order"),
                        members.get("jitter_ms") instanceof Number jitter ? jitter.doubleValue() : null));
    }

    /// A figure that was no number is written as null and read as NaN.
    private Measured measured(String name) {
        double value = members.get(name) instanceof Number figure ? figure.doubleValue() : Double.NaN;
        double error = members.get(name + "_error") instanceof Number figure ? figure.doubleValue() : 0;
        return new Measured(value, error);
    }

    private List<Row> rows(String name) {
        return objects(name).stream().map(RunReader::row).toList();
    }

    private List<RunReader> objects(String name) {
        List<RunReader> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> object)) {
                throw wrong(name);
            }
            objects.add(new RunReader(object));
        }
        return objects;
    }

    private List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    private List<?> list(String name) {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name);
    }

    /// @throws IllegalArgumentException if there is no such text
    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name);
    }

    /// @throws IllegalArgumentException if there is no such number
    double number(String name) {
        if (members.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name);
    }

    /// @throws IllegalArgumentException if there is no such moment
    Instant time(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeException _) { // told by the exception that follows
            throw wrong(name);
        }
    }

    private @Nullable Long whole(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : null;
    }

    private <E extends Enum<E>> E word(Class<E> type, String name) {
        E constant = Words.read(type, members.get(name));
        if (constant == null) {
            throw wrong(name);
        }
        return constant;
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("no " + name + " in a line of results");
    }
}
