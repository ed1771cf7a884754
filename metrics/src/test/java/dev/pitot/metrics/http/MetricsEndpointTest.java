package dev.pitot.metrics.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.prometheus.Played;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MetricsEndpointTest {
    private final LiveMetrics metrics = new LiveMetrics("test", InstantSource.system());
    private final HttpClient http = HttpClient.newHttpClient();
    private MetricsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = start(EndpointLimits.DEFAULT);
    }

    private MetricsEndpoint start(EndpointLimits limits) throws IOException {
        return MetricsEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics, null, limits);
    }

    @AfterEach
    void close() {
        endpoint.close();
        http.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesThePageOfAllMetrics() throws Exception {
        Played.everything(metrics);

        HttpResponse<String> response = send(to("/metrics"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo(metrics.text());
    }

    @Test
    void servesOpenMetricsToThoseWhoAsk() throws Exception {
        HttpResponse<String> response =
                send(to("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(response.body()).endsWith("# EOF\n");
    }

    /// `Accept` header of Prometheus with native histograms.
    @Test
    void whoeverPrefersTheBinaryFormatGetsTextToo() throws Exception {
        HttpResponse<String> response = send(to("/metrics")
                .header(
                        "Accept",
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                                + "text/plain;version=0.0.4;q=0.3"));

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo(metrics.text());
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        int length = metrics.text().length();

        HttpResponse<String> response = send(to("/metrics").HEAD());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(length);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void isHealthyAndHasAnIndex() throws Exception {
        assertThat(send(to("/-/healthy")).body()).isEqualTo("healthy\n");
        assertThat(send(to("/")).body()).contains("<a href=\"metrics\">");
    }

    @Test
    void isReadyWithoutAServerAndWhenTheServerListens() throws Exception {
        int withoutServer = send(to("/-/ready")).statusCode();
        ServerListener server = metrics.forServer();
        HttpResponse<String> starting = send(to("/-/ready"));
        server.onServerEvent(new ServerEvent.Listening(5201, 1));
        server.onServerEvent(new ServerEvent.Listening(5201, 2));
        HttpResponse<String> listening = send(to("/-/ready"));

        assertThat(withoutServer).isEqualTo(200);
        assertThat(starting.statusCode()).isEqualTo(503);
        assertThat(starting.body()).isEqualTo("not ready: the server is not listening yet\n");
        assertThat(listening.statusCode()).isEqualTo(200);
        assertThat(listening.body()).isEqualTo("ready\n");
    }

    @Test
    void answersNothingElse() throws Exception {
        HttpResponse<String> post = send(to("/metrics").POST(HttpRequest.BodyPublishers.ofString("x=1")));

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(send(to("/metricsx")).statusCode()).isEqualTo(404);
        assertThat(send(to("/probe?target=a")).statusCode()).isEqualTo(404);
        assertThat(send(to("/metrics?" + "a".repeat(1_025))).statusCode()).isEqualTo(414);
    }

    @Test
    void aClientThatDawdlesIsCut() throws Exception {
        var limits = new EndpointLimits(1, 1, Duration.ofMillis(200), 100);
        try (MetricsEndpoint strict = start(limits);
                var socket = new Socket("localhost", strict.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET /metr".getBytes(US_ASCII));

            assertThat(endOf(socket)).isEqualTo(-1);
        }
    }

    @Test
    void aRequestsHeadHasTwoSecondsAtMost() throws Exception {
        try (var socket = new Socket("localhost", endpoint.port())) {
            socket.setSoTimeout(6_000);
            socket.getOutputStream().write("GET /metr".getBytes(US_ASCII));

            assertThat(endOf(socket)).isEqualTo(-1);
        }
    }

    @Test
    void itsThreadsKeepNoProcess() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (MetricsEndpoint another = start(EndpointLimits.DEFAULT)) {
            assertThat(another.port()).isPositive();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void oneRequestTooManyIsCutAndItsPlaceComesBack() throws Exception {
        var limits = new EndpointLimits(1, 1, Duration.ofSeconds(1), 100);
        try (MetricsEndpoint strict = start(limits);
                var slow = new Socket("localhost", strict.port())) {
            slow.getOutputStream().write("GET /metr".getBytes(US_ASCII));

            assertThat(becomes(false, strict)).isTrue();
            assertThat(becomes(true, strict)).isTrue();
        }
    }

    /// Repeats a request until it is answered, or is not.
    private static boolean becomes(boolean answered, MetricsEndpoint endpoint) throws Exception {
        for (int attempt = 0; attempt < 200; attempt++) {
            if (isAnswered(endpoint) == answered) {
                return true;
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private static boolean isAnswered(MetricsEndpoint endpoint) throws IOException {
        try (var socket = new Socket("localhost", endpoint.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET /-/healthy HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.startsWith("HTTP/1.1 200 OK") && answer.endsWith("healthy\n");
        } catch (SocketException _) { // reset
            return false;
        }
    }

    /// Returns -1 if the other end closed or reset the connection.
    private static int endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException _) { // reset
            return -1;
        }
    }

    @Test
    void closesItsPort() throws Exception {
        int port = endpoint.port();
        endpoint.close();

        try (MetricsEndpoint again =
                MetricsEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), metrics)) {
            assertThat(again.port()).isEqualTo(port);
        }
    }
}
