package dev.pitot.model.sample;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.time.Span;
import org.jspecify.annotations.Nullable;

/// Results of one interval.
///
/// @param span measured, not nominal; since the start of the test, or of its measured part after a
///     warm-up
/// @param bytes bytes sent or received by the local end
/// @param retransmits retransmitted segments; null on receivers and if unavailable
/// @param tcp iperf's TCP_INFO values; null on receivers, without TCP, and if unavailable
/// @param datagrams UDP statistics, otherwise null. Receiver statistics are absent on a sender
/// @param kernel all TCP_INFO values, of senders and receivers: counters within the interval (the first one
///     since the connection began), states at its end; over several streams combined as
///     [TcpField.Kind] says. Null without TCP, and if unavailable
public record IntervalMetrics(
        Span span,
        long bytes,
        @Nullable Long retransmits,
        @Nullable TcpMetrics tcp,
        @Nullable Datagrams datagrams,
        @Nullable KernelValues<TcpField> kernel) {

    /// The average rate over the span in bit/s.
    public double bitsPerSecond() {
        return span.bitsPerSecond(bytes);
    }
}
