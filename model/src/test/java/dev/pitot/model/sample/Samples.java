package dev.pitot.model.sample;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sample fixtures.
public final class Samples {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Sample.Context SENDING = new Sample.Context(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
    public static final Sample.Context RECEIVING =
            new Sample.Context(TestRole.CLIENT, StreamRole.RECEIVER, Protocol.TCP);

    private Samples() {}

    public static StreamInfo stream(int id, StreamRole role) {
        var end = new Endpoint("127.0.0.1", 5201);
        return new StreamInfo(id, id + 4, role, end, end);
    }

    public static Span millis(long start, long end) {
        return new Span(start * 1_000_000, end * 1_000_000);
    }

    public static IntervalMetrics bytes(Span span, long bytes) {
        return new IntervalMetrics(span, bytes, null, null, null, null);
    }

    public static Sample sample(long startMillis, long endMillis, long bytes) {
        return sample(SENDING, bytes(millis(startMillis, endMillis), bytes), 1, false);
    }

    public static Sample omitted(long startMillis, long endMillis, long bytes) {
        return sample(SENDING, bytes(millis(startMillis, endMillis), bytes), 1, true);
    }

    public static Sample sample(Sample.Context context, IntervalMetrics total, int streams, boolean omitted) {
        List<Sample.OfStream> parts = IntStream.rangeClosed(1, streams)
                .mapToObj(id -> new Sample.OfStream(stream(id, context.direction()), total))
                .toList();
        return new Sample(START.plusNanos(total.span().endNanos()), context, total, parts, omitted);
    }

    public static IntervalMetrics tcp(Span span, long retransmits, TcpMetrics figures) {
        return new IntervalMetrics(span, 1_000, retransmits, figures, null, null);
    }

    public static IntervalMetrics udp(Span span, long packets, Datagrams.@Nullable Reception reception) {
        return new IntervalMetrics(span, 1_000, null, null, new Datagrams(packets, reception), null);
    }
}
