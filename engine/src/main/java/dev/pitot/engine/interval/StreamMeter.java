package dev.pitot.engine.interval;

import dev.pitot.engine.stream.OpenStream;
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
    private final Extremes extremes = new Extremes();
    private long baseBytes;
    private long lastBytes;
    private @Nullable Long baseRetransmits;
    private @Nullable Long lastRetransmits;

    StreamMeter(OpenStream open) {
        this.open = open;
        baseRetransmits =
                open.info().role().isSender() ? retransmits(open.connection().info()) : null;
        lastRetransmits = baseRetransmits;
    }

    OpenStream open() {
        return open;
    }

    /// What happened since the last look. `span` is when.
    Interval.OfStream look(Span span) {
        long bytes = open.stream().counters().bytes();
        long moved = bytes - lastBytes;
        lastBytes = bytes;
        return new Interval.OfStream(open.info(), span, moved, sample());
    }

    private @Nullable TcpSample sample() {
        TcpInfo info = open.info().role().isSender() ? open.connection().info() : null;
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

    /// Forgets the warm-up: totals count from the last look on.
    void startCounting() {
        baseBytes = lastBytes;
        baseRetransmits = lastRetransmits;
    }

    /// Bytes moved since counting began, as of now.
    long countedBytes() {
        return open.stream().counters().bytes() - baseBytes;
    }

    /// Totals as of the last look.
    Total total(long nanos) {
        Long retransmits =
                lastRetransmits == null || baseRetransmits == null ? null : lastRetransmits - baseRetransmits;
        return new Total(lastBytes - baseBytes, nanos, retransmits);
    }

    Summary.@Nullable TcpExtremes extremes() {
        return extremes.summary();
    }

    private static @Nullable Long retransmits(@Nullable TcpInfo info) {
        return info == null ? null : info.sample().retransmits();
    }
}
