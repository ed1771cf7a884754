package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.PrometheusProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real Prometheus scrapes a server that the real iperf3 tests against.
@Needs({Tool.IPERF3, Tool.PROMETHEUS})
@Timeout(180)
@Tag("slow")
class RealPrometheusTest {
    private static final Pattern SERVED = Pattern.compile("metrics are served at port (\\d+)\n");
    private static final String CONFIG = """
            scrape_configs:
              - job_name: pitot
                scrape_interval: 500ms
                scrape_timeout: 500ms
                static_configs:
                  - targets: ['127.0.0.1:PORT']
            """;

    @TempDir
    private Path folder;

    private static String pageOf(ServerProcess server) throws InterruptedException {
        server.process().awaitStderr("metrics are served at port ");
        server.process().awaitStderr("\n");
        Matcher served = SERVED.matcher(server.process().stderr());
        assertThat(served.find()).isTrue();
        return served.group(1);
    }

    @Test
    void prometheusSeesTheTestAndThenTheBytesOfTheServersOwnReport() throws Exception {
        try (ServerProcess server =
                        PitotProcess.server("-i", "0.2", "--json-stream", "--metrics.listen", "127.0.0.1:0");
                PrometheusProcess prometheus =
                        PrometheusProcess.start(folder, CONFIG.replace("PORT", pageOf(server)))) {
            assertThat(prometheus.awaitValues("up{job=\"pitot\"} == 1")).containsExactly("1");
            try (ChildProcess client = Iperf3.client(server.port(), "-t", "60", "-b", "8M")) {
                assertThat(prometheus.awaitValues("pitot_tests_running{role=\"server\"} == 1"))
                        .containsExactly("1");
                assertThat(prometheus.awaitValues("pitot_throughput_bytes_per_second{role=\"server\"} > 0"))
                        .hasSize(1);
                client.send(Signal.INT);
                client.awaitExit();
            }
            server.process().awaitStdout("{\"event\":\"end\"");
            server.process().awaitStdout("\"cpu_utilization_percent\""); // printed after the sums
            long bytes = ShortTest.bytes(server.process().stdout());

            assertThat(prometheus.awaitValues("pitot_tests_total{role=\"server\"} == 1"))
                    .containsExactly("1");
            assertThat(prometheus.awaitValues(
                            "pitot_transferred_bytes_total{role=\"server\",direction=\"receive\"} == " + bytes))
                    .hasSize(1);
        }
    }
}
