package dev.pitot.lab.hook;

import dev.pitot.lab.monitor.NumberText;
import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.DurationText;
import dev.pitot.lab.probe.Poller;
import dev.pitot.lab.probe.Sleep;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pings until enough answers came in a row. Used by one thread.
final class PingGateExecutor {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CommandTarget station;
    private final String target;
    private final BoundQuery<Double> ping;
    private final Hook.PingGate gate;
    private final Clocks clocks;
    private int answers;
    private long firstAnswerNanos;
    private @Nullable String error;

    /// A gate that is not waited at yet.
    ///
    /// @param ping how the target is pinged
    PingGateExecutor(CommandTarget station, String target, BoundQuery<Double> ping, Hook.PingGate gate, Clocks clocks) {
        this.station = station;
        this.target = target;
        this.ping = ping;
        this.gate = gate;
        this.clocks = clocks;
    }

    HookResult run() throws InterruptedException {
        long beganNanos = clocks.monotonic().nanoTime();
        Duration left = gate.timeout();
        while (left.isPositive()) {
            Double roundTrip = null;
            try (Poller pings = Poller.open(station, ping.question(), INTERVAL, clocks)) {
                roundTrip = count(pings, beganNanos);
            } catch (ConnectionException e) {
                error = e.getMessage();
            }
            if (roundTrip != null) {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("recovery_seconds", NumberText.text((firstAnswerNanos - beganNanos) / 1e9));
                values.put("recovery_round_trip_ms", NumberText.text(roundTrip));
                return new HookResult(null, null, values, List.of());
            }
            answers = 0;
            left = left(beganNanos);
            if (left.isPositive()) {
                Sleep.pause(left.compareTo(INTERVAL) < 0 ? left : INTERVAL);
                left = left(beganNanos);
            }
        }
        return HookResult.failed(failure());
    }

    /// The round trip of the last of enough answers; null if the pings or the patience ended
    /// before.
    private @Nullable Double count(Poller pings, long beganNanos) throws ConnectionException, InterruptedException {
        while (true) {
            Duration left = left(beganNanos);
            Poller.Next next = left.isPositive() ? pings.next(left) : null;
            switch (next) {
                case null -> {
                    return null;
                }
                case Poller.Lost(String reason) -> {
                    error = reason;
                    return null;
                }
                case Poller.Block block -> {
                    Double roundTrip = ping.read(block.lines());
                    onPing(roundTrip, block);
                    if (roundTrip != null && answers >= gate.threshold()) {
                        return roundTrip;
                    }
                }
            }
        }
    }

    private void onPing(@Nullable Double roundTrip, Poller.Block block) {
        if (roundTrip == null) {
            answers = 0;
            error = block.lines().isEmpty() ? null : block.lines().getLast().strip();
        } else {
            if (answers == 0) {
                firstAnswerNanos = block.arrivalNanos();
            }
            answers++;
        }
    }

    private Duration left(long beganNanos) {
        return gate.timeout().minusNanos(clocks.monotonic().nanoTime() - beganNanos);
    }

    private String failure() {
        String count = gate.threshold() == 1 ? "an answer" : gate.threshold() + " answers in a row";
        return station.name() + " did not get " + count + " from " + target + " within "
                + DurationText.text(gate.timeout())
                + (error == null || error.isEmpty() ? "." : "; the last trouble: " + error);
    }
}
