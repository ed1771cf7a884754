package dev.pitot.metrics.otel;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.metric.CounterDeltas;
import dev.pitot.model.metric.OutcomeLabel;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/// Records the events of one test. Called by that test's listener thread only.
final class OtelTestListener implements TestListener {
    private static final double BITS_PER_BYTE = 8;
    private static final AttributeKey<String> ROLE = AttributeKey.stringKey("pitot.role");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("pitot.result");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("pitot.outcome");
    private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("network.io.direction");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");

    private final Instruments instruments;
    private final Sampler sampler = new Sampler();
    private final CounterDeltas deltas = new CounterDeltas();
    private TestRole role;
    private boolean hasBegun;
    private @Nullable Protocol protocol;

    OtelTestListener(TestRole role, Instruments instruments) {
        this.role = role;
        this.instruments = instruments;
    }

    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(var start) -> {
                role = start.role();
                protocol = start.config().protocol();
                instruments.running().add(1, Attributes.of(ROLE, word(role)));
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
        var attributes =
                Attributes.builder().put(ROLE, word(role)).put(OUTCOME, OutcomeLabel.of(outcome.ending(), hasBegun));
        Protocol agreed = protocol;
        if (agreed != null) {
            attributes.put(TRANSPORT, word(agreed));
            instruments.running().add(-1, Attributes.of(ROLE, word(role)));
            Summary summary = outcome.report().summary();
            if (summary != null) {
                deltas.atEnd(role, agreed, summary).forEach(this::count);
            }
        }
        instruments.tests().add(1, attributes.build());
    }

    private void record(Sample sample) {
        deltas.on(sample).forEach(this::count);
        Attributes labels = labels(sample.context());
        IntervalMetrics metrics = sample.total();
        instruments.throughput().record(metrics.bitsPerSecond() / BITS_PER_BYTE, labels);
        if (metrics.tcp() != null) {
            instruments.roundTrip().record(metrics.tcp().roundTrip().smoothedSeconds(), labels);
        }
        instruments.recordKernel(sample.context().direction(), metrics, labels);
        Datagrams datagrams = metrics.datagrams();
        if (datagrams != null && datagrams.reception() != null) {
            instruments.jitter().record(datagrams.reception().jitterSeconds(), labels);
        }
    }

    private void count(CounterDeltas.Amount more) {
        Attributes labels = labels(more.context());
        switch (more.kind()) {
            case BYTES -> instruments.bytes().add(more.count(), labels);
            case RETRANSMITS -> instruments.retransmits().add(more.count(), labels);
            case REORDERINGS -> {} // not exported
            case SENT -> add("sent", more.count(), labels);
            case RECEIVED -> add("received", more.count(), labels);
            case LOST -> add("lost", more.count(), labels);
            case REORDERED -> add("reordered", more.count(), labels);
            case DUPLICATE -> add("duplicate", more.count(), labels);
        }
    }

    private void add(String result, long count, Attributes labels) {
        instruments
                .datagrams()
                .add(count, labels.toBuilder().put(RESULT, result).build());
    }

    private static Attributes labels(Sample.Context context) {
        return Attributes.of(
                ROLE,
                word(context.role()),
                DIRECTION,
                context.direction().isSender() ? "transmit" : "receive",
                TRANSPORT,
                word(context.protocol()));
    }

    private static String word(TestRole role) {
        return switch (role) {
            case CLIENT -> "client";
            case SERVER -> "server";
        };
    }

    private static String word(Protocol protocol) {
        return switch (protocol) {
            case TCP -> "tcp";
            case MULTIPATH_TCP -> "mptcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }
}
