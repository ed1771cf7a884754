package dev.pitot.engine.server;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Drain;
import dev.pitot.engine.session.LimitWatch;
import dev.pitot.engine.session.Measurement;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import java.util.concurrent.TimeUnit;

/// The wait for what a client of so many bytes has sent and this end has not received yet when the end of the
/// test is told: that comes on another connection and may overtake data.
record ReceiveDrain(Measurement measurement, long wantedBytes) implements Drain.Progress {
    /// Without a new byte for so long the rest is not coming.
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /// Whatever still trickles in after that is not what was in flight.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    static AwaitedCondition of(Measurement measurement, TestConfig config, long nowNanos) {
        Long wanted = LimitWatch.limitBytes(config);
        boolean isOfBytes = !config.protocol().isDatagram(); // a client's results tell how many datagrams there were
        // Both ends end the warm-up by their own clocks: with one, this end does not know how much is to come.
        boolean hasWarmUp = !config.omit().isZero();
        if (wanted == null || !isOfBytes || !config.hasClientSenders() || hasWarmUp) {
            return AwaitedCondition.MET;
        }
        var limits = new Drain.Limits(SILENCE_NANOS, MAX_NANOS, STEP_NANOS, Long.MAX_VALUE, 0);
        return new Drain(new ReceiveDrain(measurement, wanted), limits, nowNanos);
    }

    @Override
    public long position() {
        return measurement.countedBytes(StreamRole.RECEIVER);
    }

    @Override
    public boolean isComplete(long position) {
        return position >= wantedBytes;
    }
}
