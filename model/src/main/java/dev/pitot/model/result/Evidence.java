package dev.pitot.model.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measurements of a test beyond iperf's totals, of which findings are made.
///
/// @param latency round trips, idle and under load
/// @param streams one per stream, in the order of creation
/// @param directions one per direction, in the order of an interval's sums
/// @param hosts counters of both ends' hosts over the test
public record Evidence(Latency latency, List<OfStream> streams, List<OfDirection> directions, Hosts hosts) {
    /// Copies the lists.
    public Evidence {
        streams = List.copyOf(streams);
        directions = List.copyOf(directions);
    }

    /// Evidence of one stream from both ends.
    ///
    /// @param sender of the sending end; null if unknown
    /// @param receiver of the receiving end; null if unknown
    public record OfStream(
            StreamInfo stream,
            @Nullable EndOfStream sender,
            @Nullable EndOfStream receiver) {}

    /// Evidence of one end of a stream.
    ///
    /// @param tcp the kernel's values: counters over the measured part, states at its end, but of
    ///     [TcpField#SND_WND] the largest value: a receiver that does not read closes its window; empty for UDP
    ///     and where they are unavailable
    /// @param thread processor time of the stream's thread; null if unknown
    /// @param socketDrops datagrams that the kernel dropped because the socket's receive buffer was full;
    ///     null if unknown and for TCP
    public record EndOfStream(
            KernelValues<TcpField> tcp,
            @Nullable ThreadTimes thread,
            @Nullable Long socketDrops) {}

    /// Processor time of a thread (Linux: /proc/PID/task/TID/schedstat).
    ///
    /// @param runningNanos time on a processor
    /// @param waitingNanos time that it was ready to run and waited for a processor
    /// @param elapsedNanos length of the time in question
    public record ThreadTimes(long runningNanos, long waitingNanos, long elapsedNanos) {
        /// Returns the time since an earlier reading.
        public ThreadTimes since(ThreadTimes before) {
            return new ThreadTimes(
                    runningNanos - before.runningNanos,
                    waitingNanos - before.waitingNanos,
                    elapsedNanos - before.elapsedNanos);
        }
    }

    /// Evidence of one direction, as its sending end saw it.
    ///
    /// @param role role of the local end in this direction
    /// @param losses when losses happened; null if unknown, and for UDP
    /// @param rates how the rate varied; null if unknown
    /// @param drainedShare share of the readings, 0..1, at which a sender had data on its way and none left to
    ///     send, although both windows had room: it waited for room in its buffer, or for its program; null
    ///     if unknown, and for UDP
    public record OfDirection(
            StreamRole role,
            @Nullable LossTiming losses,
            @Nullable RateSpread rates,
            @Nullable Double drainedShare) {}

    /// Counters of the hosts.
    ///
    /// @param local differences over the test at this end; null if unknown
    /// @param remote differences over the test at the other end; null if unknown
    public record Hosts(
            @Nullable KernelValues<HostCounter> local,
            @Nullable KernelValues<HostCounter> remote) {}
}
