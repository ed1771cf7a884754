package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Leads the events of one test to the metrics. Called by that test's listener thread only.
///
/// Intervals are counted as they come. A test's end counts what its report has more of, so that
/// the counters are exact even where intervals were dropped from the listener's queue.
final class TestFeed implements TestListener {
    private final Sinks sinks;
    private final Sampler sampler = new Sampler();
    private final Map<StreamRole, Map<Quantity, Long>> counted = new EnumMap<>(StreamRole.class);
    private TestRole role;
    private @Nullable Protocol protocol;
    private boolean hasBegun;

    /// Where figures go.
    record Sinks(Counters counters, RunningTests running, LastTests last, InstantSource clock) {}

    /// @param role of this end, until the test says so itself
    TestFeed(TestRole role, Sinks sinks) {
        this.role = role;
        this.sinks = sinks;
    }

    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(var start) -> {
                role = start.role();
                protocol = start.config().protocol();
                sinks.running.begin(this, role);
            }
            case TestEvent.Started _ -> hasBegun = true;
            case TestEvent.Finished(Outcome outcome) -> finish(outcome);
            case TestEvent.StreamsConnected _,
                    TestEvent.IntervalDone _,
                    TestEvent.SummaryReady _,
                    TestEvent.Note _ -> {}
        }
        for (Sample sample : sampler.on(event)) {
            sinks.running.show(this, sample);
            if (!sample.omitted()) {
                Quantity.of(sample.context().direction(), sample.total())
                        .forEach((quantity, amount) -> count(sample.context(), quantity, amount));
            }
        }
    }

    private void count(Sample.Context context, Quantity quantity, long amount) {
        long more = Math.max(0, amount); // whatever a peer tells: a counter never decreases
        sinks.counters.add(context, quantity, more);
        counted(context.direction()).merge(quantity, more, Long::sum);
    }

    private Map<Quantity, Long> counted(StreamRole direction) {
        return counted.computeIfAbsent(direction, _ -> new EnumMap<>(Quantity.class));
    }

    private void finish(Outcome outcome) {
        sinks.running.end(this);
        Summary summary = outcome.report().summary();
        Protocol agreed = protocol;
        if (agreed != null && summary != null) {
            summary.directions().forEach(direction -> countRest(agreed, direction));
        }
        sinks.counters.addTest(role, agreed, outcome.ending(), hasBegun);
        if (!outcome.ending().isCompleted()) {
            return;
        }
        sinks.last.completed(role, sinks.clock.instant());
        if (agreed != null && summary != null) {
            sinks.last.show(role, agreed, summary);
        }
    }

    private void countRest(Protocol agreed, Summary.OfDirection direction) {
        Total own = direction.role().isSender() ? direction.sent() : direction.received();
        if (own == null) {
            return;
        }
        var context = new Sample.Context(role, direction.role(), agreed);
        Quantity.of(direction.role(), own).forEach((quantity, amount) -> {
            long before = counted(direction.role()).getOrDefault(quantity, 0L);
            count(context, quantity, amount - before);
        });
    }
}
