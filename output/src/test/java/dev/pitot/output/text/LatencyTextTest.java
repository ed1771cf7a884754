package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatencyTextTest {
    private static final RoundTripStatistics IDLE =
            new RoundTripStatistics(LatencyMethod.KERNEL_MINIMUM, 2, 412, 430, Percentiles.NONE, 448);
    private static final DirectionLatency RECEIVING =
            DirectionLatency.of(StreamRole.RECEIVER, List.of(), "only the sending end sees the round trips");

    private final List<String> lines = new ArrayList<>();

    private static DirectionLatency sending(long samples, double p50, @Nullable Double p95) {
        var loaded = new RoundTripStatistics(
                LatencyMethod.KERNEL_SMOOTHED, samples, 400, p50, new Percentiles(p50, p95, null), 1_205_107);
        return DirectionLatency.of(StreamRole.SENDER, List.of(loaded), "");
    }

    private List<String> print(TestRole role, List<RoundTripStatistics> idle, DirectionLatency... directions) {
        new LatencyText(role, lines::add).print(new Latency(idle, List.of(directions)));
        return lines;
    }

    @Test
    void aDirectionIsALine() {
        assertThat(print(TestRole.CLIENT, List.of(IDLE), sending(319, 51_231, 54_012.0), RECEIVING))
                .containsExactly(
                        "",
                        "Round trip, ms    Idle  Median     95%     Max    Rise  Grade  Measured by",
                        "sending          0.412    51.2    54.0    1205    53.6  B      "
                                + "smoothed by the kernel, 319 samples",
                        "receiving        0.412  under load not measurable here: "
                                + "only the sending end sees the round trips");
    }

    @Test
    void whatTheSamplesCannotCarryIsADash() {
        assertThat(print(TestRole.CLIENT, List.of(IDLE), sending(20, 4_210, null)))
                .last()
                .isEqualTo("sending          0.412    4.21       -    1205    3.80  A+     "
                        + "smoothed by the kernel, 20 samples");
    }

    @Test
    void idleAndRiseAreOfTheSameMethod() {
        var echo =
                new RoundTripStatistics(LatencyMethod.UDP_ECHO, 40, 500, 600, new Percentiles(600.0, null, null), 900);
        var loaded =
                new RoundTripStatistics(LatencyMethod.UDP_ECHO, 90, 600, 900, new Percentiles(800.0, null, null), 990);
        DirectionLatency direction = DirectionLatency.of(StreamRole.RECEIVER, List.of(loaded), "");

        assertThat(print(TestRole.CLIENT, List.of(IDLE, echo), direction))
                .last()
                .isEqualTo("receiving        0.500   0.800       -   0.990   0.300  A+     UDP echo, 90 samples");
    }

    @Test
    void withoutAFloorThereIsNoGrade() {
        assertThat(print(TestRole.CLIENT, List.of(), sending(20, 4_210, null)))
                .last()
                .isEqualTo("sending              -    4.21       -    1205       -  -      "
                        + "smoothed by the kernel, 20 samples");
    }

    @Test
    void nothingUnderLoadNeedsNoHeadings() {
        assertThat(print(TestRole.CLIENT, List.of(IDLE), RECEIVING))
                .containsExactly(
                        "",
                        "Round trip, ms    Idle",
                        "receiving        0.412  under load not measurable here: "
                                + "only the sending end sees the round trips");
    }

    @Test
    void aServerPrintsOnlyWhatItHasMeasured() {
        assertThat(print(TestRole.SERVER, List.of(IDLE), RECEIVING)).isEmpty();
        assertThat(print(TestRole.SERVER, List.of(IDLE), RECEIVING, sending(319, 51_231, null)))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("sending ");
    }
}
