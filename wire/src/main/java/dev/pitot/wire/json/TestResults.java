package dev.pitot.wire.json;

import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.ServerOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one end of a test tells the other when it is over.
///
/// @param cpu of the telling process
/// @param senderRetransmits whether the telling end sends, and counts what it sends again
/// @param congestion which congestion control it used; null where unknown
/// @param serverOutput its own output; null unless it is a server that was asked for it
/// @param streams at most [#MAX_STREAMS]
public record TestResults(
        Cpu cpu,
        SenderRetransmits senderRetransmits,
        @Nullable String congestion,
        @Nullable ServerOutput serverOutput,
        List<OfStream> streams) {
    /// Twice 128 streams in a bidirectional test (iperf.h: MAX_STREAMS).
    public static final int MAX_STREAMS = 256;

    /// @throws IllegalArgumentException if there are too many streams
    public TestResults {
        streams = List.copyOf(streams);
        if (streams.size() > MAX_STREAMS) {
            throw new IllegalArgumentException("streams > " + MAX_STREAMS + ": " + streams.size());
        }
    }

    /// What it counted of one stream, without the warm-up unless said otherwise.
    ///
    /// @param id the stream's number on the wire: 1, 3, 4, 5 …
    /// @param bytes sent or received, 0 or more
    /// @param retransmits null on receivers, and where they cannot be known
    /// @param datagrams of a stream without datagrams [Datagrams#NONE]
    /// @param seconds how long the counted part took at that end; null from an iperf before 3.2
    public record OfStream(
            int id,
            long bytes,
            @Nullable Long retransmits,
            Datagrams datagrams,
            @Nullable Double seconds) {

        /// A stream that has bytes but no datagrams.
        public static OfStream tcp(int id, long bytes, @Nullable Long retransmits, double seconds) {
            return new OfStream(id, bytes, retransmits, Datagrams.NONE, seconds);
        }

        /// A stream of datagrams, which nobody sends again.
        public static OfStream udp(int id, long bytes, Datagrams datagrams, double seconds) {
            return new OfStream(id, bytes, null, datagrams, seconds);
        }
    }

    /// Datagrams of one stream, including those of the warm-up.
    ///
    /// @param jitterSeconds 0 or more; 0 from senders
    /// @param errors lost ones; 0 from senders. An iperf may tell of fewer than none, where
    ///     datagrams came late or twice
    /// @param packets sent, or the highest sequence number that arrived
    /// @param omitted how many of them belong to the warm-up; null from an iperf before 3.14
    public record Datagrams(
            double jitterSeconds,
            long errors,
            long packets,
            @Nullable Omitted omitted) {
        /// As told of a TCP stream.
        public static final Datagrams NONE = new Datagrams(0, 0, 0, new Omitted(0, 0));
    }

    /// Datagrams of the warm-up.
    public record Omitted(long errors, long packets) {}
}
