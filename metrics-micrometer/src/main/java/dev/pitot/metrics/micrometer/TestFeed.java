package dev.pitot.metrics.micrometer;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Figures;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/// Records the events of one test. Called by that test's listener thread only.
final class TestFeed implements TestListener {
    private static final double BITS_PER_BYTE = 8;

    private final Meters meters;
    private final Sampler sampler = new Sampler();
    private TestRole role;
    private @Nullable Protocol protocol;

    TestFeed(TestRole role, Meters meters) {
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
        if (protocol != null) {
            meters.running(role).decrementAndGet();
        }
        meters.addTest(Tags.of(
                "role",
                Meters.word(role),
                "protocol",
                protocol == null ? "unknown" : word(protocol),
                "outcome",
                word(ending)));
    }

    private void record(Sample sample) {
        Sample.Context context = sample.context();
        boolean isSender = context.direction().isSender();
        Tags tags = Tags.of(
                "role",
                Meters.word(context.role()),
                "direction",
                isSender ? "transmit" : "receive",
                "protocol",
                word(context.protocol()));
        Figures figures = sample.total();
        meters.addBytes(tags, figures.bytes());
        meters.recordThroughput(tags, figures.bitsPerSecond() / BITS_PER_BYTE);
        if (figures.retransmits() != null) {
            meters.addRetransmits(tags, figures.retransmits());
        }
        if (figures.tcp() != null) {
            meters.recordRoundTrip(tags, figures.tcp().roundTrip().smoothedSeconds());
        }
        if (figures.datagrams() != null) {
            record(figures.datagrams(), isSender, tags);
        }
    }

    private void record(Datagrams datagrams, boolean isSender, Tags tags) {
        Datagrams.Reception reception = datagrams.reception();
        if (isSender) {
            meters.addDatagrams(tags, "sent", datagrams.packets());
        } else if (reception != null) {
            Long lost = reception.lost();
            if (lost != null) {
                meters.addDatagrams(tags, "lost", lost);
                meters.addDatagrams(tags, "received", datagrams.packets() - lost);
            }
            meters.addDatagrams(tags, "reordered", reception.outOfOrder());
            meters.addDatagrams(tags, "duplicate", reception.duplicates());
            meters.recordJitter(tags, reception.jitterSeconds());
        }
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
