package dev.pitot.model.sample;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.time.Instant;
import java.util.List;

/// One direction of a test over one report interval.
///
/// @param time end of the interval: wall clock at the start of the test plus monotonic time, so
///     that it never jumps within a test
/// @param context role, direction and protocol
/// @param total sum over all streams of the direction
/// @param streams values of each stream, in the order of creation
/// @param omitted whether this is warm-up, which no total includes
public record Sample(Instant time, Context context, IntervalMetrics total, List<OfStream> streams, boolean omitted) {
    /// Copies the streams.
    public Sample {
        streams = List.copyOf(streams);
    }

    /// Role, direction and protocol of a sample.
    ///
    /// @param role role of this end in the test
    /// @param direction role of this end in this direction
    /// @param protocol transport protocol of the data streams
    public record Context(TestRole role, StreamRole direction, Protocol protocol) {}

    /// Values of one stream.
    public record OfStream(StreamInfo stream, IntervalMetrics metrics) {}
}
