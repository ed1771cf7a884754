package dev.pitot.output.text;

import dev.pitot.model.result.DelayChange;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.TargetReport;
import dev.pitot.output.Lines;
import org.jspecify.annotations.Nullable;

/// Prints what a client's probes beside the load say besides their round trips: where packets waited, how
/// soon the queue was empty, what was lost.
final class EchoText {
    private static final double MICROS_PER_MILLI = 1000;

    private final Lines out;

    EchoText(Lines out) {
        this.out = out;
    }

    void print(EchoReport report) {
        switch (report) {
            case EchoReport.Unavailable(String reason) -> out.print("UDP echo: " + reason);
            case EchoReport.Measured measured -> printMeasured(measured);
        }
    }

    private void printMeasured(EchoReport.Measured measured) {
        String queue = measured.oneWay() instanceof OneWayDelay.Measured delay ? queue(delay) : null;
        if (queue != null) {
            Double drain = measured.drainMicros();
            out.print(queue + (drain == null ? "" : "; empty " + millis(drain) + " ms after the load"));
        }
        EchoReport.Count loaded = measured.loaded();
        if (loaded.lost() > 0) {
            out.print("UDP echo: " + loaded.lost() + " of " + loaded.sent() + " lost under load");
        }
    }

    private static @Nullable String queue(OneWayDelay.Measured delay) {
        String there = wait(delay.forward());
        String back = wait(delay.reverse());
        String which = delay.forward().percentiles().p95() == null ? "median" : "95%";
        return switch (delay.queueing()) {
            case FORWARD -> "Queue on the way to the server: " + there + " ms (" + which + "), back " + back + " ms";
            case REVERSE -> "Queue on the way from the server: " + back + " ms (" + which + "), there " + there + " ms";
            case BOTH -> "Queues both ways: " + there + " ms to the server, " + back + " ms back (" + which + ")";
            case NONE, UNKNOWN -> null;
        };
    }

    private static String wait(DelayChange change) {
        Double high = change.highMicros();
        return high == null ? "-" : millis(high);
    }

    private static String millis(double micros) {
        return FixedPoint.of(micros / MICROS_PER_MILLI, 1);
    }

    void print(TargetReport report) {
        if (report.failure() != null) {
            out.print("TCP probe: " + report.failure());
        } else if (report.loaded().lost() > 0) {
            out.print("TCP probe: " + report.loaded().lost() + " of "
                    + report.loaded().sent() + " connections failed under load");
        }
    }
}
