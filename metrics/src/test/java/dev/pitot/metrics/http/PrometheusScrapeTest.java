package dev.pitot.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.prometheus.Played;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PrometheusProcess;
import dev.pitot.testkit.TestEventFixture;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.PROMETHEUS)
@Timeout(180)
@Tag("slow")
class PrometheusScrapeTest {
    private static final String JOB = """
              - job_name: %s
                scrape_interval: 1s
                scrape_timeout: 1s
                metrics_path: %s
                static_configs:
                  - targets: ['127.0.0.1:%d']
            """;

    @TempDir
    private Path folder;

    private final LiveMetrics metrics =
            new LiveMetrics("1.2.3", InstantSource.fixed(Instant.ofEpochSecond(1_777_000_000)));

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Outcome probe(ProbeTarget target, String profile, Duration deadline, TestListener listener) {
        List<TestEvent> events = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP).whole(1_000);
        return ((TestEvent.Finished) events.getLast()).outcome();
    }

    /// Serves a page in Prometheus text format, whatever the client prefers.
    private HttpServer textOnly() throws IOException {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext(
                "/metrics",
                exchange -> HttpResponse.ok("text/plain; version=0.0.4; charset=utf-8", metrics.text())
                        .send(exchange));
        server.start();
        return server;
    }

    @Test
    void prometheusReadsBothFormatsAndProbes() throws Exception {
        Played.everything(metrics);
        var probeOptions = new ProbeOptions(PrometheusScrapeTest::probe, Set.of("lan"), () -> 0);
        HttpServer text = textOnly();
        try (MetricsEndpoint endpoint =
                MetricsEndpoint.start(loopback(), metrics, probeOptions, EndpointLimits.DEFAULT)) {
            String config = "scrape_configs:\n"
                    + JOB.formatted("open", "/metrics", endpoint.port())
                    + JOB.formatted("text", "/metrics", text.getAddress().getPort())
                    + JOB.formatted("probe", "/probe", endpoint.port())
                    + "    params: {target: [lab], profile: [lan]}\n";
            try (PrometheusProcess prometheus = PrometheusProcess.start(folder, config)) {
                assertReads(prometheus, "open");
                assertReads(prometheus, "text");
                assertThat(prometheus.awaitValues("pitot_probe_success{job=\"probe\"}"))
                        .containsExactly("1");
                assertThat(prometheus.values("pitot_probe_throughput_bytes_per_second"))
                        .containsExactly("500");
            }
        } finally {
            text.stop(0);
        }
    }

    private static void assertReads(PrometheusProcess prometheus, String job) throws Exception {
        String sending = "{job=\"" + job + "\",role=\"client\",direction=\"transmit\",protocol=\"tcp\"}";
        String arriving = "{job=\"" + job + "\",role=\"server\",result=\"lost\"}";
        assertThat(prometheus.awaitValues("pitot_transferred_bytes_total" + sending))
                .containsExactly("2000");
        assertThat(prometheus.values("pitot_throughput_bytes_per_second" + sending))
                .containsExactly("1000");
        assertThat(prometheus.values("pitot_tcp_retransmitted_segments_total" + sending))
                .containsExactly("6");
        assertThat(prometheus.values("pitot_tcp_rtt_seconds" + sending)).containsExactly("0.0015");
        assertThat(prometheus.values("pitot_udp_datagrams_total" + arriving)).containsExactly("8");
        assertThat(prometheus.values("pitot_last_test_lost_ratio{job=\"" + job + "\"}"))
                .contains("0.4");
        assertThat(prometheus.values("pitot_test_last_success_timestamp_seconds{job=\"" + job + "\",role=\"client\"}"))
                .containsExactly("1777000000");
        assertThat(prometheus.values("pitot_build_info{job=\"" + job + "\",version=\"1.2.3\"}"))
                .containsExactly("1");
        assertThat(prometheus.values("up{job=\"" + job + "\"}")).containsExactly("1");
    }

    @Test
    void promtoolHasNothingToComplainAbout() throws Exception {
        Played.everything(metrics);
        assertThat(lint(metrics.text())).isEmpty();
    }

    @Test
    void promtoolHasNothingToComplainAboutProbes() throws Exception {
        var runner = new ProbeRunner(new ProbeOptions(PrometheusScrapeTest::probe, Set.of("lan"), () -> 0), _ -> {});
        try (runner) {
            var page = runner.page(new ProbeRequest(new ProbeTarget("lab", 1), "lan"), Duration.ofSeconds(5), null);

            assertThat(lint(Objects.requireNonNull(page).text())).isEmpty();
        }
    }

    private String lint(String text) throws IOException, InterruptedException {
        Path page = Files.writeString(folder.resolve("page.txt"), text);
        try (ChildProcess promtool =
                ChildProcess.start(List.of("sh", "-c", "exec promtool check metrics < \"$0\"", page.toString()))) {
            ChildProcess.Exit exit = promtool.awaitExit();
            return exit.stdout() + exit.stderr() + (exit.code() == 0 ? "" : "exit " + exit.code());
        }
    }
}
