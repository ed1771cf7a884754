package dev.pitot.engine.stream;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Times of those writes of a sender that were timestamped, or of several senders together. Written by
/// the stream's thread; read it after that has ended ([StreamThreads#stop(dev.pitot.model.result.StreamRole)]).
///
/// The acknowledgement time is from the moment in which TCP gave the write's last byte to the queue of the
/// network interface until the peer's acknowledgement of that byte, as for the kernel's own round-trip
/// time: own queue, path, peer and the way back. The time in the socket's buffer before is no part of it.
/// Acknowledgements are cumulative, so after a loss it includes the retransmission; peers delay
/// acknowledgements by up to 40 ms if very little is sent.
///
/// The wait in the own queue is from there until the driver gave the packet to the network interface.
public final class WriteTimes {
    private final LatencyHistogram acknowledged = new LatencyHistogram();
    private final LatencyHistogram queued = new LatencyHistogram();
    private long requests;
    private long lost;
    private long refusals;

    /// Returns the times of all senders together.
    public static WriteTimes of(Collection<OpenStream> streams) {
        var sum = new WriteTimes();
        for (OpenStream open : streams) {
            WriteTimes times = open.stream().writeTimes();
            if (times != null) {
                sum.add(times);
            }
        }
        return sum;
    }

    private void add(WriteTimes other) {
        acknowledged.add(other.acknowledged);
        queued.add(other.queued);
        requests += other.requests;
        lost += other.lost;
        refusals += other.refusals;
    }

    /// Returns the acknowledgement times, or null if there are none.
    public @Nullable RoundTripStatistics acknowledged() {
        return acknowledged.statistics(LatencyMethod.WRITE_ACKNOWLEDGED);
    }

    /// Returns the waits in the own queue, or null if there are none: not every driver timestamps.
    public @Nullable RoundTripStatistics localQueue() {
        return queued.statistics(LatencyMethod.LOCAL_QUEUE);
    }

    /// Number of writes that were sent with a request for timestamps.
    public long requests() {
        return requests;
    }

    /// Number of requests whose acknowledgement time is missing although a later byte was
    /// acknowledged, or whose times cannot be true, as after a step of the system's clock.
    public long lost() {
        return lost;
    }

    /// Number of streams in which the kernel refused a request; they went on without timestamps.
    public long refusals() {
        return refusals;
    }

    void onRequest() {
        requests++;
    }

    void onLost(int count) {
        lost += count;
    }

    void onRefusal() {
        refusals++;
    }

    void onAcknowledged(long nanos) {
        acknowledged.record(nanos);
    }

    void onLeftQueue(long nanos) {
        queued.record(nanos);
    }

    void reset() {
        acknowledged.reset();
        queued.reset();
        requests = 0;
        lost = 0;
    }
}
