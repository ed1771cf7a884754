package dev.pitot.metrics.otel;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Figures;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/// Records the events of one test. Called by that test's listener thread only.
final class TestFeed implements TestListener {
    private static final double BITS_PER_BYTE = 8;
    private static final AttributeKey<String> ROLE = AttributeKey.stringKey("pitot.role");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("pitot.result");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("pitot.outcome");
    private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("network.io.direction");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");

    private final Instruments instruments;
    private final Sampler sampler = new Sampler();
    private TestRole role;
    private @Nullable Protocol protocol;

    TestFeed(TestRole role, Instruments instruments) {
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
            case TestEvent.Finished(var outcome) -> finish(outcome.ending());
            case TestEvent.StreamsConnected _,
                    TestEvent.Started _,
                    TestEvent.IntervalDone _,
                    TestEvent.SummaryReady _,
                    TestEvent.Note _ -> {}
        }
        sampler.on(event).stream().filter(sample -> !sample.omitted()).forEach(this::record);
    }

    private void finish(Ending ending) {
        var attributes = Attributes.builder().put(ROLE, word(role)).put(OUTCOME, word(ending));
        if (protocol != null) {
            attributes.put(TRANSPORT, word(protocol));
            instruments.running().add(-1, Attributes.of(ROLE, word(role)));
        }
        instruments.tests().add(1, attributes.build());
    }

    private void record(Sample sample) {
        Sample.Context context = sample.context();
        boolean isSender = context.direction().isSender();
        var labels = Attributes.of(
                ROLE,
                word(context.role()),
                DIRECTION,
                isSender ? "transmit" : "receive",
                TRANSPORT,
                word(context.protocol()));
        Figures figures = sample.total();
        instruments.bytes().add(figures.bytes(), labels);
        instruments.throughput().record(figures.bitsPerSecond() / BITS_PER_BYTE, labels);
        if (figures.retransmits() != null) {
            instruments.retransmits().add(figures.retransmits(), labels);
        }
        if (figures.tcp() != null) {
            instruments.roundTrip().record(figures.tcp().roundTrip().smoothedSeconds(), labels);
        }
        if (figures.datagrams() != null) {
            record(figures.datagrams(), isSender, labels);
        }
    }

    private void record(Datagrams datagrams, boolean isSender, Attributes labels) {
        Datagrams.Reception reception = datagrams.reception();
        if (isSender) {
            add("sent", datagrams.packets(), labels);
        } else if (reception != null) {
            Long lost = reception.lost();
            if (lost != null) {
                add("lost", lost, labels);
                add("received", datagrams.packets() - lost, labels);
            }
            add("reordered", reception.outOfOrder(), labels);
            add("duplicate", reception.duplicates(), labels);
            instruments.jitter().record(reception.jitterSeconds(), labels);
        }
    }

    private void add(String result, long count, Attributes labels) {
        instruments
                .datagrams()
                .add(Math.max(0, count), labels.toBuilder().put(RESULT, result).build());
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

    private static String word(Ending ending) {
        return switch (ending) {
            case Ending.Completed _ -> "completed";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.PeerTerminated _ -> "peer_terminated";
            case Ending.PeerGone _ -> "peer_gone";
            case Ending.Busy _ -> "busy";
            case Ending.Failed _ -> "failed";
        };
    }
}
