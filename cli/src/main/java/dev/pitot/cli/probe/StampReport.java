package dev.pitot.cli.probe;

import dev.pitot.cli.address.HostPort;
import dev.pitot.model.result.ClockOffset;
import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.QueueingDirection;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.probe.stamp.ErrorEstimate;
import dev.pitot.probe.stamp.StampLoss;
import dev.pitot.probe.stamp.StampPlan;
import dev.pitot.probe.stamp.StampResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of `pitot stamp`.
///
/// @param reflector as it was given
/// @param plan that was carried out
record StampReport(HostPort reflector, StampPlan plan) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;

    String opening() {
        boolean isAuthenticated = plan.options().key() != null;
        return String.format(
                Locale.ROOT,
                "STAMP %s: %d packets, %s, every %.3f ms\n",
                reflector,
                plan.count(),
                isAuthenticated ? "112 bytes, authenticated" : "44 bytes",
                plan.interval().toNanos() / NANOS_PER_MILLI);
    }

    String text(StampResult result) {
        StampResult.Counts counts = result.counts();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "--- %s STAMP statistics ---", reflector));
        lines.add(String.format(
                Locale.ROOT,
                "%d sent, %d answered, %d lost (%s), %d out of order, %d duplicates",
                counts.sent(),
                counts.answered(),
                result.loss().total(),
                percent(result.loss().total(), counts.sent()),
                counts.reordered(),
                counts.duplicates()));
        lines.add(loss(result));
        if (counts.invalid() > 0) {
            lines.add(counts.invalid() + " datagrams were no valid answers");
        }
        if (result.roundTrips() != null) {
            lines.add("round trip " + roundTrips(result.roundTrips()));
        }
        lines.addAll(oneWay(result));
        lines.addAll(clocks(result.clocks()));
        return String.join("\n", lines) + "\n";
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "unknown" : String.format(Locale.ROOT, "%.2f%%", (double) part * PERCENT / whole);
    }

    private static String loss(StampResult result) {
        return switch (result.loss()) {
            case StampLoss.ByDirection(long forward, long reverse, long open) ->
                String.format(Locale.ROOT, "loss: %d on the way there, %d on the way back", forward, reverse)
                        + (open == 0
                                ? ""
                                : String.format(Locale.ROOT, ", %d after the last answer: direction unknown", open));
            case StampLoss.Unknown _
            when result.counts().answered() == 0 -> "loss per direction not known: no answer came";
            case StampLoss.Unknown _ ->
                "loss per direction not known: the reflector keeps no count of its own for this session";
        };
    }

    private static String roundTrips(RoundTripStatistics times) {
        Percentiles percentiles = times.percentiles();
        return "min " + millis(times.minMicros()) + middle(percentiles) + ", max " + millis(times.maxMicros())
                + String.format(Locale.ROOT, " ms (%d samples, without the reflector's own time)", times.samples());
    }

    private static String middle(Percentiles percentiles) {
        return one("p50", percentiles.p50()) + one("p95", percentiles.p95()) + one("p99", percentiles.p99());
    }

    private static String one(String name, @Nullable Double micros) {
        return micros == null ? "" : ", " + name + " " + millis(micros);
    }

    private List<String> oneWay(StampResult result) {
        return switch (result.oneWay()) {
            case OneWayDelay.Unknown(OneWayDelay.Reason reason) ->
                reason == OneWayDelay.Reason.NO_SAMPLES
                        ? List.of()
                        : List.of("one-way delay not known: a clock was set during the run, on this end or the other");
            case OneWayDelay.Measured measured ->
                List.of(
                        "one-way delay above its minimum, there: " + change(measured.forward()),
                        "one-way delay above its minimum, back:  " + change(measured.reverse()),
                        String.format(Locale.ROOT, "each ± %.3f ms; ", measured.boundNanos() / NANOS_PER_MILLI)
                                + queueing(measured.queueing()),
                        absolute(measured, clockError(result.clocks())));
        };
    }

    private static String change(DelayChange change) {
        String middle = middle(change.percentiles());
        return (middle.isEmpty() ? "" : middle.substring(2) + ", ") + "max " + millis(change.maxMicros()) + " ms";
    }

    private static String queueing(QueueingDirection direction) {
        return switch (direction) {
            case NONE -> "packets wait in neither direction";
            case FORWARD -> "packets wait on the way there";
            case REVERSE -> "packets wait on the way back";
            case BOTH -> "packets wait in both directions";
            case UNKNOWN -> "too few answers to say where packets wait";
        };
    }

    /// Returns the bound of the clocks' offset that both ends vouch for, in nanoseconds; null if one does
    /// not.
    private @Nullable Long clockError(StampResult.Clocks clocks) {
        Duration own = plan.options().clockError();
        ErrorEstimate other = clocks.reflector();
        if (own == null || other == null || !other.isSynchronized() || other.multiplier() == 0) {
            return null;
        }
        return own.toNanos() + Math.round(other.seconds() * NANOS_PER_SECOND);
    }

    private static String absolute(OneWayDelay.Measured measured, @Nullable Long clockError) {
        ClockOffset offset = measured.offset();
        ClockOffset narrow = clockError == null ? offset : offset.intersect(new ClockOffset(-clockError, clockError));
        if (narrow == null) {
            return "smallest one-way delay not known: the clocks are further apart than both ends say";
        }
        return String.format(
                Locale.ROOT,
                "smallest one-way delay: %.3f ms there, %.3f ms back, each ± %.3f ms (%s)",
                (offset.upperNanos() - narrow.nanos()) / NANOS_PER_MILLI,
                (narrow.nanos() - offset.lowerNanos()) / NANOS_PER_MILLI,
                narrow.boundNanos() / NANOS_PER_MILLI,
                clockError == null ? "half the round trip: the clocks are not synchronized" : "as both clocks say");
    }

    private static List<String> clocks(StampResult.Clocks clocks) {
        return clocks.step().isZero()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "this machine's time of day was set by %.3f s during the run; the measurement did not follow it",
                        clocks.step().toNanos() / NANOS_PER_SECOND));
    }

    private static String millis(double micros) {
        return String.format(Locale.ROOT, "%.3f", micros / MICROS_PER_MILLI);
    }
}
