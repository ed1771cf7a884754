package dev.pitot.cli.message;

import dev.pitot.message.probe.PingResult;
import dev.pitot.message.probe.ProbeProgress;
import dev.pitot.output.json.JsonObjectWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The output of `pitot message ping`.
///
/// @param request what was asked for
record PingReport(MessageRequest.Pings request) {
    String opening() {
        return String.format(
                Locale.ROOT,
                "PING %s: %d bytes, %s, every %s ms\n",
                request.server(),
                request.plan().bytes(),
                MessageArguments.name(request.plan().channel()),
                NumberFormats.millis(request.plan().interval()));
    }

    String line(ProbeProgress second) {
        Duration roundTrip = second.roundTrip();
        return String.format(
                Locale.ROOT,
                "%s  %d sent, %d answered%s\n",
                NumberFormats.interval(second),
                second.sent(),
                second.answered(),
                roundTrip == null ? "" : ", RTT " + NumberFormats.millis(roundTrip) + " ms");
    }

    String text(PingResult result) {
        PingResult.Counts counts = result.counts();
        String pending = counts.pending() == 0 ? "" : ", " + counts.pending() + " not answered yet";
        String summary = String.format(
                Locale.ROOT,
                "--- %s ping statistics ---\n%d sent, %d answered, %d lost (%s)%s, %d out of order, %d duplicates\n",
                request.server(),
                counts.sent(),
                counts.answered(),
                counts.lost(),
                NumberFormats.percent(counts.lossShare()),
                pending,
                counts.outOfOrder(),
                counts.duplicates());
        return summary + times(result.roundTrips());
    }

    private static String times(PingResult.@Nullable RoundTrips times) {
        if (times == null) {
            return "";
        }
        return Stream.of(times.min(), times.p50(), times.p90(), times.p99(), times.p999(), times.max())
                .map(NumberFormats::millis)
                .collect(Collectors.joining("/", "round trip min/p50/p90/p99/p99.9/max = ", " ms\n"));
    }

    JsonObjectWriter json(PingResult result) {
        PingResult.Counts counts = result.counts();
        return new JsonObjectWriter()
                .put("command", "ping")
                .put("server", request.server())
                .put("protocol", request.protocol().mode().name().toLowerCase(Locale.ROOT))
                .put("channel", MessageArguments.name(request.plan().channel()))
                .put("message_bytes", request.plan().bytes())
                .put("interval_ms", NumberFormats.milliseconds(request.plan().interval()))
                .put("seconds", NumberFormats.seconds(result.length()))
                .put("sent", counts.sent())
                .put("answered", counts.answered())
                .put("lost", counts.lost())
                .put("pending", counts.pending())
                .put("loss_percent", NumberFormats.percentage(counts.lossShare()))
                .put("out_of_order", counts.outOfOrder())
                .put("duplicates", counts.duplicates())
                .put("rtt_ms", json(result.roundTrips()))
                .put("broken_off", result.brokenOff());
    }

    private static @Nullable JsonObjectWriter json(PingResult.@Nullable RoundTrips times) {
        return times == null
                ? null
                : new JsonObjectWriter()
                        .put("min", NumberFormats.milliseconds(times.min()))
                        .put("p50", NumberFormats.milliseconds(times.p50()))
                        .put("p90", NumberFormats.milliseconds(times.p90()))
                        .put("p99", NumberFormats.milliseconds(times.p99()))
                        .put("p99_9", NumberFormats.milliseconds(times.p999()))
                        .put("max", NumberFormats.milliseconds(times.max()));
    }
}
