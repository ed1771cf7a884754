package dev.pitot.lab.results;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.RoundTrips;
import dev.pitot.lab.parse.SummedRows;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A test in two rows: what was sent and what was received, all streams together. A row is the
/// sum that the program reports, or its only stream, or else its streams added.
///
/// An end's count is taken from that end's own output. Where that has none, the other end's
/// output is asked, which in iperf3 and Pitot has both.
///
/// @param sender null if it was not measured
/// @param receiver null if it was not measured
public record Totals(@Nullable Row sender, @Nullable Row receiver) {
    /// Of what was measured in a test.
    public static Totals of(RunResult.Measurements measurements) {
        return new Totals(
                orElse(own(measurements.sender(), true), reported(measurements.receiver(), true)),
                orElse(own(measurements.receiver(), false), reported(measurements.sender(), false)));
    }

    /// Received; null if it was not measured.
    public @Nullable RoundedValue receivedBitsPerSecond() {
        return receiver == null ? null : receiver.amounts().bitsPerSecond();
    }

    /// Of datagrams, as the receiver knows it; null if it was not measured, or nothing was
    /// expected.
    public @Nullable Double lossPercent() {
        Row row = orElse(withLoss(receiver), withLoss(sender));
        Long lost = row == null ? null : row.details().lost();
        Long datagrams = row == null ? null : row.details().datagrams();
        return lost == null || datagrams == null ? null : 100.0 * lost / datagrams;
    }

    /// As the receiver knows it; null if it was not measured.
    public @Nullable Double jitterMillis() {
        Double ofReceiver = receiver == null ? null : receiver.details().jitterMillis();
        return orElse(ofReceiver, sender == null ? null : sender.details().jitterMillis());
    }

    /// Of the sender's TCP; null if it was not measured.
    public @Nullable Long retransmits() {
        return sender == null ? null : sender.details().retransmits();
    }

    /// Round trips idle and while this direction was loaded, as the sender knows them, or else the
    /// receiver; null if they were not measured.
    public @Nullable RoundTrips roundTrips() {
        RoundTrips ofSender = sender == null ? null : sender.details().roundTrips();
        return orElse(ofSender, receiver == null ? null : receiver.details().roundTrips());
    }

    /// 95th percentile of the round trips under load; null if it was not measured.
    public @Nullable Double loadedRttP95Millis() {
        RoundTrips all = roundTrips();
        return all == null ? null : all.loadedP95Millis();
    }

    private static @Nullable Row withLoss(@Nullable Row row) {
        if (row == null || row.details().lost() == null) {
            return null;
        }
        Long datagrams = row.details().datagrams();
        return datagrams != null && datagrams > 0 ? row : null;
    }

    /// From an end's own output: what it counted itself, or reports only as a
    /// total.
    private static @Nullable Row own(List<Row> rows, boolean isSender) {
        return orElse(reported(rows, isSender, true), chosen(of(rows, null)));
    }

    /// The row that the other end's output marks as that end's.
    private static @Nullable Row reported(List<Row> rows, boolean isSender) {
        return reported(rows, isSender, false);
    }

    /// A test both ways has two senders and two receivers: each end's own count belongs to one
    /// way, what the peer reported to it to the other.
    private static @Nullable Row reported(List<Row> rows, boolean isSender, boolean isOwn) {
        List<Row> ofEnd = of(rows, isSender);
        List<Row> fitting =
                ofEnd.stream().filter(row -> row.series().isOwn() == isOwn).toList();
        return chosen(fitting.isEmpty() ? ofEnd : fitting);
    }

    private static List<Row> of(List<Row> rows, @Nullable Boolean isSender) {
        return rows.stream()
                .filter(row -> row.kind() == Kind.TOTAL)
                .filter(row -> Objects.equals(row.series().isSender(), isSender))
                .toList();
    }

    private static @Nullable Row chosen(List<Row> totals) {
        List<Row> sums =
                totals.stream().filter(row -> row.series().stream() == null).toList();
        if (!sums.isEmpty()) {
            return sums.getLast();
        }
        return totals.size() > 1 ? SummedRows.of(totals) : totals.isEmpty() ? null : totals.getFirst();
    }

    private static <T> @Nullable T orElse(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }
}
