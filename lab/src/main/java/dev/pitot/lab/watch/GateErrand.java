package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pings until enough answers came in a row. Used by one thread.
final class GateErrand {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Station station;
    private final String target;
    private final Asked<Double> ping;
    private final Hook.PingGate gate;
    private final Clocks clocks;
    private int answers;
    private long firstAnswerNanos;
    private @Nullable String trouble;

    /// A gate that is not waited at yet.
    ///
    /// @param ping how the target is pinged
    GateErrand(Station station, String target, Asked<Double> ping, Hook.PingGate gate, Clocks clocks) {
        this.station = station;
        this.target = target;
        this.ping = ping;
        this.gate = gate;
        this.clocks = clocks;
    }

    HookResult run() throws InterruptedException {
        long beganNanos = clocks.monotonic().nanoTime();
        Duration left = gate.patience();
        while (left.isPositive()) {
            Double roundTrip = null;
            try (Readings pings = Readings.open(station, ping.question(), INTERVAL, clocks)) {
                roundTrip = count(pings, beganNanos);
            } catch (ConnectionException e) {
                trouble = e.getMessage();
            }
            if (roundTrip != null) {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("recovery_seconds", Figure.text((firstAnswerNanos - beganNanos) / 1e9));
                values.put("recovery_round_trip_ms", Figure.text(roundTrip));
                return new HookResult(null, null, values, List.of());
            }
            answers = 0;
            left = left(beganNanos);
            if (left.isPositive()) {
                Waiting.pause(left.compareTo(INTERVAL) < 0 ? left : INTERVAL);
                left = left(beganNanos);
            }
        }
        return HookResult.failed(failure());
    }

    /// The round trip of the last of enough answers; null if the pings or the patience ended
    /// before.
    private @Nullable Double count(Readings pings, long beganNanos) throws ConnectionException, InterruptedException {
        while (true) {
            Duration left = left(beganNanos);
            Readings.Next next = left.isPositive() ? pings.next(left) : null;
            switch (next) {
                case null -> {
                    return null;
                }
                case Readings.Lost(String reason) -> {
                    trouble = reason;
                    return null;
                }
                case Readings.Block block -> {
                    Double roundTrip = ping.read(block.lines());
                    onPing(roundTrip, block);
                    if (roundTrip != null && answers >= gate.threshold()) {
                        return roundTrip;
                    }
                }
            }
        }
    }

    private void onPing(@Nullable Double roundTrip, Readings.Block block) {
        if (roundTrip == null) {
            answers = 0;
            trouble = block.lines().isEmpty() ? null : block.lines().getLast().strip();
        } else {
            if (answers == 0) {
                firstAnswerNanos = block.heardNanos();
            }
            answers++;
        }
    }

    private Duration left(long beganNanos) {
        return gate.patience().minusNanos(clocks.monotonic().nanoTime() - beganNanos);
    }

    private String failure() {
        String count = gate.threshold() == 1 ? "an answer" : gate.threshold() + " answers in a row";
        return station.name() + " did not get " + count + " from " + target + " within "
                + Durations.text(gate.patience())
                + (trouble == null || trouble.isEmpty() ? "." : "; the last trouble: " + trouble);
    }
}
