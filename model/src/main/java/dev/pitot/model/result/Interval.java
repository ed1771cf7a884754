package dev.pitot.model.result;

import dev.pitot.model.time.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a test moved between two moments: totals then less totals before.
///
/// @param streams in the order of creation
/// @param sums one per direction: the client's sending direction first where there are both
/// @param omitted whether this is warm-up that no total includes
public record Interval(List<OfStream> streams, List<Sum> sums, boolean omitted) {
    /// Copies the lists.
    public Interval {
        streams = List.copyOf(streams);
        sums = List.copyOf(sums);
    }

    /// One stream's part.
    ///
    /// @param span measured, not nominal
    /// @param bytes moved by the local end
    /// @param tcp the kernel's view at the end of the span, `retransmits` within it; null on
    ///     receivers, and where it cannot be known
    /// @param datagrams of UDP within the span, else null
    public record OfStream(
            StreamInfo stream,
            Span span,
            long bytes,
            @Nullable TcpSample tcp,
            @Nullable Datagrams datagrams) {

        /// The stream's average rate over the span in bit/s; 0 for a span without length.
        public double bitsPerSecond() {
            return span.bitsPerSecond(bytes);
        }
    }

    /// All streams of one direction together.
    ///
    /// @param role what the local end does in this direction
    /// @param retransmits null on receivers, and where they cannot be known
    /// @param datagrams of UDP, else null
    public record Sum(
            StreamRole role,
            Span span,
            long bytes,
            @Nullable Long retransmits,
            @Nullable Datagrams datagrams) {

        /// The direction's average rate over the span in bit/s; 0 for a span without length.
        public double bitsPerSecond() {
            return span.bitsPerSecond(bytes);
        }
    }
}
