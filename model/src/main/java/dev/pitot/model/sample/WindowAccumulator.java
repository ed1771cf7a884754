package dev.pitot.model.sample;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.time.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accumulates the samples of an open window.
final class WindowAccumulator {
    private static final double BITS_PER_BYTE = 8;

    private final Series rates = new Series();
    private final Series roundTrips = new Series();
    private final Series variances = new Series();
    private final Series congestion = new Series();
    private final Series peer = new Series();
    private final Series pathMtu = new Series();
    private final Series jitter = new Series();
    private final TcpFieldAggregator kernel = new TcpFieldAggregator();
    private final Sum retransmits = new Sum();
    private final Sum reorderings = new Sum();
    private final Sum packets = new Sum();
    private final Sum lost = new Sum();
    private final Sum outOfOrder = new Sum();
    private final Sum duplicates = new Sum();
    private final List<Sample> ends = new ArrayList<>(2); // the first and the last
    private long nanos;
    private long bytes;
    private long timedBytes; // bytes of samples with a duration
    private int samples;
    private int omitted;

    /// Values of one kind.
    private static final class Series {
        private static final int INITIAL_ROOM = 16;

        private double[] figures = new double[INITIAL_ROOM];
        private int size;

        void add(@Nullable Double figure) {
            if (figure != null) {
                if (size == figures.length) {
                    figures = Arrays.copyOf(figures, 2 * size);
                }
                figures[size++] = figure;
            }
        }

        @Nullable Distribution distribution() {
            return Distribution.of(Arrays.copyOf(figures, size));
        }
    }

    /// A sum that is absent until a value is added.
    private static final class Sum {
        private @Nullable Long value;

        void add(@Nullable Long more) {
            if (more != null) {
                value = (value == null ? 0 : value) + more;
            }
        }
    }

    void add(Sample sample) {
        if (sample.omitted()) {
            omitted++;
            return;
        }
        if (ends.size() == 2) {
            ends.removeLast();
        }
        ends.add(sample);
        samples++;
        IntervalMetrics total = sample.total();
        nanos += total.span().nanos();
        bytes += total.bytes();
        if (total.span().nanos() > 0) { // an empty span has no rate
            rates.add(total.bitsPerSecond());
            timedBytes += total.bytes();
        }
        retransmits.add(total.retransmits());
        addTcp(total.tcp());
        kernel.add(total.kernel());
        addDatagrams(total.datagrams());
    }

    private void addTcp(@Nullable TcpMetrics tcp) {
        if (tcp != null) {
            reorderings.add(tcp.reorderings());
            roundTrips.add(tcp.roundTrip().smoothedSeconds());
            variances.add(tcp.roundTrip().varianceSeconds());
            congestion.add(tcp.congestionBytes());
            peer.add(tcp.peerBytes());
            pathMtu.add(tcp.pathMtuBytes());
        }
    }

    private void addDatagrams(@Nullable Datagrams datagrams) {
        if (datagrams == null) {
            return;
        }
        packets.add(datagrams.packets());
        Datagrams.Reception reception = datagrams.reception();
        if (reception != null) {
            lost.add(reception.lost());
            outOfOrder.add(reception.outOfOrder());
            duplicates.add(reception.duplicates());
            jitter.add(reception.jitterSeconds());
        }
    }

    boolean isEmpty() {
        return samples == 0;
    }

    /// Number of samples without warm-up.
    int size() {
        return samples;
    }

    /// Returns the window of all added samples, or null if there are none.
    @Nullable Window window() {
        if (isEmpty()) {
            return null;
        }
        Sample first = ends.getFirst();
        Sample last = ends.getLast();
        var span =
                new Span(first.total().span().startNanos(), last.total().span().endNanos());
        double seconds = Span.until(nanos).seconds();
        Distribution rate = rates.distribution();
        if (rate != null) {
            rate = rate.withMean(timedBytes * BITS_PER_BYTE / seconds);
        }
        var tcp = new Window.TcpDistributions(
                roundTrips.distribution(),
                variances.distribution(),
                congestion.distribution(),
                peer.distribution(),
                pathMtu.distribution());
        return new Window(
                last.time(),
                last.context(),
                last.streams().size(),
                new Window.Extent(span, seconds, bytes, samples, omitted),
                new Window.Distributions(rate, tcp, jitter.distribution(), kernel.overTime()),
                new Window.Counters(
                        retransmits.value,
                        reorderings.value,
                        packets.value,
                        lost.value,
                        outOfOrder.value,
                        duplicates.value));
    }
}
