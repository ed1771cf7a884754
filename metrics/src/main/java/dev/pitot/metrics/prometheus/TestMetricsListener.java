package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.metric.CounterDeltas;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Updates the metrics with the events of one test. Called by that test's listener thread only.
final class TestMetricsListener implements TestListener {
    private final Sinks sinks;
    private final Sampler sampler = new Sampler();
    private final CounterDeltas deltas = new CounterDeltas();
    private TestRole role;
    private @Nullable Protocol protocol;
    private boolean hasBegun;

    /// Destinations of the values.
    record Sinks(OutcomeCounters counters, RunningTests running, LastTests last, InstantSource clock) {}

    /// @param role role of this end, until the test's start event gives it
    TestMetricsListener(TestRole role, Sinks sinks) {
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
            deltas.on(sample).forEach(sinks.counters::add);
            sinks.counters.addKernel(sample);
        }
    }

    private void finish(Outcome outcome) {
        sinks.running.end(this);
        Summary summary = outcome.report().summary();
        Protocol agreed = protocol;
        if (agreed != null && summary != null) {
            deltas.atEnd(role, agreed, summary).forEach(sinks.counters::add);
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
}
