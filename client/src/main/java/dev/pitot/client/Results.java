package dev.pitot.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Reads figures from a result, whatever is missing in it: the empty map and a document that
/// ends after its first key are results too. Rates are in bit/s.
public final class Results {
    private static final double MEGABIT = 1e6;

    private Results() {}

    /// What went wrong, in iperf's words; null if nothing did. The empty map has no words:
    /// [JsonRun#failure()] does.
    public static @Nullable String error(Map<String, Object> result) {
        return result.get("error") instanceof String text ? text : null;
    }

    /// The rate of each interval, in their order; without those of a warm-up.
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

    /// The plain mean over intervals; empty if there are none. Intervals need not be equally
    /// long, and what was sent need not have arrived: [#totalBitsPerSecond] is the figure of
    /// record.
    public static OptionalDouble averageBitsPerSecond(Map<String, Object> result) {
        return intervalBitsPerSecond(result).stream().mapToDouble(rate -> rate).average();
    }

    /// The figure of record: what arrived by the time it took, as the receiving end counted
    /// (`end.sum_received`); of a document without that, `end.sum`. Of a bidirectional test what
    /// the client sent. Empty if the test failed, for then the ends have not exchanged their
    /// figures.
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

    /// Whether the figure of record reaches a threshold.
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
