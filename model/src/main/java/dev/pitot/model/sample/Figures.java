package dev.pitot.model.sample;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.time.Span;
import org.jspecify.annotations.Nullable;

/// What was moved within an interval, and what else is known of it.
///
/// @param span measured, not nominal; since the test began, or after a warm-up its counted part
/// @param bytes moved by the local end
/// @param retransmits segments sent again; null on receivers and where it cannot be known
/// @param tcp what the kernel saw; null on receivers, without TCP, and where it cannot be known
/// @param datagrams of UDP, else null. What only a receiver knows is absent on a sender
public record Figures(
        Span span,
        long bytes,
        @Nullable Long retransmits,
        @Nullable TcpFigures tcp,
        @Nullable Datagrams datagrams) {

    /// The rate over the span.
    public double bitsPerSecond() {
        return span.bitsPerSecond(bytes);
    }
}
