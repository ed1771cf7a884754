package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.Played;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.metrics.push.PushGroup.Slashes;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushes to the real thing. Where there is none it is skipped; with CI=true it fails.
@Timeout(60)
class RealPushgatewayTest {
    private static final String PROGRAM = "prometheus-pushgateway";

    @TempDir // Debian's keeps what it was told over its end, unless it is told where
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static @Nullable ChildProcess program;
    private static String address = "";

    @BeforeAll
    static void start() throws Exception {
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(isInstalled()).as("no " + PROGRAM + " on PATH").isTrue();
        }
        int port = FreePort.find();
        address = "http://127.0.0.1:" + port;
        program = ChildProcess.start(List.of(
                PROGRAM, "--web.listen-address=127.0.0.1:" + port, "--persistence.file=" + folder.resolve("metrics")));
        program.awaitStderr("127.0.0.1:" + port); // "Listening on", or as a part of it in other versions
        for (int look = 0; look < 100 && !isReady(); look++) {
            assertThat(program.hasEndedWithin(Duration.ofMillis(50))).isFalse();
        }
    }

    @AfterAll
    static void stop() {
        if (program != null) {
            program.close();
        }
    }

    private static boolean isInstalled() {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    private static boolean isReady() throws InterruptedException {
        try {
            scraped();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// What Prometheus would be told of iperf3's names.
    private static List<String> scraped() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("iperf3_"))
                    .toList();
        }
    }

    @Test
    void metricsAreSeenWhileATestRunsAndDeletedAfterwards() throws Exception {
        PushConfig config = PushConfig.to(address)
                .with(PushGroup.DEFAULT.with("site", "a b"))
                .deletingOnFinish(true);
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        PushSink sink = PushSink.open(config, new Iperf3RsText().format(null), failures::add);
        TestListener listener = sink.forTest();
        Played.to(listener, Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));

        listener.onEvent(Played.tcpInterval(0, false));

        String labels = "{instance=\"\",job=\"iperf3\",site=\"a b\"}";
        awaitScraped("iperf3_transferred_bytes" + labels + " 1000");
        assertThat(scraped())
                .contains("iperf3_tcp_rtt_seconds" + labels + " 0.000213")
                .hasSize(10);
        sink.close();
        assertThat(scraped()).isEmpty();
        assertThat(failures).isEmpty();
    }

    private static void awaitScraped(String line) throws Exception {
        for (int look = 0; look < 100; look++) {
            if (scraped().contains(line)) {
                return;
            }
            assertThat(program != null && program.hasEndedWithin(Duration.ofMillis(50)))
                    .isFalse();
        }
        throw new AssertionError("no " + line + " in " + scraped());
    }

    @Test
    void valuesOfAllKindsArriveAsTheyAre() throws Exception {
        PushGroup group = new PushGroup("a/b", LabelSet.NONE, Slashes.BASE64)
                .with("empty", "")
                .with("up", "..")
                .with("odd", "%2F+ü \"\\?#&=");
        try (var gateway = new PushGateway(PushConfig.to(address).with(group))) {
            gateway.push("# TYPE iperf3_x gauge\niperf3_x 1\n");

            assertThat(scraped())
                    .contains("iperf3_x{empty=\"\",instance=\"\",job=\"a/b\",odd=\"%2F+ü \\\"\\\\?#&=\",up=\"..\"} 1");
            gateway.delete();
            assertThat(scraped()).noneMatch(line -> line.startsWith("iperf3_x"));
        }
    }

    @Test
    void aSlashInPercentFormIsRefusedByPushgatewayItself() throws Exception {
        for (String path : List.of("var/tmp", "/var/tmp")) {
            PushGroup group = PushGroup.DEFAULT.with("path", path);
            try (var gateway = new PushGateway(PushConfig.to(address).with(group))) {
                assertThatThrownBy(() -> gateway.push("iperf3_y 1\n"))
                        .isInstanceOf(PushException.class)
                        .hasMessageEndingWith(": it takes values with a slash only in the base64 form");
            }
        }
    }
}
