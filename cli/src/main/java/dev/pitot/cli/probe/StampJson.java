package dev.pitot.cli.probe;

import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.probe.stamp.ErrorEstimate;
import dev.pitot.probe.stamp.StampLoss;
import dev.pitot.probe.stamp.StampPlan;
import dev.pitot.probe.stamp.StampResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The JSON of `pitot stamp`. What is not known is null, or not there at all if it belongs to an object that
/// is null.
final class StampJson {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MILLIS_PER_SECOND = 1e3;

    private StampJson() {}

    static JsonObjectWriter of(Object reflector, StampPlan plan, StampResult result) {
        StampResult.Counts counts = result.counts();
        return new JsonObjectWriter()
                .put("command", "stamp")
                .put("reflector", reflector)
                .put("authenticated", plan.options().key() != null)
                .put("format", plan.options().format().name().toLowerCase(Locale.ROOT))
                .put("interval_ms", plan.interval().toNanos() / NANOS_PER_MILLI)
                .put("sent", counts.sent())
                .put("answered", counts.answered())
                .put("lost", loss(result.loss()))
                .put("duplicates", counts.duplicates())
                .put("out_of_order", counts.reordered())
                .put("invalid", counts.invalid())
                .put("rtt_ms", roundTrips(result.roundTrips()))
                .put("one_way", oneWay(result.oneWay()))
                .put("reflector_clock", clock(result.clocks().reflector()))
                .put("clock_step_ms", result.clocks().step().toNanos() / NANOS_PER_MILLI)
                .put(
                        "ttl",
                        result.clocks().ttl() == 0
                                ? null
                                : (Integer) result.clocks().ttl());
    }

    private static JsonObjectWriter loss(StampLoss loss) {
        JsonObjectWriter lost = new JsonObjectWriter().put("total", loss.total());
        return switch (loss) {
            case StampLoss.Unknown _ ->
                lost.put("forward", null).put("reverse", null).put("open", null);
            case StampLoss.ByDirection(long forward, long reverse, long open) ->
                lost.put("forward", forward).put("reverse", reverse).put("open", open);
        };
    }

    private static @Nullable JsonObjectWriter roundTrips(@Nullable RoundTripStatistics times) {
        return times == null
                ? null
                : with(
                        new JsonObjectWriter()
                                .put("samples", times.samples())
                                .put("min", times.minMicros() / MICROS_PER_MILLI),
                        times.percentiles(),
                        times.maxMicros());
    }

    private static JsonObjectWriter change(DelayChange change) {
        return with(
                new JsonObjectWriter().put("samples", (long) change.samples()),
                change.percentiles(),
                change.maxMicros());
    }

    private static JsonObjectWriter with(JsonObjectWriter object, Percentiles percentiles, double maxMicros) {
        return object.put("p50", millis(percentiles.p50()))
                .put("p95", millis(percentiles.p95()))
                .put("p99", millis(percentiles.p99()))
                .put("max", maxMicros / MICROS_PER_MILLI);
    }

    private static @Nullable Double millis(@Nullable Double micros) {
        return micros == null ? null : (Double) (micros / MICROS_PER_MILLI);
    }

    private static JsonObjectWriter oneWay(OneWayDelay delay) {
        return switch (delay) {
            case OneWayDelay.Unknown(OneWayDelay.Reason reason) ->
                new JsonObjectWriter().put("unknown", reason.name().toLowerCase(Locale.ROOT));
            case OneWayDelay.Measured measured ->
                new JsonObjectWriter()
                        .put("forward_change_ms", change(measured.forward()))
                        .put("reverse_change_ms", change(measured.reverse()))
                        .put("change_bound_ms", measured.boundNanos() / NANOS_PER_MILLI)
                        .put("queueing", measured.queueing().name().toLowerCase(Locale.ROOT))
                        .put("clock_offset_ms", measured.offset().nanos() / NANOS_PER_MILLI)
                        .put("clock_offset_bound_ms", measured.offset().boundNanos() / NANOS_PER_MILLI)
                        .put("clock_skew_ppm", measured.skewPpm());
        };
    }

    private static @Nullable JsonObjectWriter clock(@Nullable ErrorEstimate estimate) {
        return estimate == null
                ? null
                : new JsonObjectWriter()
                        .put("synchronized", estimate.isSynchronized())
                        .put(
                                "error_ms",
                                estimate.multiplier() == 0 ? null : (Double) (estimate.seconds() * MILLIS_PER_SECOND));
    }
}
