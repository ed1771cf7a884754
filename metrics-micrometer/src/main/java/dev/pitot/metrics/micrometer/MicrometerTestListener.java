package dev.pitot.metrics.micrometer;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.metric.CounterDeltas;
import dev.pitot.model.metric.OutcomeLabel;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/// Records the events of one test. Called by that test's listener thread only.
final class MicrometerTestListener implements TestListener {
    private static final double BITS_PER_BYTE = 8;

    private final Meters meters;
    private final Sampler sampler = new Sampler();
    private final CounterDeltas deltas = new CounterDeltas();
    private TestRole role;
    private boolean hasBegun;
    private @Nullable Protocol protocol;

    MicrometerTestListener(TestRole role, Meters meters) {
        this.role = role;
        this.meters = meters;
    }

    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(var start) -> {
                role = start.role();
                protocol = start.config().protocol();
                meters.running(role).incrementAndGet();
            }
            case TestEvent.Started _ -> hasBegun = true;
            case TestEvent.Finished(Outcome outcome) -> finish(outcome);
            case TestEvent.StreamsConnected _,
                    TestEvent.IntervalDone _,
                    TestEvent.SummaryReady _,
                    TestEvent.Note _ -> {}
        }
        sampler.on(event).stream().filter(sample -> !sample.omitted()).forEach(this::record);
    }

    private void finish(Outcome outcome) {
        Protocol agreed = protocol;
        if (agreed != null) {
            meters.running(role).decrementAndGet();
            Summary summary = outcome.report().summary();
            if (summary != null) {
                deltas.atEnd(role, agreed, summary).forEach(this::count);
            }
        }
        meters.addTests(role, agreed, OutcomeLabel.of(outcome.ending(), hasBegun), 1);
        if (outcome.ending() instanceof Ending.Failed failed) {
            meters.addError(role, failed.error());
        }
    }

    private void record(Sample sample) {
        deltas.on(sample).forEach(this::count);
        Tags tags = tags(sample.context());
        IntervalMetrics metrics = sample.total();
        meters.recordThroughput(tags, metrics.bitsPerSecond() / BITS_PER_BYTE);
        if (metrics.tcp() != null) {
            meters.recordRoundTrip(tags, metrics.tcp().roundTrip().smoothedSeconds());
        }
        meters.recordKernel(sample.context().direction(), metrics, tags);
        Datagrams datagrams = metrics.datagrams();
        if (datagrams != null && datagrams.reception() != null) {
            meters.recordJitter(tags, datagrams.reception().jitterSeconds());
        }
    }

    private void count(CounterDeltas.Amount more) {
        Tags tags = tags(more.context());
        switch (more.kind()) {
            case BYTES -> meters.addBytes(tags, more.count());
            case RETRANSMITS -> meters.addRetransmits(tags, more.count());
            case REORDERINGS -> meters.addReorderings(tags, more.count());
            case SENT -> meters.addDatagrams(tags, "sent", more.count());
            case RECEIVED -> meters.addDatagrams(tags, "received", more.count());
            case LOST -> meters.addDatagrams(tags, "lost", more.count());
            case REORDERED -> meters.addDatagrams(tags, "reordered", more.count());
            case DUPLICATE -> meters.addDatagrams(tags, "duplicate", more.count());
        }
    }

    private static Tags tags(Sample.Context context) {
        return Tags.of(
                "role",
                Meters.word(context.role()),
                "direction",
                context.direction().isSender() ? "transmit" : "receive",
                "protocol",
                Meters.word(context.protocol()));
    }
}
