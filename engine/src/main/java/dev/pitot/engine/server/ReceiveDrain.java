package dev.pitot.engine.server;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Drain;
import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.session.TransferLimit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import java.util.concurrent.TimeUnit;

/// Wait for data that a byte-stream client has sent and this end has not received yet when the end of the
/// test is signalled, which happens on another connection and may overtake data.
record ReceiveDrain(Measurement measurement, long wantedBytes) implements Drain.Progress {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// Time without a new byte after which the rest is given up, and the total limit: data that still trickles in
    /// after it was not in flight.
    private static final Drain.Limits FOR_COUNT = limits(300, 2_000);

    /// For a client that ends its streams: their end is sure to come unless the connection breaks, and a slow disk
    /// or a machine without a free processor may be late to read it.
    private static final Drain.Limits FOR_END = limits(10_000, 10_000);

    /// @param endsStreams whether the client ends its streams before it signals the end of the test, and this end
    ///     keeps what they bring
    static AwaitedCondition of(Measurement measurement, TestConfig config, boolean endsStreams, long nowNanos) {
        boolean isOfBytes = !config.protocol().isDatagram(); // a client reports datagrams itself
        // The ends finish the warm-up by their own clocks: with one, this end does not know how much is
        // to come.
        Long limit = config.omit().isZero() ? TransferLimit.limitBytes(config) : null;
        if (!isOfBytes || !config.hasClientSenders() || (limit == null && !endsStreams)) {
            return AwaitedCondition.MET;
        }
        long wanted = limit == null || endsStreams ? Long.MAX_VALUE : limit;
        return new Drain(new ReceiveDrain(measurement, wanted), endsStreams ? FOR_END : FOR_COUNT, nowNanos);
    }

    private static Drain.Limits limits(long silenceMillis, long maxMillis) {
        return new Drain.Limits(
                TimeUnit.MILLISECONDS.toNanos(silenceMillis),
                TimeUnit.MILLISECONDS.toNanos(maxMillis),
                STEP_NANOS,
                Long.MAX_VALUE,
                0);
    }

    @Override
    public long position() {
        return measurement.countedBytes(StreamRole.RECEIVER);
    }

    @Override
    public boolean isComplete(long position) {
        return position >= wantedBytes || measurement.hasEnded(StreamRole.RECEIVER);
    }
}
