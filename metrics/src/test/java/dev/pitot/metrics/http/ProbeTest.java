package dev.pitot.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.TestEventFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ProbeTest {
    private static final String PATH = "/probe?target=lab:5300&profile=lan";

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void close() {
        http.close();
    }

    private static MetricsEndpoint start(Prober prober) throws IOException {
        return start(probeOptions(prober));
    }

    private static MetricsEndpoint start(ProbeOptions probeOptions) throws IOException {
        return MetricsEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LiveMetrics("test", InstantSource.system()),
                probeOptions,
                EndpointLimits.DEFAULT);
    }

    private static ProbeOptions probeOptions(Prober prober) {
        return new ProbeOptions(prober, Set.of("lan"), () -> 0);
    }

    private static HttpRequest request(MetricsEndpoint endpoint, String path, String timeout) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + path))
                .header("X-Prometheus-Scrape-Timeout-Seconds", timeout)
                .build();
    }

    private HttpResponse<String> get(MetricsEndpoint endpoint, String path, String timeout)
            throws IOException, InterruptedException {
        return http.send(request(endpoint, path, timeout), HttpResponse.BodyHandlers.ofString());
    }

    /// Prober for a test of 1000 bytes in 2 s.
    private static Outcome lan(ProbeTarget target, String profile, Duration deadline, TestListener listener) {
        assertThat(target).isEqualTo(new ProbeTarget("lab", 5300));
        assertThat(profile).isEqualTo("lan");
        assertThat(deadline).isEqualTo(Duration.ofMillis(4_500));
        List<TestEvent> events = new TestEventFixture(TestRole.CLIENT, StreamRole.RECEIVER, Protocol.TCP).whole(1_000);
        events.forEach(listener::onEvent);
        return ((TestEvent.Finished) events.getLast()).outcome();
    }

    /// Prober for a test that runs until it is cancelled.
    private Outcome endless(ProbeTarget target, String profile, Duration deadline, TestListener listener) {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        test.opening().forEach(listener::onEvent);
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) { // a cancelled test returns its results so far
            interrupted.countDown();
        }
        List<TestEvent> end = test.closing(new Ending.Cancelled("deadline"), null, null);
        return ((TestEvent.Finished) end.getLast()).outcome();
    }

    @Test
    void aProbeAnswersWithItsOwnTestAlone() throws Exception {
        try (MetricsEndpoint endpoint = start(ProbeTest::lan)) {
            HttpResponse<String> response = get(endpoint, PATH, "5");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body().lines())
                    .contains(
                            "pitot_probe_success 1.0",
                            "pitot_probe_throughput_bytes_per_second{direction=\"receive\",protocol=\"tcp\"} 500.0")
                    .noneMatch(line -> line.startsWith("pitot_build_info"));
        }
    }

    @Test
    void aProbeThatTakesTooLongIsCancelled() throws Exception {
        try (MetricsEndpoint endpoint = start(this::endless)) {
            HttpResponse<String> response = get(endpoint, PATH, "1");

            assertThat(response.body().lines())
                    .contains("pitot_probe_success 0.0", "pitot_probe_outcome{outcome=\"cancelled\"} 1.0");
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nobodyGetsMoreTimeThanIsAllowed() throws Exception {
        try (MetricsEndpoint endpoint = start(probeOptions(this::endless).withLongest(Duration.ofSeconds(1)))) {
            HttpResponse<String> response = get(endpoint, PATH, "86400");

            assertThat(response.body().lines()).contains("pitot_probe_outcome{outcome=\"cancelled\"} 1.0");
        }
    }

    @Test
    void probesLeaveHalfOfThePlacesToThoseWhoRead() throws Exception {
        ProbeOptions most = probeOptions(this::endless).withAtOnce(32);
        start(most).close();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(most.withAtOnce(33)))
                .withMessage("concurrent probes exceed half of the 64 exchanges: 33");
    }

    @Test
    void aProbeIsAskedForByGet() throws Exception {
        try (MetricsEndpoint endpoint = start(this::endless)) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + PATH))
                            .HEAD()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("GET");
            assertThat(begun.getCount()).isEqualTo(1);
        }
    }

    /// Requests sent by another site's page in the browser of a user who can reach the endpoint.
    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, none, 200",
        "Sec-Fetch-Site, same-origin, 200"
    })
    void aBrowserIsNotSentToProbe(String header, String value, int status) throws Exception {
        try (MetricsEndpoint endpoint = start(ProbeTest::lan)) {
            HttpRequest request = HttpRequest.newBuilder(request(endpoint, PATH, "5"), (_, _) -> true)
                    .header(header, value)
                    .build();

            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void aFaultOfTheCallersIsAnAnswerToo() throws Exception {
        ProbeOptions broken = probeOptions(this::endless).withTargets(target -> {
            throw new IllegalStateException("secret of " + target);
        });
        try (MetricsEndpoint endpoint = start(broken)) {
            HttpResponse<String> response = get(endpoint, PATH, "5");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("internal error: report it to the operator of this endpoint\n");
        }
    }

    @Test
    void afterTheEndNoProbeBegins() throws Exception {
        var runner = new ProbeRunner(probeOptions(this::endless), _ -> {});
        runner.close();

        assertThat(runner.page(new ProbeRequest(new ProbeTarget("lab", 1), "lan"), Duration.ofMillis(100), null))
                .isNull();
        assertThat(begun.getCount()).isEqualTo(1);
    }

    @Test
    void aProbeForWhichNobodyWaitsAnyMoreIsCancelled() throws Exception {
        try (var runner = new ProbeRunner(probeOptions(this::endless), _ -> {})) {
            var request = new ProbeRequest(new ProbeTarget("lab", 1), "lan");
            var asking = new FutureTask<>(() -> String.valueOf(runner.page(request, Duration.ofMinutes(1), null)));
            Thread thread = Thread.ofVirtual().start(asking);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            thread.interrupt();

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void onlyAProbeThatHasAPlaceGetsTime() throws Exception {
        List<Duration> times = new CopyOnWriteArrayList<>();
        try (var runner = new ProbeRunner(probeOptions(this::endless), times::add)) {
            var request = new ProbeRequest(new ProbeTarget("lab", 1), "lan");
            Thread first = Thread.ofVirtual()
                    .start(new FutureTask<>(() -> String.valueOf(runner.page(request, Duration.ofMinutes(1), null))));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(runner.page(request, Duration.ofSeconds(9), null)).isNull();
            first.interrupt();
            assertThat(first.join(Duration.ofSeconds(5))).isTrue();

            assertThat(times).containsExactly(Duration.ofMillis(60_250));
        }
    }

    @Test
    void aSecondProbeIsToldToComeBackLater() throws Exception {
        try (MetricsEndpoint endpoint = start(this::endless)) {
            CompletableFuture<HttpResponse<String>> first =
                    http.sendAsync(request(endpoint, PATH, "3"), HttpResponse.BodyHandlers.ofString());
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            HttpResponse<String> second = get(endpoint, PATH, "60");

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingCancelsTheProbesThatRun() throws Exception {
        CompletableFuture<?> answer;
        try (MetricsEndpoint endpoint = start(this::endless)) {
            answer = http.sendAsync(request(endpoint, PATH, "60"), HttpResponse.BodyHandlers.ofString());
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        // the response may or may not be sent before its connection is closed
        assertThat(answer.handle((_, _) -> true)).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aProbeWithoutOutcomeFails() throws Exception {
        Prober broken = (_, _, _, _) -> {
            throw new IOException("no route");
        };
        try (MetricsEndpoint endpoint = start(broken)) {
            assertThat(get(endpoint, PATH, "5").body().lines())
                    .contains("pitot_probe_success 0.0", "pitot_probe_outcome{outcome=\"failed\"} 1.0");
        }
    }

    @Test
    void aQuestionThatCannotBeAnsweredIsRefusedWithASentence() throws Exception {
        Prober never = (_, _, _, _) -> new Outcome(TestReport.EMPTY, new Ending.Completed());
        try (MetricsEndpoint endpoint = start(never)) {
            HttpResponse<String> response = get(endpoint, "/probe?target=lab&profile=moon", "5");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("unknown profile: one of lan\n");
            assertThat(get(endpoint, PATH, "soon").statusCode()).isEqualTo(400);
        }
    }
}
