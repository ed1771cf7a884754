package dev.pitot.wire.json;

import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measurements of one end beyond iperf's results, which only another Pitot reads
/// ([dev.pitot.wire.control.ProtocolExtension#hasEvidence()]). What is unknown, out of range or
/// malformed is absent.
///
/// @param streams values of the reporting end's side of each stream; at most
///     [TestResults#MAX_STREAMS]
/// @param loaded round trips under load in the direction that the reporting end sends in, one per
///     method; empty if it does not send
/// @param losses timing of its losses; null if unknown
/// @param rates variation of its rate; null if unknown
/// @param drainedShare share of the readings at which its senders had nothing left to send, 0..1; null if
///     unknown
/// @param host counters of its host over the test; null if unknown
public record PeerEvidence(
        List<OfStream> streams,
        List<RoundTripStatistics> loaded,
        @Nullable LossTiming losses,
        @Nullable RateSpread rates,
        @Nullable Double drainedShare,
        @Nullable KernelValues<HostCounter> host) {
    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if there are too many streams
    public PeerEvidence {
        streams = List.copyOf(streams);
        loaded = List.copyOf(loaded);
        if (streams.size() > TestResults.MAX_STREAMS) {
            throw new IllegalArgumentException("streams > " + TestResults.MAX_STREAMS + ": " + streams.size());
        }
    }

    /// Values of one end of a stream.
    ///
    /// @param id the stream's number on the wire
    public record OfStream(int id, Evidence.EndOfStream end) {}
}
