package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.OneWayDelay;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The sender against a reflector whose packets are scapy's, an implementation of the formats by others.
@Timeout(120)
@Tag("slow")
@Needs(Tool.SCAPY)
class ScapyReflectorTest {
    @Test
    void findsLossOfEachDirectionAndWhatTheReflectorSaysOfItsClock() throws Exception {
        Path script = Path.of(
                Objects.requireNonNull(getClass().getResource("reflector.py")).toURI());
        try (ChildProcess reflector = ChildProcess.start(List.of("/usr/bin/python3", script.toString()))) {
            reflector.awaitStdout("\n");
            int port = Integer.parseInt(reflector.stdout().strip().replace("port ", ""));
            var plan = new StampPlan(100, Duration.ofMillis(5), Duration.ofSeconds(5), 0, StampOptions.DEFAULT);

            StampResult result =
                    new StampSender(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), plan).run();

            assertThat(reflector.stderr()).isEmpty();
            assertThat(result.counts()).isEqualTo(new StampResult.Counts(100, 80, 0, 0, 0));
            assertThat(result.loss()).isEqualTo(new StampLoss.ByDirection(10, 10, 0));
            assertThat(result.clocks().ttl()).isEqualTo(63);
            assertThat(result.clocks().reflector()).isEqualTo(new ErrorEstimate(true, StampTimeFormat.NTP, 20, 3));
            var measured = (OneWayDelay.Measured) result.oneWay();
            assertThat(measured.offset().lowerNanos()).isLessThan(1_000_000); // one machine, one clock
            assertThat(measured.offset().upperNanos()).isGreaterThan(-1_000_000);
        }
    }
}
