package dev.pitot.lab.results;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.results.Observations.Statistics;
import dev.pitot.output.json.DocumentReader;
import dev.pitot.output.json.JsonObjectWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values of results as JSON and CSV have them, and read back. Decimals have the shortest digits
/// that read back as the same number, no exponent, whole ones no point. What is no number is absent.
///
/// @param members of one JSON object
record ResultFields(Map<?, ?> members) {
    /// @throws IllegalArgumentException if the line is no object
    static ResultFields of(String line) {
        return new ResultFields(DocumentReader.read(line));
    }

    /// A constant as files have it: in lower case.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// Null if it is no number.
    static @Nullable BigDecimal decimal(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        var exact = new BigDecimal(Double.toString(value));
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }

    /// As [JsonObjectWriter] takes it.
    static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case Enum<?> constant -> word(constant);
            case Double number -> decimal(number);
            case List<?> values -> values.stream().map(ResultFields::json).toList();
            case Map<?, ?> values -> {
                var object = new JsonObjectWriter();
                values.forEach((name, member) -> object.put(name.toString(), json(member)));
                yield object;
            }
            case Row row -> json(of(row));
            case Threshold limit ->
                json(members("figure", limit.figure(), "at_least", limit.isAtLeast(), "limit", limit.limit()));
            case Statistics all ->
                json(members("n", all.count(), "mean", all.mean(), "min", all.min(), "max", all.max()));
            case Aggregate.Spread all -> {
                Map<String, @Nullable Object> spread = members("n", all.n(), "median", all.median());
                spread.putAll(members("mean", all.mean(), "min", all.min(), "max", all.max()));
                yield json(spread);
            }
            case null, default -> value;
        };
    }

    /// What the repetitions of a test have in common.
    static Map<String, @Nullable Object> members(TestId.Group group) {
        Map<String, @Nullable Object> members = members(
                "test",
                group.test(),
                "node",
                group.pair().node(),
                "peer",
                group.pair().peer());
        members.putAll(members("direction", group.pair().direction(), "protocol", group.protocol()));
        members.putAll(members(
                "variables",
                group.parameters().variables(),
                "sweep",
                group.parameters().sweep()));
        return members;
    }

    /// One field of a record of CSV: of a monitor its mean.
    static String csv(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Enum<?> constant -> word(constant);
            case Double number -> {
                BigDecimal decimal = decimal(number);
                yield decimal == null ? "" : decimal.toPlainString();
            }
            case Statistics statistics -> csv(statistics.mean());
            case List<?> values -> values.stream().map(ResultFields::csv).collect(Collectors.joining("; "));
            case Threshold limit -> word(limit.figure()) + (limit.isAtLeast() ? " >= " : " <= ") + csv(limit.limit());
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> of(Row row) {
        Row.Details details = row.details();
        Map<String, @Nullable Object> members = members(
                "kind",
                row.kind(),
                "stream",
                row.series().stream(),
                "sender",
                row.series().isSender());
        members.putAll(members("own", row.series().isOwn(), "start", row.startSeconds(), "end", row.endSeconds()));
        add("bytes", row.amounts().bytes(), members);
        add("bits_per_second", row.amounts().bitsPerSecond(), members);
        members.putAll(members("retransmits", details.retransmits(), "datagrams", details.datagrams()));
        members.putAll(members("lost", details.lost(), "out_of_order", details.outOfOrder()));
        members.put("jitter_ms", details.jitterMillis());
        Row.RoundTrips roundTrips = details.roundTrips();
        if (roundTrips != null) {
            members.putAll(members("idle_rtt_ms", roundTrips.idleMillis()));
            members.putAll(members("loaded_rtt_p95_ms", roundTrips.loadedP95Millis()));
            members.putAll(members("latency_grade", roundTrips.grade()));
        }
        return members;
    }

    private static void add(String name, RoundedValue figure, Map<String, @Nullable Object> members) {
        members.putAll(members(name, figure.value(), name + "_error", figure.error()));
    }

    /// Names and values by turns, in their order.
    static Map<String, @Nullable Object> members(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }

    private Row row() {
        Long stream = whole("stream");
        var series = new Row.Series(
                stream == null ? null : Math.toIntExact(stream),
                members.get("sender") instanceof Boolean isSender ? isSender : null,
                !Boolean.FALSE.equals(members.get("own")));
        return new Row(
                word(Row.Kind.class, "kind"),
                series,
                number("start"),
                number("end"),
                new Row.Amounts(measured("bytes"), measured("bits_per_second")),
                new Row.Details(
                        whole("retransmits"),
                        whole("datagrams"),
                        whole("lost"),
                        whole("out_of_order"),
                        decimal("jitter_ms"),
                        roundTrips()));
    }

    private Row.@Nullable RoundTrips roundTrips() {
        var all = new Row.RoundTrips(decimal("idle_rtt_ms"), decimal("loaded_rtt_p95_ms"), textOrNull("latency_grade"));
        return all.equals(new Row.RoundTrips(null, null, null)) ? null : all;
    }

    /// A figure that was no number is written as null and read as NaN.
    private RoundedValue measured(String name) {
        Double value = decimal(name);
        Double error = decimal(name + "_error");
        return new RoundedValue(value == null ? Double.NaN : value, error == null ? 0 : error);
    }

    List<Row> rows(String name) {
        return objects(name).stream().map(ResultFields::row).toList();
    }

    List<Threshold> thresholds(String name) {
        return objects(name).stream()
                .map(object -> new Threshold(
                        object.word(Threshold.ThresholdMetric.class, "figure"),
                        Boolean.TRUE.equals(object.members.get("at_least")),
                        object.number("limit")))
                .toList();
    }

    Map<String, Statistics> statistics(String name) {
        Map<String, Statistics> all = new LinkedHashMap<>();
        table(name).forEach((key, value) -> {
            var of = new ResultFields(value instanceof Map<?, ?> object ? object : Map.of());
            all.put(
                    key.toString(),
                    new Statistics((int) of.number("n"), of.number("mean"), of.number("min"), of.number("max")));
        });
        return all;
    }

    /// Empty if there is no such object.
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        table(name).forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }

    private Map<?, ?> table(String name) {
        return members.get(name) instanceof Map<?, ?> table ? table : Map.of();
    }

    private List<ResultFields> objects(String name) {
        List<ResultFields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> object)) {
                throw wrong(name);
            }
            objects.add(new ResultFields(object));
        }
        return objects;
    }

    List<?> list(String name) {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name);
    }

    @Nullable String textOrNull(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /// @throws IllegalArgumentException if there is no such text
    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw wrong(name);
        }
        return text;
    }

    @Nullable Double decimal(String name) {
        return members.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
    }

    @Nullable Long whole(String name) {
        return members.get(name) instanceof Number number ? (Long) number.longValue() : null;
    }

    /// @throws IllegalArgumentException if there is no such number
    double number(String name) {
        Double number = decimal(name);
        if (number == null) {
            throw wrong(name);
        }
        return number;
    }

    /// From 1.
    ///
    /// @throws IllegalArgumentException if there is no such whole number
    int count(String name) {
        if (members.get(name) instanceof Long number && number > 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw wrong(name);
    }

    /// @throws IllegalArgumentException if there is no such moment
    Instant time(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeException _) { // reported by the exception that follows
            throw wrong(name);
        }
    }

    <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(members.get(name))) {
                return constant;
            }
        }
        return null;
    }

    /// @throws IllegalArgumentException if there is no such constant
    <E extends Enum<E>> E word(Class<E> type, String name) {
        E constant = wordOrNull(type, name);
        if (constant == null) {
            throw wrong(name);
        }
        return constant;
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("no " + name + " in a line of results");
    }
}
