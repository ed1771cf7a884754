package dev.pitot.model.result;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Result of a run: what was measured, and how it ended. Data measured before a failure is in the
/// report.
///
/// The convenience methods return values of the leading direction: the only one, or in a
/// bidirectional test the one in which the client sends. The other is in the report's summary.
///
/// @param cause what was thrown where the test broke, with its own causes: the exception beneath an
///     [Ending.Failed], or of a connection that broke beneath an [Ending.PeerGone]; null where the
///     ending says it all
public record Outcome(
        TestReport report, Ending ending, @Nullable Throwable cause) {
    /// @throws NullPointerException if the report or the ending is null
    public Outcome {
        Objects.requireNonNull(report, "report is null");
        Objects.requireNonNull(ending, "ending is null");
    }

    /// An outcome without an exception beneath it.
    public Outcome(TestReport report, Ending ending) {
        this(report, ending, null);
    }

    /// Totals counted by the sending end; null if no data was transferred, or the other end was the
    /// sender and did not report.
    public @Nullable Total sent() {
        Summary.OfDirection direction = direction();
        return direction == null ? null : direction.sent();
    }

    /// Totals counted by the receiving end; null if no data was transferred, or the other end was
    /// the receiver and did not report, for example because the test broke off.
    public @Nullable Total received() {
        Summary.OfDirection direction = direction();
        return direction == null ? null : direction.received();
    }

    /// Receive rate in bit/s: [#received()] divided by its time. Empty, not 0, if unknown, even if
    /// [#sent()] is known: sent data may not have arrived.
    public OptionalDouble bitsPerSecond() {
        Total received = received();
        return received == null ? OptionalDouble.empty() : OptionalDouble.of(received.bitsPerSecond());
    }

    /// Lost datagrams in percent of all, 0..100, as [Summary.OfDirection#lostPercent()]; empty if
    /// unknown, and without UDP.
    public OptionalDouble lostPercent() {
        Summary.OfDirection direction = direction();
        Double percent = direction == null ? null : direction.lostPercent();
        return percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent);
    }

    /// Returns this outcome if the test completed.
    ///
    /// @throws TestFailedException if it ended in any other way, including [Ending.Cancelled]; the
    ///     exception carries this outcome
    public Outcome throwIfFailed() {
        if (!ending.isCompleted()) {
            throw new TestFailedException(this);
        }
        return this;
    }

    private Summary.@Nullable OfDirection direction() {
        Summary summary = report.summary();
        List<Summary.OfDirection> directions = summary == null ? List.of() : summary.directions();
        return directions.isEmpty() ? null : directions.getFirst();
    }
}
