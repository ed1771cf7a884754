package dev.pitot.model.sample;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Converts the events of one test to samples. Belongs to one listener.
public final class Sampler {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Map<Integer, Long> reorderSeen = new HashMap<>();
    private final Map<Integer, KernelValues<TcpField>> readings = new HashMap<>();
    private TestRole role = TestRole.CLIENT;
    private Protocol protocol = Protocol.TCP;
    private Instant began = Instant.EPOCH;
    private Instant lastEnd = Instant.EPOCH;
    private boolean wasOmitted;

    /// Returns the samples of an event: one per direction for an interval, none for other events.
    public List<Sample> on(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(TestStart start) -> {
                role = start.role();
                protocol = start.config().protocol();
            }
            case TestEvent.Started(Instant time) -> {
                began = time;
                lastEnd = time;
            }
            case TestEvent.IntervalDone(Interval interval) -> {
                return samples(interval);
            }
            case TestEvent.StreamsConnected _, TestEvent.SummaryReady _, TestEvent.Note _, TestEvent.Finished _ -> {}
        }
        return List.of();
    }

    private List<Sample> samples(Interval interval) {
        if (wasOmitted && !interval.omitted()) {
            began = lastEnd; // the measured part has its own time base
        }
        wasOmitted = interval.omitted();
        Map<Integer, IntervalMetrics> metrics = new HashMap<>();
        interval.streams().forEach(stream -> metrics.put(stream.stream().label(), metrics(stream)));
        List<Sample> samples = new ArrayList<>();
        for (Interval.Sum sum : interval.sums()) {
            List<Sample.OfStream> streams = interval.streams().stream()
                    .filter(stream -> stream.stream().role() == sum.role())
                    .map(stream -> new Sample.OfStream(
                            stream.stream(),
                            Objects.requireNonNull(metrics.get(stream.stream().label()))))
                    .toList();
            lastEnd = began.plusNanos(sum.span().endNanos());
            var context = new Sample.Context(role, sum.role(), protocol);
            samples.add(new Sample(lastEnd, context, total(sum, streams), streams, interval.omitted()));
        }
        return samples;
    }

    private IntervalMetrics metrics(Interval.OfStream stream) {
        TcpSample tcp = stream.tcp();
        return new IntervalMetrics(
                stream.span(),
                stream.bytes(),
                tcp == null ? null : tcp.retransmits(),
                tcp == null ? null : figures(stream.stream().label(), tcp),
                stream.datagrams(),
                growth(stream));
    }

    private @Nullable KernelValues<TcpField> growth(Interval.OfStream stream) {
        KernelValues<TcpField> now = stream.kernel();
        if (now == null) {
            return null;
        }
        KernelValues<TcpField> before = readings.put(stream.stream().label(), now);
        return before == null ? now : now.since(before, TcpField.class, TcpField::counterBits);
    }

    private TcpMetrics figures(int label, TcpSample tcp) {
        Long before = reorderSeen.put(label, tcp.reorderSeen());
        return new TcpMetrics(
                tcp.retransmits(),
                Math.max(0, tcp.reorderSeen() - (before == null ? 0 : before)),
                new TcpMetrics.RoundTrip(
                        tcp.roundTrip().smoothedMicros() / MICROS_PER_SECOND,
                        tcp.roundTrip().varianceMicros() / MICROS_PER_SECOND),
                positive(tcp.window().congestionBytes()),
                positive(tcp.window().peerBytes()),
                tcp.pathMtuBytes());
    }

    private static @Nullable Double positive(long value) {
        return value > 0 ? (double) value : null;
    }

    private static IntervalMetrics total(Interval.Sum sum, List<Sample.OfStream> streams) {
        List<TcpMetrics> known = new ArrayList<>();
        for (Sample.OfStream stream : streams) {
            TcpMetrics tcp = stream.metrics().tcp();
            if (tcp != null) {
                known.add(tcp);
            }
        }
        TcpMetrics together = known.isEmpty() ? null : together(known);
        var kernel = new TcpFieldAggregator();
        streams.forEach(stream -> kernel.add(stream.metrics().kernel()));
        return new IntervalMetrics(
                sum.span(), sum.bytes(), sum.retransmits(), together, sum.datagrams(), kernel.overStreams());
    }

    private static TcpMetrics together(List<TcpMetrics> streams) {
        return new TcpMetrics(
                streams.stream().mapToLong(TcpMetrics::retransmits).sum(),
                streams.stream().mapToLong(TcpMetrics::reorderings).sum(),
                new TcpMetrics.RoundTrip(
                        mean(streams, tcp -> tcp.roundTrip().smoothedSeconds()),
                        mean(streams, tcp -> tcp.roundTrip().varianceSeconds())),
                meanOfKnown(streams, TcpMetrics::congestionBytes),
                meanOfKnown(streams, TcpMetrics::peerBytes),
                mean(streams, TcpMetrics::pathMtuBytes));
    }

    private static double mean(List<TcpMetrics> streams, ToDoubleFunction<TcpMetrics> figure) {
        return streams.stream().mapToDouble(figure).average().orElse(0);
    }

    private static @Nullable Double meanOfKnown(
            List<TcpMetrics> streams, Function<TcpMetrics, @Nullable Double> figure) {
        double sum = 0;
        int count = 0;
        for (TcpMetrics tcp : streams) {
            Double value = figure.apply(tcp);
            if (value != null) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }
}
