package dev.pitot.model.sample;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.time.Instant;
import java.util.List;

/// One direction of a test over one report interval.
///
/// @param time when the interval ended, by the wall clock at the start of the test and the
///     monotonic clock since: it never jumps within a test
/// @param context what was measured
/// @param total all streams of the direction together
/// @param streams each of them, in the order of creation
/// @param omitted whether this is warm-up, which no total includes
public record Sample(Instant time, Context context, Figures total, List<OfStream> streams, boolean omitted) {
    /// Copies the streams.
    public Sample {
        streams = List.copyOf(streams);
    }

    /// What was measured.
    ///
    /// @param role which end of the test this is
    /// @param direction what this end does
    /// @param protocol what carries the data
    public record Context(TestRole role, StreamRole direction, Protocol protocol) {}

    /// One stream's part.
    public record OfStream(StreamInfo stream, Figures figures) {}
}
