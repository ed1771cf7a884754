package dev.pitot.model.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A test's totals, from both ends as far as this end knows them.
///
/// @param streams in the order of creation
/// @param directions one per direction, in the order of an interval's sums
/// @param localCpu this process
/// @param remoteCpu the other end's process, or null before it has told
/// @param congestion control algorithms in use
public record Summary(
        List<OfStream> streams,
        List<OfDirection> directions,
        Cpu localCpu,
        @Nullable Cpu remoteCpu,
        Congestion congestion) {
    /// Copies the lists.
    public Summary {
        streams = List.copyOf(streams);
        directions = List.copyOf(directions);
    }

    /// One stream as both ends counted it. Once both have told of UDP, the datagrams of
    /// `received` count among the lost those at the very end too, which only the sender knows of.
    ///
    /// @param sent by the sending end, or null before it has told
    /// @param received by the receiving end, or null before it has told
    /// @param tcp what the local kernel saw, on senders only and where it can be known
    /// @param file what the stream read or wrote; null for generated data
    public record OfStream(
            StreamInfo stream,
            @Nullable Total sent,
            @Nullable Total received,
            @Nullable TcpExtremes tcp,
            @Nullable FileCopy file) {}

    /// All streams of one direction. A total is null where one of its streams' is.
    ///
    /// @param role what the local end does in this direction
    public record OfDirection(
            StreamRole role, @Nullable Total sent, @Nullable Total received) {
        private static final double PERCENT = 100;

        /// Lost datagrams in percent of all, 0..100, 0 where there are none; null where the loss is
        /// unknown, and without UDP. All are what the sender counted, or what the receiver knows of
        /// where the sender has not reported.
        public @Nullable Double lostPercent() {
            Datagrams arrived = datagrams(received);
            Datagrams.Reception reception = arrived == null ? null : arrived.reception();
            Long lost = reception == null ? null : reception.lost();
            if (arrived == null || lost == null) {
                return null;
            }
            Datagrams left = datagrams(sent);
            long all = left == null || left.packets() == 0 ? arrived.packets() : left.packets();
            // the other end may say anything
            return all > 0 ? Math.clamp(PERCENT * lost / all, 0, PERCENT) : 0.0;
        }

        private static @Nullable Datagrams datagrams(@Nullable Total total) {
            return total == null ? null : total.datagrams();
        }
    }

    /// Which congestion control each end uses; null where unknown.
    public record Congestion(
            @Nullable String sender, @Nullable String receiver) {}

    /// Extremes over the samples that were taken at interval ends.
    ///
    /// @param maxCongestionBytes of the congestion window
    /// @param maxPeerBytes of the window that the receiver offered
    /// @param roundTrip smoothed round-trip times
    /// @param reorderSeen reordering events at the end of the test
    public record TcpExtremes(long maxCongestionBytes, long maxPeerBytes, RoundTrips roundTrip, long reorderSeen) {}

    /// Extremes of the smoothed round-trip time.
    ///
    /// @param minMicros smallest sample above 0; 0 if there was none
    /// @param meanMicros over all samples
    public record RoundTrips(long maxMicros, long minMicros, long meanMicros) {}
}
