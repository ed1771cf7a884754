package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.MetricsPage;
import dev.pitot.testkit.PushReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page that Prometheus scrapes while the program runs.
class FiguresPageTest {
    private static final Pattern SERVED = Pattern.compile("iperf3: metrics are served at port (\\d+)\n");
    private static final String RECEIVED =
            "pitot_transferred_bytes_total{direction=\"receive\",protocol=\"tcp\",role=\"server\"} ";

    @TempDir
    private Path folder;

    private static int pageOf(Launch.Running program) {
        Matcher served = SERVED.matcher(program.awaitError("\n"));
        assertThat(served.matches()).isTrue();
        return Integer.parseInt(served.group(1));
    }

    @Test
    void aServersPageShowsARunningTestAndCountsWhatItsReportsSay() throws Exception {
        String port = Launch.freePort();
        Launch.Running server =
                Launch.start("-s", "-p", port, "-i", "0.1", "--json-stream", "--metrics.listen", "127.0.0.1:0");
        int page = pageOf(server);
        assertThat(MetricsPage.read(page).has("pitot_tests_running{role=\"server\"} 0.0"))
                .isTrue();
        server.awaitListening();

        Launch.Running client = ShortTest.endless(port);
        MetricsPage during = MetricsPage.await(
                page,
                now -> !now.beginning("pitot_throughput_bytes_per_second{").isEmpty());
        client.signal("Interrupt(2)");
        client.join();
        MetricsPage.await(
                page, now -> now.beginning("pitot_tests_total{").stream().anyMatch(line -> !line.endsWith(" 0.0")));
        MetricsPage after = MetricsPage.read(page); // a page rendered before the end shows only part of it

        assertThat(during.has("pitot_tests_running{role=\"server\"} 1.0")).isTrue();
        assertThat(after.has("pitot_tests_running{role=\"server\"} 0.0")).isTrue();
        assertThat(after.beginning("pitot_throughput_bytes_per_second{")).isEmpty();
        server.awaitOutput("{\"event\":\"end\"");
        server.signal("Terminated(15)");
        Launch served = server.join();
        assertThat(served.exitCode()).isZero();
        assertThat(after.beginning(RECEIVED))
                .singleElement()
                .extracting(line -> (long) Double.parseDouble(line.substring(RECEIVED.length())))
                .isEqualTo(ShortTest.bytes(served.out()));
        assertThat(MetricsPage.read(page).lines()).isEmpty();
    }

    @Test
    void aClientHasAPageWhileItsTestRuns() throws Exception {
        String port = Launch.freePort();
        try (Launch.Running server = ShortTest.server(port, "-1")) {
            Launch.Running client = ShortTest.endless(port, "--metrics.listen", "127.0.0.1:0");
            int page = pageOf(client);

            MetricsPage.await(
                    page,
                    now -> !now.beginning("pitot_tcp_rtt_seconds{direction=\"transmit\"")
                            .isEmpty());

            client.signal("Interrupt(2)");
            assertThat(client.join().exitCode()).isZero();
            assertThat(MetricsPage.read(page).lines()).isEmpty();
            server.join();
        }
    }

    @Test
    void aFileAGatewayAndAPageShowTheSameTestAtOnce() throws Exception {
        String port = Launch.freePort();
        Path file = folder.resolve("figures");
        try (Launch.Running server = ShortTest.server(port, "-1");
                PushReceiver gateway = PushReceiver.start()) {
            Launch.Running client = ShortTest.endless(
                    port,
                    "--metrics.listen",
                    "127.0.0.1:0",
                    "--metrics.file",
                    file.toString(),
                    "--push.url",
                    gateway.address());
            int page = pageOf(client);
            MetricsPage.await(
                    page,
                    now -> !now.beginning("pitot_throughput_bytes_per_second{").isEmpty());
            gateway.await(push -> push.body().contains("pitot_throughput_bytes_per_second{"));
            client.signal("Interrupt(2)");
            Launch launch = client.join();
            server.join();

            String sent = "pitot_transferred_bytes_total{direction=\"transmit\",protocol=\"tcp\",role=\"client\"} ";
            String pushed = gateway.taken().getLast().body();
            String value = pushed.substring(pushed.indexOf(sent) + sent.length())
                    .lines()
                    .findFirst()
                    .orElseThrow();
            assertThat(launch.exitCode()).isZero();
            assertThat(Files.readAllLines(file).getLast())
                    .contains("\"event\":\"end\"")
                    .contains("\"sent\":{\"transferred_bytes\":" + (long) Double.parseDouble(value) + ",");
        }
    }
}
