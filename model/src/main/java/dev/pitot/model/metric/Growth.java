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

/// What one test adds to counters: each interval without warm-up, and at the end what the report
/// has more of, so that the counters are exact even where intervals were dropped from a
/// listener's queue. Amounts are never negative, whatever a peer tells: counters never
/// decrease. Belongs to one listener.
public final class Growth {
    private final Map<StreamRole, Map<Quantity, Long>> counted = new EnumMap<>(StreamRole.class);

    /// So much more.
    ///
    /// @param context which direction of which kind of test
    /// @param count 0 or more
    public record Amount(Sample.Context context, Quantity quantity, long count) {}

    /// What an interval adds; nothing while the test warms up, and nothing that is unknown.
    public List<Amount> on(Sample sample) {
        if (sample.omitted()) {
            return List.of();
        }
        return grown(sample.context(), Quantity.of(sample.context().direction(), sample.total()));
    }

    /// What the report has more of than all intervals.
    ///
    /// @param role of this end
    public List<Amount> atEnd(TestRole role, Protocol protocol, Summary summary) {
        List<Amount> amounts = new ArrayList<>();
        for (Summary.OfDirection direction : summary.directions()) {
            Total own = direction.role().isSender() ? direction.sent() : direction.received();
            if (own != null) {
                Map<Quantity, Long> rest = Quantity.of(direction.role(), own);
                rest.replaceAll(
                        (quantity, amount) -> amount - of(direction.role()).getOrDefault(quantity, 0L));
                amounts.addAll(grown(new Sample.Context(role, direction.role(), protocol), rest));
            }
        }
        return List.copyOf(amounts);
    }

    private List<Amount> grown(Sample.Context context, Map<Quantity, Long> more) {
        List<Amount> amounts = new ArrayList<>();
        more.forEach((quantity, amount) -> {
            long count = Math.max(0, amount);
            of(context.direction()).merge(quantity, count, Long::sum);
            amounts.add(new Amount(context, quantity, count));
        });
        return List.copyOf(amounts);
    }

    private Map<Quantity, Long> of(StreamRole direction) {
        return counted.computeIfAbsent(direction, _ -> new EnumMap<>(Quantity.class));
    }
}
