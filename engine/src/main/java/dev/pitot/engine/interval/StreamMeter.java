package dev.pitot.engine.interval;

import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import dev.pitot.socket.TcpInfo;
import org.jspecify.annotations.Nullable;

/// Reads the counters of one stream: values since the previous reading, and since counting began.
final class StreamMeter {
    private final OpenStream open;
    private final boolean hasDatagrams;
    private final TcpExtremesCollector tcpExtremesCollector = new TcpExtremesCollector();
    private CounterSnapshot base = CounterSnapshot.NOTHING;
    private CounterSnapshot last = CounterSnapshot.NOTHING;
    private @Nullable Long baseRetransmits;
    private @Nullable Long lastRetransmits;

    /// @param hasDatagrams true if the stream counts datagrams
    StreamMeter(OpenStream open, boolean hasDatagrams) {
        this.open = open;
        this.hasDatagrams = hasDatagrams;
        baseRetransmits = isSender() ? retransmits(open.tcpInfo()) : null;
        lastRetransmits = baseRetransmits;
    }

    OpenStream open() {
        return open;
    }

    private boolean isSender() {
        return open.info().role().isSender();
    }

    /// Returns the values since the previous reading, for the given time span.
    Interval.OfStream look(Span span) {
        CounterSnapshot now = open.stream().snapshot();
        CounterSnapshot moved = now.since(last);
        last = now;
        TcpInfo info = open.tcpInfo();
        return new Interval.OfStream(
                open.info(),
                span,
                moved.bytes(),
                isSender() && info != null ? sample(info) : null,
                datagrams(moved),
                info == null ? null : info.fields());
    }

    private TcpSample sample(TcpInfo info) {
        TcpSample now = info.sample();
        long before = lastRetransmits == null ? 0 : lastRetransmits;
        lastRetransmits = now.retransmits();
        tcpExtremesCollector.add(now);
        return new TcpSample(
                now.retransmits() - before, now.window(), now.roundTrip(), now.pathMtuBytes(), now.reorderSeen());
    }

    /// Returns the datagram counters of an interval, or since counting began. Late datagrams reduce
    /// losses of before that time; the losses of this one must not become negative.
    private @Nullable Datagrams datagrams(CounterSnapshot moved) {
        if (!hasDatagrams) {
            return null;
        }
        if (isSender()) {
            return new Datagrams(moved.packets(), null);
        }
        var reception = new Datagrams.Reception(
                Math.max(0, moved.lost()), moved.outOfOrder(), moved.duplicates(), moved.jitterSeconds());
        return new Datagrams(moved.packets(), reception);
    }

    /// Ends the warm-up: totals count from the previous reading on.
    void startCounting() {
        base = last;
        baseRetransmits = lastRetransmits;
        open.stream().startCounting();
    }

    /// Bytes sent or received since counting began, as of now.
    long countedBytes() {
        return open.stream().snapshot().bytes() - base.bytes();
    }

    /// Totals as of the last reading.
    Total total(long nanos) {
        CounterSnapshot counted = last.since(base);
        Long retransmits =
                lastRetransmits == null || baseRetransmits == null ? null : lastRetransmits - baseRetransmits;
        return new Total(counted.bytes(), nanos, retransmits, datagrams(counted));
    }

    /// Counters as of the last reading, and as of the end of the warm-up.
    StreamSnapshots readings() {
        return new StreamSnapshots(last, base);
    }

    Summary.@Nullable TcpExtremes extremes() {
        return tcpExtremesCollector.summary();
    }

    private static @Nullable Long retransmits(@Nullable TcpInfo info) {
        return info == null ? null : info.sample().retransmits();
    }
}
