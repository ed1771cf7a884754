package dev.pitot.output.json;

import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.QueueingDirection;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TargetReport;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects `udp_echo` and `tcp_probe` in `end.pitot.latency`: losses and one-way delays of what a client
/// sent beside the load, in microseconds. A value that is unknown has no key.
final class EchoJson {
    private static final double NANOS_PER_MICRO = 1000;

    private final CjsonWriter out;
    private final Consumer<RoundTripStatistics> statistics;

    /// @param statistics writes an object
    EchoJson(CjsonWriter out, Consumer<RoundTripStatistics> statistics) {
        this.out = out;
        this.statistics = statistics;
    }

    void write(EchoReport report) {
        out.name("udp_echo").beginObject();
        switch (report) {
            case EchoReport.Unavailable(String reason) -> out.member("not_measurable", reason);
            case EchoReport.Measured measured -> writeMeasured(measured);
        }
        out.endObject();
    }

    private void writeMeasured(EchoReport.Measured measured) {
        writeCount("idle", "sent", "lost", measured.idle());
        writeCount("loaded", "sent", "lost", measured.loaded());
        writeCount("after", "sent", "lost", measured.after());
        if (measured.afterLoad() != null) {
            out.name("after_load");
            statistics.accept(measured.afterLoad());
        }
        if (measured.drainMicros() != null) {
            out.member("drain_us", (double) measured.drainMicros());
        }
        out.name("one_way").beginObject();
        switch (measured.oneWay()) {
            case OneWayDelay.Unknown(var reason) ->
                out.member("not_measurable", reason.name().toLowerCase(Locale.ROOT));
            case OneWayDelay.Measured delay -> writeOneWay(delay);
        }
        out.endObject();
    }

    private void writeOneWay(OneWayDelay.Measured delay) {
        writeChange("client_to_server", delay.forward());
        writeChange("server_to_client", delay.reverse());
        out.member("bound_us", delay.boundNanos() / NANOS_PER_MICRO)
                .member("skew_ppm", delay.skewPpm())
                .member("queueing", queueing(delay.queueing()));
    }

    private static String queueing(QueueingDirection direction) {
        return switch (direction) {
            case NONE -> "none";
            case FORWARD -> "client_to_server";
            case REVERSE -> "server_to_client";
            case BOTH -> "both";
            case UNKNOWN -> "unknown";
        };
    }

    private void writeChange(String name, DelayChange change) {
        out.name(name).beginObject();
        writeIfKnown("p50_us", change.percentiles().p50());
        writeIfKnown("p95_us", change.percentiles().p95());
        writeIfKnown("p99_us", change.percentiles().p99());
        out.member("max_us", change.maxMicros()).endObject();
    }

    private void writeIfKnown(String name, @Nullable Double value) {
        if (value != null) {
            out.member(name, (double) value);
        }
    }

    void write(TargetReport report) {
        out.name("tcp_probe")
                .beginObject()
                .member("host", report.target().host())
                .member("port", report.target().port());
        if (report.failure() != null) {
            out.member("not_measurable", report.failure());
        }
        writeCount("idle", "tried", "failed", report.idle());
        writeCount("loaded", "tried", "failed", report.loaded());
        out.endObject();
    }

    private void writeCount(String name, String all, String lost, EchoReport.Count count) {
        out.name(name)
                .beginObject()
                .member(all, count.sent())
                .member(lost, count.lost())
                .endObject();
    }
}
