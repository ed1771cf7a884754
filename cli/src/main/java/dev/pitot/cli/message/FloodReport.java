package dev.pitot.cli.message;

import dev.pitot.message.probe.FloodResult;
import dev.pitot.message.probe.ProbeProgress;
import dev.pitot.output.json.JsonObjectWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The output of `pitot message flood`.
///
/// @param request what was asked for
record FloodReport(MessageRequest.Floods request) {
    private static final int BITS_PER_BYTE = 8;

    String opening() {
        return String.format(
                Locale.ROOT,
                "FLOOD %s: %d bytes, %s\n",
                request.server(),
                request.plan().bytes(),
                MessageArguments.name(request.plan().channel()));
    }

    String line(ProbeProgress second) {
        Duration length = second.to().minus(second.from());
        Duration roundTrip = second.roundTrip();
        return String.format(
                Locale.ROOT,
                "%s  %s%s\n",
                NumberFormats.interval(second),
                rates(second.sent(), second.bytes(), length),
                roundTrip == null ? "" : ", RTT " + NumberFormats.millis(roundTrip) + " ms");
    }

    private static String rates(long messages, long bytes, Duration length) {
        return NumberFormats.rates(
                NumberFormats.perSecond((double) messages, length),
                NumberFormats.perSecond((double) bytes * BITS_PER_BYTE, length));
    }

    String text(FloodResult result) {
        FloodResult.Sent sent = result.sent();
        Duration roundTrip = result.roundTrip();
        return String.format(
                Locale.ROOT,
                "--- %s flood statistics ---\n%d sent in %.2f s: %s\n%s%s",
                request.server(),
                sent.messages(),
                NumberFormats.seconds(sent.length()),
                rates(sent.messages(), sent.bytes(), sent.length()),
                received(result),
                roundTrip == null ? "" : "RTT " + NumberFormats.millis(roundTrip) + " ms\n");
    }

    private static String received(FloodResult result) {
        FloodResult.Received received = result.received();
        if (received == null) {
            return "the server did not report what it received: loss unknown\n";
        }
        Long lost = result.lost();
        return String.format(
                Locale.ROOT,
                "%d received: %s, %s, %d out of order, %d duplicates\n",
                received.messages(),
                NumberFormats.rates(received.messagesPerSecond(), received.bitsPerSecond()),
                lost == null ? "loss unknown" : lost + " lost (" + NumberFormats.percent(share(result)) + ")",
                received.outOfOrder(),
                received.duplicates());
    }

    private static @Nullable Double share(FloodResult result) {
        Long lost = result.lost();
        long sent = result.sent().messages();
        return lost == null || sent == 0 ? null : (Double) ((double) lost / sent);
    }

    JsonObjectWriter json(FloodResult result) {
        return new JsonObjectWriter()
                .put("command", "flood")
                .put("server", request.server())
                .put("protocol", request.protocol().mode().name().toLowerCase(Locale.ROOT))
                .put("channel", MessageArguments.name(request.plan().channel()))
                .put("message_bytes", request.plan().bytes())
                .put("interval_ms", NumberFormats.milliseconds(request.plan().interval()))
                .put("sent", json(result.sent()))
                .put("received", json(result.received()))
                .put("lost", result.lost())
                .put("loss_percent", NumberFormats.percentage(share(result)))
                .put("rtt_ms", roundTrip(result.roundTrip()))
                .put("broken_off", result.brokenOff());
    }

    /// Returns an object like a ping's, with another value.
    private static @Nullable JsonObjectWriter roundTrip(@Nullable Duration smoothed) {
        return smoothed == null ? null : new JsonObjectWriter().put("smoothed", NumberFormats.milliseconds(smoothed));
    }

    private static JsonObjectWriter json(FloodResult.Sent sent) {
        return new JsonObjectWriter()
                .put("messages", sent.messages())
                .put("bytes", sent.bytes())
                .put("seconds", NumberFormats.seconds(sent.length()))
                .put("messages_per_second", NumberFormats.perSecond((double) sent.messages(), sent.length()))
                .put("bits_per_second", NumberFormats.perSecond((double) sent.bytes() * BITS_PER_BYTE, sent.length()));
    }

    private static @Nullable JsonObjectWriter json(FloodResult.@Nullable Received received) {
        return received == null
                ? null
                : new JsonObjectWriter()
                        .put("messages", received.messages())
                        .put("bytes", received.bytes())
                        .put("seconds", NumberFormats.seconds(received.length()))
                        .put("messages_per_second", received.messagesPerSecond())
                        .put("bits_per_second", received.bitsPerSecond())
                        .put("out_of_order", received.outOfOrder())
                        .put("duplicates", received.duplicates());
    }
}
