package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.Played;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.metrics.push.PushGroup.Slashes;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.MetricsPage;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PushgatewayProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.PUSHGATEWAY)
@Timeout(180)
class RealPushgatewayTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static @Nullable PushgatewayProcess running;

    @BeforeAll
    static void start() throws Exception {
        running = PushgatewayProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static PushgatewayProcess gateway() {
        return Objects.requireNonNull(running);
    }

    /// Returns the metrics with iperf3's prefix that Prometheus would scrape.
    private static List<String> scraped() throws IOException, InterruptedException {
        return MetricsPage.read(gateway().port()).beginning("iperf3_");
    }

    @Test
    void metricsAreSeenWhileATestRunsAndDeletedAfterwards() throws Exception {
        PushConfig config = PushConfig.to(gateway().address())
                .with(PushGroup.DEFAULT.with("site", "a b"))
                .deletingOnFinish(true);
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        PushSink sink = PushSink.open(config, new Iperf3RsText().format(), failures::add);
        TestListener listener = sink.forTest();
        Played.to(listener, Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));

        listener.onEvent(Played.tcpInterval(0, false));

        String labels = "{instance=\"\",job=\"iperf3\",site=\"a b\"}";
        MetricsPage.await(gateway().port(), page -> page.has("iperf3_transferred_bytes" + labels + " 1000"));
        assertThat(scraped())
                .contains("iperf3_tcp_rtt_seconds" + labels + " 0.000213")
                .hasSize(10);
        sink.close();
        assertThat(scraped()).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void valuesOfAllKindsArriveAsTheyAre() throws Exception {
        PushGroup group = new PushGroup("a/b", LabelSet.NONE, Slashes.BASE64)
                .with("empty", "")
                .with("up", "..")
                .with("odd", "%2F+ü \"\\?#&=");
        try (var gateway = new PushGateway(PushConfig.to(gateway().address()).with(group))) {
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
            try (var gateway =
                    new PushGateway(PushConfig.to(gateway().address()).with(group))) {
                assertThatThrownBy(() -> gateway.push("iperf3_y 1\n"))
                        .isInstanceOf(PushException.class)
                        .hasMessageEndingWith(": it accepts values with a slash only in base64 form");
            }
        }
    }
}
