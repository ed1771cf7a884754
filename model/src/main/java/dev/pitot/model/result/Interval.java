package dev.pitot.model.result;

import dev.pitot.model.time.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Data transferred between two moments: the totals at its end minus those at its start.
///
/// @param streams in the order of creation
/// @param sums one per direction: the client's sending direction first if there are both
/// @param omitted whether this is warm-up, which no total includes
public record Interval(List<OfStream> streams, List<Sum> sums, boolean omitted) {
    /// Copies the lists.
    public Interval {
        streams = List.copyOf(streams);
        sums = List.copyOf(sums);
    }

    /// Results of one stream.
    ///
    /// @param span measured, not nominal
    /// @param bytes bytes sent or received by the local end
    /// @param tcp TCP_INFO values at the end of the span, with the `retransmits` within it; null on
    ///     receivers, and if unavailable
    /// @param datagrams UDP statistics within the span, otherwise null
    /// @param kernel all TCP_INFO values at the end of the span, of senders and receivers; null if
    ///     unavailable
    public record OfStream(
            StreamInfo stream,
            Span span,
            long bytes,
            @Nullable TcpSample tcp,
            @Nullable Datagrams datagrams,
            @Nullable KernelValues<TcpField> kernel) {

        /// The stream's average rate over the span in bit/s; 0 for an empty span.
        public double bitsPerSecond() {
            return span.bitsPerSecond(bytes);
        }
    }

    /// Sum over all streams of one direction.
    ///
    /// @param role role of the local end in this direction
    /// @param retransmits null on receivers, and if unavailable
    /// @param datagrams UDP statistics, otherwise null
    public record Sum(
            StreamRole role,
            Span span,
            long bytes,
            @Nullable Long retransmits,
            @Nullable Datagrams datagrams) {

        /// The direction's average rate over the span in bit/s; 0 for an empty span.
        public double bitsPerSecond() {
            return span.bitsPerSecond(bytes);
        }
    }
}
