package dev.pitot.engine.interval;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Reading;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import dev.pitot.socket.TcpInfo;
import org.jspecify.annotations.Nullable;

/// Reads one stream's counters: what it moved since the last look, and since counting began.
final class StreamMeter {
    private final OpenStream open;
    private final boolean hasDatagrams;
    private final Extremes extremes = new Extremes();
    private Reading base = Reading.NOTHING;
    private Reading last = Reading.NOTHING;
    private @Nullable Long baseRetransmits;
    private @Nullable Long lastRetransmits;

    /// @param hasDatagrams whether the stream's packets mean anything
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

    /// What happened since the last look. `span` is when.
    Interval.OfStream look(Span span) {
        Reading now = open.stream().reading();
        Reading moved = now.since(last);
        last = now;
        return new Interval.OfStream(open.info(), span, moved.bytes(), sample(), datagrams(moved));
    }

    private @Nullable TcpSample sample() {
        TcpInfo info = isSender() ? open.tcpInfo() : null;
        if (info == null) {
            return null;
        }
        TcpSample now = info.sample();
        long before = lastRetransmits == null ? 0 : lastRetransmits;
        lastRetransmits = now.retransmits();
        extremes.add(now);
        return new TcpSample(
                now.retransmits() - before, now.window(), now.roundTrip(), now.pathMtuBytes(), now.reorderSeen());
    }

    /// In an interval, or since counting began: datagrams that came late belong to losses of
    /// before then, and must not make this one's negative.
    private @Nullable Datagrams datagrams(Reading moved) {
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

    /// Forgets the warm-up: totals count from the last look on.
    void startCounting() {
        base = last;
        baseRetransmits = lastRetransmits;
        open.stream().startCounting();
    }

    /// Bytes moved since counting began, as of now.
    long countedBytes() {
        return open.stream().reading().bytes() - base.bytes();
    }

    /// Totals as of the last look.
    Total total(long nanos) {
        Reading counted = last.since(base);
        Long retransmits =
                lastRetransmits == null || baseRetransmits == null ? null : lastRetransmits - baseRetransmits;
        return new Total(counted.bytes(), nanos, retransmits, datagrams(counted));
    }

    /// The counters as of the last look, and as of the end of the warm-up.
    StreamReadings readings() {
        return new StreamReadings(last, base);
    }

    Summary.@Nullable TcpExtremes extremes() {
        return extremes.summary();
    }

    private static @Nullable Long retransmits(@Nullable TcpInfo info) {
        return info == null ? null : info.sample().retransmits();
    }
}
