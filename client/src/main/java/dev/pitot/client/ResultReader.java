package dev.pitot.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Reads values from a result. Any part of it may be missing: the empty map and a document with a
/// single key are valid results. Rates are in bit/s.
public final class ResultReader {
    private static final double MEGABIT = 1e6;

    private ResultReader() {}

    /// Returns iperf's error message; null if there was no error. For the empty map see
    /// [JsonRun#failure()].
    public static @Nullable String error(Map<String, Object> result) {
        return result.get("error") instanceof String text ? text : null;
    }

    /// Returns the rate of each interval, in order, without omitted intervals.
    public static List<Double> intervalBitsPerSecond(Map<String, Object> result) {
        List<Double> rates = new ArrayList<>();
        if (result.get("intervals") instanceof List<?> intervals) {
            for (Object interval : intervals) {
                Object sum = member(interval, "sum");
                if (member(sum, "bits_per_second") instanceof Number rate
                        && !Boolean.TRUE.equals(member(sum, "omitted"))) {
                    rates.add(rate.doubleValue());
                }
            }
        }
        return List.copyOf(rates);
    }

    /// Returns the unweighted mean of the intervals' rates; empty if there are none. Intervals may
    /// differ in length, and sent data may not have arrived: use [#totalBitsPerSecond] for the
    /// result of the test.
    public static OptionalDouble averageBitsPerSecond(Map<String, Object> result) {
        return intervalBitsPerSecond(result).stream().mapToDouble(rate -> rate).average();
    }

    /// Returns the rate of the whole test as measured by the receiver (`end.sum_received`); if the
    /// document does not have it, `end.sum`. For a bidirectional test this is the direction from
    /// client to server. Empty if the test failed, because then the two ends have not exchanged
    /// their results.
    public static OptionalDouble totalBitsPerSecond(Map<String, Object> result) {
        if (error(result) != null) {
            return OptionalDouble.empty();
        }
        Object end = result.get("end");
        for (String sum : List.of("sum_received", "sum")) {
            if (member(member(end, sum), "bits_per_second") instanceof Number rate) {
                return OptionalDouble.of(rate.doubleValue());
            }
        }
        return OptionalDouble.empty();
    }

    /// Compares [#totalBitsPerSecond] with a threshold.
    public static Verdict verdict(Map<String, Object> result, double thresholdBitsPerSecond) {
        OptionalDouble total = totalBitsPerSecond(result);
        if (total.isEmpty()) {
            String error = error(result);
            return new Verdict.Fail(error == null ? "no result" : error);
        }
        double rate = total.getAsDouble();
        String text = String.format(Locale.ROOT, "Average: %.2f Mbps", rate / MEGABIT);
        return rate >= thresholdBitsPerSecond ? new Verdict.Pass(text) : new Verdict.Fail(text);
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }
}
