package dev.pitot.wire.json;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.ServerOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results that one end sends to the other after a test.
///
/// @param cpu CPU usage of the reporting process
/// @param senderRetransmits whether the reporting end sends, and counts retransmits
/// @param congestion congestion control algorithm; null if unknown
/// @param serverOutput output of the server; null unless the client requested it
/// @param streams at most [#MAX_STREAMS] streams
/// @param evidence measurements that only another Pitot reads; null if there are none
public record TestResults(
        CpuUsage cpu,
        SenderRetransmits senderRetransmits,
        @Nullable String congestion,
        @Nullable ServerOutput serverOutput,
        List<OfStream> streams,
        @Nullable PeerEvidence evidence) {
    /// 128 streams in each direction of a bidirectional test (iperf.h: MAX_STREAMS).
    public static final int MAX_STREAMS = 256;

    /// @throws IllegalArgumentException if there are too many streams
    public TestResults {
        streams = List.copyOf(streams);
        if (streams.size() > MAX_STREAMS) {
            throw new IllegalArgumentException("streams > " + MAX_STREAMS + ": " + streams.size());
        }
    }

    /// Results without evidence: those of iperf.
    public TestResults(
            CpuUsage cpu,
            SenderRetransmits senderRetransmits,
            @Nullable String congestion,
            @Nullable ServerOutput serverOutput,
            List<OfStream> streams) {
        this(cpu, senderRetransmits, congestion, serverOutput, streams, null);
    }

    /// Returns these results with this evidence; null for none.
    public TestResults with(@Nullable PeerEvidence value) {
        return new TestResults(cpu, senderRetransmits, congestion, serverOutput, streams, value);
    }

    /// Totals of one stream, without the warm-up unless stated otherwise.
    ///
    /// @param id the stream's number on the wire: 1, 3, 4, 5 …
    /// @param bytes sent or received, 0 or more
    /// @param retransmits null on receivers, and if unavailable
    /// @param datagrams UDP totals; [Datagrams#NONE] for other protocols
    /// @param seconds duration of the measured part at that end; null from iperf before 3.2
    public record OfStream(
            int id,
            long bytes,
            @Nullable Long retransmits,
            Datagrams datagrams,
            @Nullable Double seconds) {

        /// A stream without datagrams.
        public static OfStream tcp(int id, long bytes, @Nullable Long retransmits, double seconds) {
            return new OfStream(id, bytes, retransmits, Datagrams.NONE, seconds);
        }

        /// A stream of datagrams, without retransmits.
        public static OfStream udp(int id, long bytes, Datagrams datagrams, double seconds) {
            return new OfStream(id, bytes, null, datagrams, seconds);
        }
    }

    /// Datagrams of one stream, including those of the warm-up.
    ///
    /// @param jitterSeconds 0 or more; 0 from senders
    /// @param errors lost datagrams; 0 from senders. iperf may report a negative number if
    ///     datagrams arrived late or twice
    /// @param packets datagrams sent, or the highest sequence number that arrived
    /// @param omitted share of the warm-up; null from iperf before 3.14
    public record Datagrams(
            double jitterSeconds,
            long errors,
            long packets,
            @Nullable OmittedCounts omitted) {
        /// Values reported for a TCP stream.
        public static final Datagrams NONE = new Datagrams(0, 0, 0, new OmittedCounts(0, 0));
    }

    /// Datagram counts of the warm-up.
    public record OmittedCounts(long errors, long packets) {}
}
