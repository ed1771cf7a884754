package dev.pitot.model.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Totals of a test, from both ends if this end knows them.
///
/// @param streams in the order of creation
/// @param directions one per direction, in the order of an interval's sums
/// @param localCpu CPU time of this process
/// @param remoteCpu CPU time of the other end's process, or null until it has reported
/// @param congestion control algorithms in use
/// @param evidence measurements beyond iperf's totals; null if there are none
public record Summary(
        List<OfStream> streams,
        List<OfDirection> directions,
        CpuUsage localCpu,
        @Nullable CpuUsage remoteCpu,
        Congestion congestion,
        @Nullable Evidence evidence) {
    /// Copies the lists.
    public Summary {
        streams = List.copyOf(streams);
        directions = List.copyOf(directions);
    }

    /// Totals of one stream, as counted by both ends. Once both have reported UDP totals, the lost
    /// datagrams of `received` include those at the very end, which only the sender knows of.
    ///
    /// @param sent totals of the sending end, or null until it has reported
    /// @param received totals of the receiving end, or null until it has reported
    /// @param tcp extremes of the local kernel's values; senders only, and only if available
    /// @param file file that the stream read or wrote; null for generated data
    public record OfStream(
            StreamInfo stream,
            @Nullable Total sent,
            @Nullable Total received,
            @Nullable TcpExtremes tcp,
            @Nullable FileCopy file) {}

    /// Totals over all streams of one direction. A total is null if that of any stream is.
    ///
    /// @param role role of the local end in this direction
    public record OfDirection(
            StreamRole role, @Nullable Total sent, @Nullable Total received) {
        private static final double PERCENT = 100;

        /// Lost datagrams in percent of all, 0..100, 0 if there are none; null if the loss is
        /// unknown, and without UDP. The base is the number that the sender counted, or that the
        /// receiver knows of if the sender has not reported.
        public @Nullable Double lostPercent() {
            Datagrams arrived = datagrams(received);
            Datagrams.Reception reception = arrived == null ? null : arrived.reception();
            Long lost = reception == null ? null : reception.lost();
            if (arrived == null || lost == null) {
                return null;
            }
            Datagrams left = datagrams(sent);
            long all = left == null || left.packets() == 0 ? arrived.packets() : left.packets();
            // the values of the peer are unchecked
            return all > 0 ? Math.clamp(PERCENT * lost / all, 0, PERCENT) : 0.0;
        }

        private static @Nullable Datagrams datagrams(@Nullable Total total) {
            return total == null ? null : total.datagrams();
        }
    }

    /// Congestion control algorithm of each end; null if unknown.
    public record Congestion(
            @Nullable String sender, @Nullable String receiver) {}

    /// Extremes over the samples taken at interval ends.
    ///
    /// @param maxCongestionBytes largest congestion window
    /// @param maxPeerBytes largest window advertised by the receiver
    /// @param roundTrip smoothed round-trip times
    /// @param reorderSeen reordering events at the end of the test
    public record TcpExtremes(long maxCongestionBytes, long maxPeerBytes, RoundTrips roundTrip, long reorderSeen) {}

    /// Extremes of the smoothed round-trip time.
    ///
    /// @param minMicros smallest sample above 0; 0 if there is none
    /// @param meanMicros mean over all samples
    public record RoundTrips(long maxMicros, long minMicros, long meanMicros) {}
}
