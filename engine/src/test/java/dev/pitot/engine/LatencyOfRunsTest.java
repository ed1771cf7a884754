package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Round trips of real tests over the loopback interface, against the real iperf3: which there are, not how
/// long they are.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class LatencyOfRunsTest {
    private static final Duration LENGTH = Duration.ofSeconds(3);

    private static TestConfig.Builder test(Direction direction) {
        return TestConfig.builder().limit(new Limit.ForDuration(LENGTH)).direction(direction);
    }

    private static Latency againstIperf3(ClientBuilder client) throws Exception {
        try (var server = Iperf3.server("-1")) {
            return latency(client.port(server.port()).run());
        }
    }

    private static Latency latency(Outcome outcome) {
        assertThat(outcome.ending().isCompleted()).as(outcome.toString()).isTrue();
        var summary = Objects.requireNonNull(outcome.report().summary());
        return Objects.requireNonNull(summary.evidence()).latency();
    }

    private static ClientBuilder client(TestConfig test) {
        return Iperf.client("127.0.0.1").test(test);
    }

    private static List<LatencyMethod> methods(List<RoundTripStatistics> statistics) {
        return statistics.stream().map(RoundTripStatistics::method).toList();
    }

    private static void assertMeasured(Latency latency, DirectionLatency direction) {
        assertThat(direction.role()).isEqualTo(StreamRole.SENDER);
        assertThat(methods(direction.loaded())).contains(LatencyMethod.KERNEL_SMOOTHED);
        assertThat(direction.unavailable()).isNull();
        assertThat(latency.rise(direction)).isNotNull();
    }

    private static void assertNotMeasurable(DirectionLatency direction, String reason) {
        assertThat(direction.loaded()).isEmpty();
        assertThat(direction.unavailable()).isEqualTo(reason);
    }

    @Test
    void ofASendingClient() throws Exception {
        Latency latency = againstIperf3(client(test(Direction.FORWARD).build()));

        assertThat(methods(latency.idle())).contains(LatencyMethod.KERNEL_MINIMUM, LatencyMethod.CONNECT);
        assertThat(latency.directions()).singleElement().satisfies(only -> assertMeasured(latency, only));
    }

    @Test
    void ofAReceivingClient() throws Exception {
        Latency latency = againstIperf3(client(test(Direction.REVERSE).build()));

        assertThat(methods(latency.idle())).contains(LatencyMethod.KERNEL_MINIMUM, LatencyMethod.CONNECT);
        assertThat(latency.directions())
                .singleElement()
                .satisfies(only -> assertNotMeasurable(only, "only the sending end sees the round trips"));
    }

    @Test
    void ofBothDirections() throws Exception {
        Latency latency = againstIperf3(client(test(Direction.BIDIRECTIONAL).build()));

        assertThat(latency.directions()).hasSize(2);
        assertMeasured(latency, latency.directions().getFirst());
        assertNotMeasurable(latency.directions().getLast(), "only the sending end sees the round trips");
    }

    @Test
    void ofDatagrams() throws Exception {
        TestConfig test = test(Direction.FORWARD)
                .protocol(Protocol.UDP)
                .bitrate(new Bitrate(1_000_000))
                .build();

        Latency latency = againstIperf3(client(test));

        assertThat(methods(latency.idle())).contains(LatencyMethod.KERNEL_MINIMUM, LatencyMethod.CONNECT);
        assertThat(latency.directions())
                .singleElement()
                .satisfies(only -> assertNotMeasurable(only, "nothing acknowledges UDP datagrams"));
    }

    @Test
    void ofPortableSockets() throws Exception {
        Latency latency = againstIperf3(client(test(Direction.FORWARD).build()).sockets(SocketFamilies.portable()));

        assertThat(methods(latency.idle())).containsExactly(LatencyMethod.CONNECT);
        assertThat(latency.directions())
                .singleElement()
                .satisfies(only -> assertNotMeasurable(only, "only TCP sockets of Linux report round trips"));
    }

    @Test
    void ofASendingServer() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                var client = Iperf3.start("-c", "127.0.0.1", "-p", String.valueOf(server.port()), "-R", "-t", "3")) {
            assertThat(client.awaitExit().code()).isZero();
            Latency latency = latency(watcher.awaitOutcome());

            assertThat(methods(latency.idle())).containsExactly(LatencyMethod.KERNEL_MINIMUM);
            assertThat(latency.directions()).singleElement().satisfies(only -> assertMeasured(latency, only));
        }
    }
}
