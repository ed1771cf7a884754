package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.push.PushGroup.Slashes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushGatewayTest {
    private static final String PUT = "PUT /metrics/job/iperf3";

    private static PushConfig config(TestGateway server, int retries) {
        return PushConfig.to(server.address()).with(new PushDelivery(Duration.ofSeconds(3), retries, "pitot/test"));
    }

    @Test
    void aPushIsAPutToTheGroup() throws Exception {
        try (var server = TestGateway.answering(202);
                var gateway = new PushGateway(config(server, 0)
                        .with(PushGroup.DEFAULT.with("site", "a/b").with("x", "y z")))) {
            gateway.push("a 1\nb{c=\"ü\"} 2\n");

            assertThat(server.next())
                    .isEqualTo(new TestGateway.Request(
                            "PUT /metrics/job/iperf3/site/a%2Fb/x/y%20z",
                            "a 1\nb{c=\"ü\"} 2\n", "text/plain; version=0.0.4; charset=utf-8", "pitot/test", null));
        }
    }

    @Test
    void aDeletionIsADeleteOfTheGroup() throws Exception {
        try (var server = TestGateway.answering();
                var gateway = new PushGateway(PushConfig.to(server.address() + "/base/"))) {
            gateway.delete();

            TestGateway.Request request = server.next();
            assertThat(request.line()).isEqualTo("DELETE /base/metrics/job/iperf3");
            assertThat(request.body()).isEmpty();
        }
    }

    @Test
    void credentialsAreInEveryRequest() throws Exception {
        try (var server = TestGateway.answering()) {
            var bearer = new PushSecurity(new PushCredentials.Bearer("abc"), null, null);
            try (var gateway = new PushGateway(config(server, 0).with(bearer))) {
                gateway.push("");
            }
            var basic = new PushSecurity(new PushCredentials.Basic("Aladdin", "open sesame"), null, null);
            try (var gateway = new PushGateway(config(server, 0).with(basic))) {
                gateway.delete();
            }

            assertThat(server.next().proof()).isEqualTo("Bearer abc");
            assertThat(server.next().proof()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="); // RFC 7617, 2
        }
    }

    @Test
    void aServerInTroubleIsAskedAgain() throws Exception {
        try (var server = TestGateway.answering(429, 503, 200);
                var gateway = new PushGateway(config(server, 2))) {
            gateway.push("a 1\n");

            assertThat(server.rest()).containsExactly(PUT, PUT, PUT);
        }
    }

    @Test
    void noMoreTriesAreMadeThanAllowed() throws Exception {
        try (var server = TestGateway.answering(500, 599, 200);
                var gateway = new PushGateway(config(server, 1))) {
            assertThatThrownBy(() -> gateway.push("a 1\n"))
                    .isInstanceOf(PushException.class)
                    .hasMessage("the Pushgateway at " + server.address() + " answered 599 (tried 2 times)");
            assertThat(server.rest()).containsExactly(PUT, PUT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 400, 401, 404})
    void aRefusalIsFinalAndNotFollowed(int status) throws Exception {
        try (var server = TestGateway.answering(status);
                var gateway = new PushGateway(config(server, 3))) {
            assertThatThrownBy(() -> gateway.push("a 1\n")).hasMessageContaining(" answered " + status);
            assertThat(server.rest()).containsExactly(PUT);
        }
    }

    @Test
    void aRefusedSlashIsExplained() throws Exception {
        var group = new PushGroup("a/b", LabelSet.NONE, Slashes.PERCENT);
        try (var server = TestGateway.answering(400);
                var gateway = new PushGateway(config(server, 0).with(group))) {
            assertThatThrownBy(() -> gateway.push(""))
                    .hasMessage("the Pushgateway at " + server.address()
                            + " answered 400: it accepts values with a slash only in base64 form");
        }
    }

    @Test
    void nobodyThereIsTriedAgainAndTold() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var config = PushConfig.to("127.0.0.1:" + port).with(new PushDelivery(Duration.ofSeconds(3), 1, "x"));
        try (var gateway = new PushGateway(config)) {
            assertThatThrownBy(() -> gateway.push(""))
                    .isInstanceOf(PushException.class)
                    .hasMessageMatching("the Pushgateway at http://127.0.0.1:" + port
                            + " cannot be reached: (Connection refused|no connection) \\(tried 2 times\\)");
        }
    }

    @Test
    void aSlowServerHasOneTimeoutForItsAnswer() throws Exception {
        try (var server = TestGateway.waiting();
                var gateway = new PushGateway(
                        PushConfig.to(server.address()).with(new PushDelivery(Duration.ofMillis(300), 0, "x")))) {
            assertThatThrownBy(() -> gateway.push(""))
                    .hasMessage("the Pushgateway at " + server.address() + " did not answer within 0.3 s");
        }
    }

    /// Sends a response on each connection, then nothing, or an endless body.
    private static void answer(ServerSocket door, String head, boolean floods) {
        try (Socket socket = door.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] block = new byte[8192];
            while (floods) {
                out.write(block);
            }
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // closed by the client
        }
    }

    private static void answerAll(ServerSocket door, String head) {
        while (!door.isClosed()) {
            answer(door, head, false);
        }
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n";
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway = new PushGateway(PushConfig.to("127.0.0.1:" + door.getLocalPort()))) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> answer(door, head, true));

            gateway.push("a 1\n");

            flood.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aBodyThatDripsCostsNoMoreThanTheTimeout() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx";
        var timeout = new PushDelivery(Duration.ofMillis(300), 0, "x");
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway = new PushGateway(
                        PushConfig.to("127.0.0.1:" + door.getLocalPort()).with(timeout))) {
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> answer(door, head, false));

            assertThatThrownBy(() -> gateway.push("a 1\n")).hasMessageEndingWith("did not answer within 0.3 s");

            drip.get(30, TimeUnit.SECONDS);
        }
    }

    /// A response must not be able to control the terminal on which the message is displayed.
    @Test
    void whatTheOtherEndSaysIsShownWithoutControlCharacters() throws Exception {
        String head = "HTTP/1.1 \u001b]0;title\u0007\u009b31m\u007f" + "x".repeat(1000) + "\r\n\r\n";
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway = new PushGateway(PushConfig.to("127.0.0.1:" + door.getLocalPort()))) {
            Thread.startVirtualThread(() -> answerAll(door, head)); // Java's client sends more than one request

            String failure = failure(gateway);

            assertThat(failure)
                    .contains("cannot be reached: ", "?]0;title?", "xxx…")
                    .hasSizeLessThan(300)
                    .doesNotContainPattern("\\p{Cc}");
        }
    }

    @Test
    void closingEndsTheWaitBeforeAnotherTry() throws Exception {
        try (var server = TestGateway.answering(503, 503, 503, 503, 503, 503, 503, 503, 503, 503, 503)) {
            var gateway = new PushGateway(config(server, 10)); // 8 s of pauses
            CompletableFuture<String> push = CompletableFuture.supplyAsync(() -> failure(gateway));
            List.of(server.next(), server.next())
                    .forEach(request -> assertThat(request.line()).isEqualTo(PUT));

            gateway.close();

            assertThat(push.get(30, TimeUnit.SECONDS)).contains("the Pushgateway at ");
        }
    }

    private static String failure(PushGateway gateway) {
        try {
            gateway.push("");
            return "";
        } catch (PushException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
