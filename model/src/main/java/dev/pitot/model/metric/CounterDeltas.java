package dev.pitot.model.metric;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Converts one test to counter increments: each interval without warm-up, and at the end the
/// difference to the report, so that counters are exact even if intervals were dropped from a
/// listener's queue. Increments are never negative, whatever a peer sends, since counters never
/// decrease. Belongs to one listener.
public final class CounterDeltas {
    private final Map<StreamRole, Map<CounterKind, Long>> counted = new EnumMap<>(StreamRole.class);

    /// Increment of one counter.
    ///
    /// @param context direction and kind of test
    /// @param count 0 or more
    public record Amount(Sample.Context context, CounterKind kind, long count) {}

    /// Returns the increments of an interval; empty during warm-up, and without unknown values.
    public List<Amount> on(Sample sample) {
        if (sample.omitted()) {
            return List.of();
        }
        return grown(sample.context(), CounterKind.of(sample.context().direction(), sample.total()));
    }

    /// Returns the difference between the report and the sum of all intervals.
    ///
    /// @param role role of this end
    public List<Amount> atEnd(TestRole role, Protocol protocol, Summary summary) {
        List<Amount> amounts = new ArrayList<>();
        for (Summary.OfDirection direction : summary.directions()) {
            Total own = direction.role().isSender() ? direction.sent() : direction.received();
            if (own != null) {
                Map<CounterKind, Long> rest = CounterKind.of(direction.role(), own);
                rest.replaceAll((kind, amount) -> amount - of(direction.role()).getOrDefault(kind, 0L));
                amounts.addAll(grown(new Sample.Context(role, direction.role(), protocol), rest));
            }
        }
        return List.copyOf(amounts);
    }

    private List<Amount> grown(Sample.Context context, Map<CounterKind, Long> more) {
        List<Amount> amounts = new ArrayList<>();
        more.forEach((kind, amount) -> {
            long count = Math.max(0, amount);
            of(context.direction()).merge(kind, count, Long::sum);
            amounts.add(new Amount(context, kind, count));
        });
        return List.copyOf(amounts);
    }

    private Map<CounterKind, Long> of(StreamRole direction) {
        return counted.computeIfAbsent(direction, _ -> new EnumMap<>(CounterKind.class));
    }
}
