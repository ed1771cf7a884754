package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TcpField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reader of the member `pitot` of the results. Whatever it contains, it never makes a test fail whose
/// other results are fine: values that are unknown, malformed or out of range are absent, and so is the
/// whole member if it is longer than [#MAX_CHARACTERS]. Used by one thread.
final class PeerEvidenceReader implements JsonObjectReader.Structures {
    /// Limit of the text, that of a client's results.
    static final int MAX_CHARACTERS = 1 << 18;

    private static final int MAX_FIELDS = 256;
    private static final int MAX_STATISTICS = 16;

    /// Limit of counts, so that the sum over the maximum number of streams does not overflow.
    private static final long MAX_COUNT = Long.MAX_VALUE / TestResults.MAX_STREAMS;

    private static final double MAX_MICROS = 3.6e9; // an hour
    private static final double MAX_BITS_PER_SECOND = 1e15;
    private static final double MAX_VARIATION = 1e6;

    private static final Set<String> KEYS =
            Set.of("tcp_fields", "streams", "loaded", "losses", "rates", "drained_share", "host");
    private static final Set<String> STREAM_KEYS =
            Set.of("id", "tcp", "thread_running", "thread_waiting", "thread_elapsed", "socket_drops");
    private static final Set<String> STATISTICS_KEYS =
            Set.of("method", "samples", "min", "mean", "p50", "p95", "p99", "max");
    private static final Set<String> LOSS_KEYS =
            Set.of("readings", "loss_readings", "inflated_readings", "policer_rate", "policer_empty", "policer_filled");
    private static final Set<String> RATE_KEYS = Set.of("slices", "variation", "ramp");

    private final List<@Nullable TcpField> fields = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();
    private final List<RoundTripStatistics> loaded = new ArrayList<>();
    private @Nullable LossTiming losses;
    private @Nullable RateSpread rates;
    private @Nullable Double drainedShare;
    private @Nullable KernelValues<HostCounter> host;

    private PeerEvidenceReader() {}

    /// A stream before the names of its values are known.
    private record Stream(int id, List<@Nullable Long> tcp, JsonObjectReader members) {}

    /// Reads the object that starts at the current token, up to its end. Returns null if it says
    /// nothing.
    ///
    /// @throws IOException if it is not JSON
    static @Nullable PeerEvidence read(JsonParser source) throws IOException {
        String text = CompactCopy.of(source); // first, so that what follows is read whatever this holds
        if (text.length() > MAX_CHARACTERS) {
            return null;
        }
        var reader = new PeerEvidenceReader();
        try {
            JsonObjectReader members = JsonObjectReader.ofDocument(text, KEYS, reader);
            reader.drainedShare = within(members, "drained_share", 1);
        } catch (IOException _) { // more streams than a test can have
            return null;
        }
        return reader.evidence();
    }

    private PeerEvidence evidence() {
        List<PeerEvidence.OfStream> ends = streams.stream().map(this::withNames).toList();
        return new PeerEvidence(ends, loaded, losses, rates, drainedShare, host);
    }

    private PeerEvidence.OfStream withNames(Stream stream) {
        var values = new EnumMap<TcpField, Long>(TcpField.class);
        for (int i = 0; i < Math.min(stream.tcp.size(), fields.size()); i++) {
            TcpField field = fields.get(i);
            Long value = stream.tcp.get(i);
            if (field != null && value != null) {
                values.put(field, value);
            }
        }
        return new PeerEvidence.OfStream(
                stream.id,
                new Evidence.EndOfStream(
                        KernelValues.of(TcpField.class, values),
                        threadTimes(stream.members),
                        count(stream.members, "socket_drops")));
    }

    @Override
    public void read(String key, JsonParser json) throws IOException {
        switch (key) {
            case "tcp_fields" -> readNames(json);
            case "streams" -> elements(json, TestResults.MAX_STREAMS, PeerEvidenceReader::stream, streams);
            case "loaded" -> elements(json, MAX_STATISTICS, PeerEvidenceReader::statistics, loaded);
            case "losses" -> losses = losses(members(json, LOSS_KEYS));
            case "rates" -> rates = rates(members(json, RATE_KEYS));
            case "host" -> host = host(json);
            default -> json.skipChildren();
        }
    }

    private static JsonObjectReader members(JsonParser json, Set<String> keys) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return JsonObjectReader.ofObject(json, keys, JsonObjectReader.Structures.SKIP);
        }
        json.skipChildren();
        return JsonObjectReader.NONE;
    }

    private void readNames(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        Map<String, TcpField> known = byKey(TcpField.values(), TcpField::key);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (fields.size() == MAX_FIELDS) {
                throw new MalformedResultsException("more than " + MAX_FIELDS + " fields");
            }
            fields.add(json.currentToken() == JsonToken.VALUE_STRING ? known.get(json.getText()) : null);
            json.skipChildren();
        }
    }

    @FunctionalInterface
    private interface Element<T> {
        /// Reads the object that starts at the current token; null if it says nothing.
        @Nullable T read(JsonParser json) throws IOException;
    }

    private static <T> void elements(JsonParser json, int max, Element<T> element, List<T> to) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        int number = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (++number > max) {
                throw new MalformedResultsException("more than " + max + " elements");
            }
            T read = null;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                read = element.read(json);
            } else {
                json.skipChildren();
            }
            if (read != null) {
                to.add(read);
            }
        }
    }

    private static @Nullable Stream stream(JsonParser json) throws IOException {
        var tcp = new ArrayList<@Nullable Long>();
        JsonObjectReader members = JsonObjectReader.ofObject(json, STREAM_KEYS, (key, inner) -> {
            if (key.equals("tcp")) {
                readNumbers(inner, tcp);
            } else {
                inner.skipChildren();
            }
        });
        Long id = count(members, "id");
        return id == null || id > Integer.MAX_VALUE ? null : new Stream((int) (long) id, tcp, members);
    }

    private static void readNumbers(JsonParser json, List<@Nullable Long> to) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (to.size() == MAX_FIELDS) {
                throw new MalformedResultsException("more than " + MAX_FIELDS + " values");
            }
            boolean isNumber = json.currentToken().isNumeric();
            to.add(isNumber ? inRange(Double.parseDouble(json.getText()), MAX_COUNT) : null);
            json.skipChildren();
        }
    }

    private static Evidence.@Nullable ThreadTimes threadTimes(JsonObjectReader members) {
        Long running = count(members, "thread_running");
        Long waiting = count(members, "thread_waiting");
        Long elapsed = count(members, "thread_elapsed");
        return running == null || waiting == null || elapsed == null
                ? null
                : new Evidence.ThreadTimes(running, waiting, elapsed);
    }

    private static @Nullable RoundTripStatistics statistics(JsonParser json) throws IOException {
        JsonObjectReader members = JsonObjectReader.ofObject(json, STATISTICS_KEYS, JsonObjectReader.Structures.SKIP);
        LatencyMethod method =
                byKey(LatencyMethod.values(), LatencyMethod::key).get(String.valueOf(members.text("method")));
        Long samples = count(members, "samples");
        Double min = within(members, "min", MAX_MICROS);
        Double max = within(members, "max", MAX_MICROS);
        if (method == null || samples == null || samples == 0 || min == null || max == null || min > max) {
            return null;
        }
        Double mean = between(members, "mean", min, max);
        if (mean == null) {
            return null;
        }
        Double p50 = between(members, "p50", min, max);
        double least = p50 == null ? min : p50;
        Double p95 = between(members, "p95", least, max);
        Double p99 = between(members, "p99", p95 == null ? least : p95, max);
        var percentiles = new RoundTripStatistics.Percentiles(p50, p95, p99);
        return new RoundTripStatistics(method, samples, min, mean, percentiles, max);
    }

    private static @Nullable Double between(JsonObjectReader members, String key, double min, double max) {
        Double value = within(members, key, max);
        return value == null || value < min ? null : value;
    }

    private static @Nullable LossTiming losses(JsonObjectReader members) {
        Integer readings = whole(members, "readings", Integer.MAX_VALUE);
        Integer losses = readings == null ? null : whole(members, "loss_readings", readings);
        Integer inflated = losses == null ? null : whole(members, "inflated_readings", losses);
        return readings == null || losses == null || inflated == null
                ? null
                : new LossTiming(readings, losses, inflated, policer(members));
    }

    private static LossTiming.@Nullable TokenBucket policer(JsonObjectReader members) {
        Double rate = within(members, "policer_rate", MAX_BITS_PER_SECOND);
        Double empty = within(members, "policer_empty", 1);
        Double filled = within(members, "policer_filled", 1);
        return rate == null || empty == null || filled == null ? null : new LossTiming.TokenBucket(rate, empty, filled);
    }

    private static @Nullable RateSpread rates(JsonObjectReader members) {
        Integer slices = whole(members, "slices", Integer.MAX_VALUE);
        Double variation = within(members, "variation", MAX_VARIATION);
        Double ramp = within(members, "ramp", 1);
        return slices == null || variation == null || ramp == null ? null : new RateSpread(slices, variation, ramp);
    }

    private static KernelValues<HostCounter> host(JsonParser json) throws IOException {
        Map<String, HostCounter> known = byKey(HostCounter.values(), HostCounter::key);
        JsonObjectReader members = members(json, known.keySet());
        var values = new EnumMap<HostCounter, Long>(HostCounter.class);
        for (HostCounter counter : HostCounter.values()) {
            Long value = count(members, counter.key());
            if (value != null) {
                values.put(counter, value);
            }
        }
        return KernelValues.of(HostCounter.class, values);
    }

    private static <K> Map<String, K> byKey(K[] values, Function<K, String> key) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    private static @Nullable Long count(JsonObjectReader members, String key) {
        Double value = members.number(key);
        return value == null ? null : inRange(value, MAX_COUNT);
    }

    private static @Nullable Integer whole(JsonObjectReader members, String key, int max) {
        Double value = members.number(key);
        Long count = value == null ? null : inRange(value, max);
        return count == null ? null : Math.toIntExact(count);
    }

    private static @Nullable Long inRange(double value, long max) {
        return value >= 0 && value <= max ? Long.valueOf((long) value) : null; // a NaN is not in range
    }

    private static @Nullable Double within(JsonObjectReader members, String key, double max) {
        Double value = members.number(key);
        return value == null || value < 0 || value > max ? null : value;
    }
}
