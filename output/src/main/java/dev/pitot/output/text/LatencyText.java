package dev.pitot.output.text;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyRise;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Lines;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints the round-trip times of a test after its summary: a heading, and a line per direction. A server
/// prints only what it has measured.
final class LatencyText {
    private static final int NAME_WIDTH = 14;
    private static final int VALUE_WIDTH = 8;
    private static final int GRADE_WIDTH = 5;
    private static final double MICROS_PER_MILLI = 1000;
    private static final String TITLE = "Round trip, ms";
    private static final String UNKNOWN = "-";

    private final TestRole role;
    private final Lines out;

    LatencyText(TestRole role, Lines out) {
        this.role = role;
        this.out = out;
    }

    void print(Latency latency) {
        List<DirectionLatency> shown = latency.directions().stream()
                .filter(direction -> role == TestRole.CLIENT || direction.graded() != null)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        out.print("");
        out.print(heading(shown.stream().anyMatch(direction -> direction.graded() != null)));
        RoundTripStatistics floor = latency.floor();
        String idle = floor == null ? UNKNOWN : millis(floor.minMicros());
        for (DirectionLatency direction : shown) {
            String name = direction.role().isSender() ? "sending" : "receiving";
            out.print(line(name, idle, direction, latency.rise(direction)));
        }
        var echo = new EchoText(out);
        if (latency.echo() != null) {
            echo.print(latency.echo());
        }
        if (latency.target() != null) {
            echo.print(latency.target());
        }
    }

    private static String heading(boolean hasLoaded) {
        return hasLoaded
                ? row(TITLE, List.of("Idle", "Median", "95%", "Max", "Rise")) + "  Grade  Measured by"
                : row(TITLE, List.of("Idle"));
    }

    private static String line(String name, String idle, DirectionLatency direction, @Nullable LatencyRise rise) {
        RoundTripStatistics loaded = direction.graded();
        if (loaded == null) {
            return row(name, List.of(idle)) + "  under load not measurable here: " + direction.unavailable();
        }
        RoundTripStatistics.Percentiles percentiles = loaded.percentiles();
        List<String> values = List.of(
                rise == null ? idle : millis(rise.baselineMicros()), // so that the columns of a line agree
                millis(percentiles.p50()),
                millis(percentiles.p95()),
                millis(loaded.maxMicros()),
                rise == null ? UNKNOWN : millis(rise.micros()));
        String grade = rise == null ? UNKNOWN : rise.grade().text();
        String origin = loaded.method().text() + ", " + loaded.samples() + " samples";
        return row(name, values) + "  " + FixedPoint.left(grade, GRADE_WIDTH) + "  " + origin;
    }

    private static String row(String name, List<String> values) {
        return FixedPoint.left(name, NAME_WIDTH)
                + values.stream()
                        .map(value -> FixedPoint.right(value, VALUE_WIDTH))
                        .collect(Collectors.joining());
    }

    /// Formats with three digits or more, but not finer than a microsecond.
    private static String millis(@Nullable Double micros) {
        if (micros == null) {
            return UNKNOWN;
        }
        double millis = micros / MICROS_PER_MILLI;
        int decimals = 3;
        for (double limit = 1; decimals > 0 && Math.abs(millis) >= limit; limit *= 10) {
            decimals--;
        }
        return FixedPoint.of(millis, decimals);
    }
}
