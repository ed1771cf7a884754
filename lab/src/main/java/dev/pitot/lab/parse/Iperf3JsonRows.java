package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.RoundTrips;
import dev.pitot.lab.parse.Row.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The figures in the objects of iperf3's JSON: the same in a document and in a stream of events.
///
/// Of a total whose bytes the program does not know, because they are the other end's and a
/// server is never told them, iperf3 writes 0: those are left out. Used by one thread.
final class Iperf3JsonRows {
    private static final double LARGEST = 1e24;

    private static final double MICROS_PER_MILLI = 1000;

    private boolean isServer;
    private boolean isReverse;
    private Map<Boolean, RoundTrips> roundTrips = Map.of(); // by whether this end sends

    /// What `start` says.
    void start(Map<String, Object> start) {
        isServer = start.containsKey("accepted_connection");
        Map<String, Object> test = object(start, "test_start");
        isReverse = isOne(test, "reverse");
    }

    /// One of `intervals`.
    void interval(Map<String, Object> interval, Consumer<OutputEvent> events) {
        for (Map<String, Object> stream : objects(interval, "streams")) {
            row(intervalKind(stream), stream, new Series(stream(stream), sender(stream)), events);
        }
        for (String name : List.of("sum", "sum_bidir_reverse")) {
            Map<String, Object> sum = object(interval, name);
            row(intervalKind(sum), sum, new Series(null, sender(sum)), events);
        }
    }

    /// What `end` says.
    void end(Map<String, Object> end, Consumer<OutputEvent> events) {
        if (end.isEmpty()) {
            return; // before an error
        }
        roundTrips = roundTrips(object(object(end, "pitot"), "latency"));
        for (Map<String, Object> stream : objects(end, "streams")) {
            for (String name : List.of("sender", "receiver", "udp")) {
                Map<String, Object> figures = object(stream, name);
                total(figures, stream(figures), new Count(!name.equals("receiver"), sender(figures)), events);
            }
        }
        // Before 3.13 the start does not say that a test is bidirectional.
        boolean isBidirectional = end.containsKey("sum_sent_bidir_reverse");
        boolean hasBoth = end.containsKey("sum_sent") || end.containsKey("sum_received");
        if (!hasBoth) {
            row(Kind.TOTAL, object(end, "sum"), new Series(null, null), events); // UDP before 3.2
        }
        for (String suffix : List.of("", "_bidir_reverse")) {
            boolean sends = isBidirectional ? isServer != suffix.isEmpty() : isServer == isReverse;
            total(object(end, "sum_sent" + suffix), null, new Count(true, sends), events);
            total(object(end, "sum_received" + suffix), null, new Count(false, sends), events);
        }
        events.accept(new Ended());
    }

    /// A member or event `error`.
    void error(@Nullable Object error, Consumer<OutputEvent> events) {
        ProgramError complaint = error instanceof String text ? ErrorMatcher.ofError(text) : null;
        if (complaint != null) {
            events.accept(complaint);
        }
    }

    /// Whose count a total is.
    ///
    /// @param isSender the sender's
    /// @param sends whether this end is the sender
    private record Count(boolean isSender, boolean sends) {
        boolean isOwn() {
            return isSender == sends;
        }
    }

    private void total(
            Map<String, Object> figures, @Nullable Integer stream, Count count, Consumer<OutputEvent> events) {
        boolean isUnknown = isServer && !count.isOwn() && Long.valueOf(0).equals(figures.get("bytes"));
        if (!isUnknown) {
            var series = new Series(stream, count.isSender(), count.isOwn());
            row(Kind.TOTAL, figures, series, roundTrips.get(count.sends()), events);
        }
    }

    private static Kind intervalKind(Map<String, Object> figures) {
        return Boolean.TRUE.equals(figures.get("omitted")) ? Kind.OMITTED : Kind.INTERVAL;
    }

    /// `sender`, which versions before 3.7 do not write: there the test says it.
    private boolean sender(Map<String, Object> figures) {
        return figures.get("sender") instanceof Boolean sends ? sends : isServer == isReverse;
    }

    private static @Nullable Integer stream(Map<String, Object> figures) {
        return figures.get("socket") instanceof Long number ? Integer.valueOf(number.intValue()) : null;
    }

    private static void row(Kind kind, Map<String, Object> figures, Series series, Consumer<OutputEvent> events) {
        row(kind, figures, series, null, events);
    }

    private static void row(
            Kind kind,
            Map<String, Object> figures,
            Series series,
            @Nullable RoundTrips roundTrips,
            Consumer<OutputEvent> events) {
        Double start = number(figures, "start");
        Double end = number(figures, "end");
        Double bytes = number(figures, "bytes");
        Double rate = number(figures, "bits_per_second");
        if (start == null || end == null || bytes == null || rate == null) {
            return;
        }
        var amounts = new Amounts(RoundedValue.exact(bytes), RoundedValue.exact(rate));
        events.accept(new Values(
                new Row(kind, series, start, end, amounts, details(figures).with(roundTrips))));
    }

    /// Round trips of each direction in Pitot's own part of `end`: the statistics that the grade is made of are
    /// the first.
    private static Map<Boolean, RoundTrips> roundTrips(Map<String, Object> latency) {
        Map<Boolean, RoundTrips> all = new HashMap<>();
        Double idle = millis(latency, "idle_us");
        for (Map<String, Object> direction : objects(latency, "directions")) {
            List<Map<String, Object>> loaded = objects(direction, "loaded");
            boolean isKnown = !loaded.isEmpty() && !direction.containsKey("not_measurable"); // else it is no round trip
            Double high = isKnown ? millis(loaded.getFirst(), "p95_us") : null;
            String grade = direction.get("grade") instanceof String text ? text : null;
            if (direction.get("sender") instanceof Boolean sends && (idle != null || high != null || grade != null)) {
                all.put(sends, new RoundTrips(idle, high, grade));
            }
        }
        return all;
    }

    private static @Nullable Double millis(Map<String, Object> object, String name) {
        Double micros = number(object, name);
        return micros == null ? null : (Double) (micros / MICROS_PER_MILLI);
    }

    private static Details details(Map<String, Object> figures) {
        return new Details(
                count(figures, "retransmits"),
                count(figures, "packets"),
                count(figures, "lost_packets"),
                count(figures, "out_of_order"),
                number(figures, "jitter_ms"));
    }

    private static @Nullable Long count(Map<String, Object> object, String name) {
        return object.get(name) instanceof Long value && value >= 0 ? value : null;
    }

    /// Null also for a number that no test can have, so that what is made of it stays finite.
    private static @Nullable Double number(Map<String, Object> object, String name) {
        if (!(object.get(name) instanceof Number value)) {
            return null;
        }
        double number = value.doubleValue();
        return number >= 0 && number < LARGEST ? Double.valueOf(number) : null;
    }

    private static boolean isOne(Map<String, Object> object, String name) {
        return object.get(name) instanceof Number value && value.intValue() == 1;
    }

    @SuppressWarnings("unchecked") // DocumentReader's objects are such maps
    static Map<String, Object> object(Map<String, Object> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked") // DocumentReader's objects are such maps
    static List<Map<String, Object>> objects(Map<String, Object> of, String name) {
        return of.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> (Map<String, Object>) each)
                        .toList()
                : List.of();
    }
}
