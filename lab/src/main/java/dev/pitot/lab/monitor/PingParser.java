package dev.pitot.lab.monitor;

import dev.pitot.lab.os.Query;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.probe.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Round trips, and in a file of its own when answers fail to come and when they come again.
///
/// An event is as many pings in a row as the threshold that all contradict the state
/// before; its time is that of the first of them, and its seconds are those since the event
/// before or since the first ping (apetools' `TimeOfEvent,Event,SecondsToEvent`). At first
/// answers are expected.
final class PingParser implements MetricParser {
    static final String EVENT_HEADER = "TimeOfEvent,Event,SecondsToEvent";

    private final Query.OutputParser<Double> ping;
    private final int threshold;
    private final Consumer<String> events;
    private boolean isUp = true;
    private int contrary;
    private @Nullable Instant firstContrary;
    private @Nullable Instant lastEvent;

    /// A gauge without pings.
    ///
    /// @param threshold 1 or more
    PingParser(Query.OutputParser<Double> ping, int threshold, Consumer<String> events) {
        this.ping = ping;
        this.threshold = threshold;
        this.events = events;
    }

    @Override
    public String header() {
        return "timestamp,round_trip_ms";
    }

    @Override
    public void forget() {
        contrary = 0; // nobody knows what the pings of the gap would have been
    }

    @Override
    public void onBlock(Poller.Block block, MonitorLog log) {
        Double roundTrip = ping.read(String.join("\n", block.lines()));
        Instant at = block.arrival();
        log.row(
                at,
                NumberText.text(roundTrip),
                roundTrip == null
                        ? Map.of(Reading.PINGS_LOST, 1.0)
                        : Map.of(Reading.PINGS_LOST, 0.0, "ping_ms", roundTrip));
        onPing(at, roundTrip != null);
    }

    private void onPing(Instant at, boolean isAnswered) {
        if (lastEvent == null) {
            lastEvent = at;
        }
        if (isAnswered == isUp) {
            contrary = 0;
            return;
        }
        if (contrary == 0 || firstContrary == null) {
            firstContrary = at;
        }
        contrary++;
        if (contrary >= threshold) {
            double seconds = Duration.between(lastEvent, firstContrary).toMillis() / 1e3;
            events.accept(MonitorLog.time(firstContrary) + "," + (isUp ? "Failure" : "Recovery") + ","
                    + NumberText.text(seconds));
            lastEvent = firstContrary;
            isUp = !isUp;
            contrary = 0;
        }
    }
}
