package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyJsonTest {
    private static String json(TestRole role, Latency latency) {
        CjsonWriter out = CjsonWriter.compact();
        new LatencyJson(out, role).write(latency);
        return out.toString();
    }

    @Test
    void everythingKnownHasAKeyInMicroseconds() {
        var idle = new RoundTripStatistics(LatencyMethod.KERNEL_MINIMUM, 2, 400, 424, Percentiles.NONE, 448);
        var loaded = new RoundTripStatistics(
                LatencyMethod.KERNEL_SMOOTHED, 319, 39_800, 50_400, new Percentiles(51_231.5, 54_000.0, null), 55_107);
        var latency = new Latency(
                List.of(idle),
                List.of(
                        DirectionLatency.of(StreamRole.SENDER, List.of(loaded), ""),
                        DirectionLatency.of(StreamRole.RECEIVER, List.of(), "for a reason")));

        assertThat(json(TestRole.CLIENT, latency)).isEqualTo("""
                {"idle_us":400,\
                "idle":[{"method":"kernel_minimum","samples":2,"min_us":400,"mean_us":424,"max_us":448}],\
                "directions":[{"direction":"client_to_server","sender":true,\
                "loaded":[{"method":"kernel_smoothed","samples":319,"min_us":39800,"mean_us":50400,\
                "p50_us":51231.5,"p95_us":54000,"max_us":55107}],\
                "rise_us":53600,"rise_percentile":95,"buffer_delay_percent":12500,"grade":"B"},\
                {"direction":"server_to_client","sender":false,"loaded":[],"not_measurable":"for a reason"}]}""");
    }

    @Test
    void aServersDirectionsAreTheOtherWayRound() {
        var latency =
                new Latency(List.of(), List.of(DirectionLatency.of(StreamRole.SENDER, List.of(), "for a reason")));

        assertThat(json(TestRole.SERVER, latency))
                .isEqualTo("{\"idle\":[],\"directions\":[{\"direction\":\"server_to_client\",\"sender\":true,"
                        + "\"loaded\":[],\"not_measurable\":\"for a reason\"}]}");
    }
}
