package dev.pitot.lab.hook;

import dev.pitot.lab.os.Query;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.probe.Poller;
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

    private final CommandTarget target;
    private final String to;
    private final Query.QueryCommand<Double> ping;
    private final Hook.PingGate gate;
    private final Clocks clocks;
    private final long beganNanos;
    private int answers;
    private long firstAnswerNanos;
    private @Nullable String error;

    /// A gate that is not waited at yet.
    ///
    /// @param to what is pinged
    /// @param ping how
    PingGateExecutor(
            CommandTarget target, String to, Query.QueryCommand<Double> ping, Hook.PingGate gate, Clocks clocks) {
        this.target = target;
        this.to = to;
        this.ping = ping;
        this.gate = gate;
        this.clocks = clocks;
        beganNanos = clocks.monotonic().nanoTime();
    }

    HookResult run() throws InterruptedException {
        var poller = new Poller(target, ping.command(), INTERVAL, clocks);
        Map<String, String> values = new LinkedHashMap<>();
        for (Duration left = gate.timeout(); left.isPositive(); left = left()) {
            answers = 0;
            try {
                String reason = poller.run(block -> isWaiting(block, values), Poller.FOR_EVER, left);
                error = reason.isEmpty() ? error : reason;
            } catch (ConnectionException e) {
                error = e.getMessage();
            }
            if (!values.isEmpty()) {
                return new HookResult(null, null, values, List.of());
            }
            left = left();
            if (left.isPositive()) {
                Thread.sleep(left.compareTo(INTERVAL) < 0 ? left : INTERVAL);
            }
        }
        return HookResult.failed(failure());
    }

    private boolean isWaiting(Poller.Block block, Map<String, String> values) {
        Double roundTrip = ping.reader().read(String.join("\n", block.lines()));
        if (roundTrip == null) {
            answers = 0;
            error = block.lines().isEmpty() ? null : block.lines().getLast().strip();
            return true;
        }
        if (answers == 0) {
            firstAnswerNanos = block.arrivalNanos();
        }
        answers++;
        if (answers < gate.threshold()) {
            return true;
        }
        values.put("recovery_seconds", NumberText.text((firstAnswerNanos - beganNanos) / 1e9));
        values.put("recovery_round_trip_ms", NumberText.text(roundTrip));
        return false;
    }

    private Duration left() {
        return gate.timeout().minusNanos(clocks.monotonic().nanoTime() - beganNanos);
    }

    private String failure() {
        String count = gate.threshold() == 1 ? "an answer" : gate.threshold() + " answers in a row";
        return target.name() + " did not get " + count + " from " + to + " within " + NumberText.seconds(gate.timeout())
                + (error == null || error.isEmpty() ? "." : "; the last trouble: " + error);
    }
}
