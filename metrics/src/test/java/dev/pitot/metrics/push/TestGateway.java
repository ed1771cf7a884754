package dev.pitot.metrics.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// HTTP server that records requests and answers with the given statuses, then with 200. It can
/// wait before each response until it is released.
final class TestGateway implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> leave = new LinkedBlockingQueue<>();
    private final boolean waits;

    record Request(
            String line,
            String body,
            @Nullable String type,
            @Nullable String agent,
            @Nullable String proof) {}

    private TestGateway(HttpServer server, boolean waits, List<Integer> statuses) {
        this.server = server;
        this.waits = waits;
        this.statuses.addAll(statuses);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static TestGateway answering(Integer... statuses) throws IOException {
        return new TestGateway(HttpServer.create(anywhere(), 0), false, List.of(statuses));
    }

    /// Starts a server that answers only when released.
    static TestGateway waiting() throws IOException {
        return new TestGateway(HttpServer.create(anywhere(), 0), true, List.of());
    }

    /// Starts a server with TLS.
    ///
    /// @param wantsClient true if it requires client certificates
    static TestGateway secure(SSLContext context, boolean wantsClient) throws IOException {
        HttpsServer server = HttpsServer.create(anywhere(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(wantsClient);
                parameters.setSSLParameters(ssl);
            }
        });
        return new TestGateway(server, false, List.of());
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    body,
                    headers.getFirst("Content-Type"),
                    headers.getFirst("User-Agent"),
                    headers.getFirst("Authorization")));
            if (waits) {
                leave.take();
            }
            Integer status = statuses.poll();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    /// Releases one response.
    void letGo() {
        leave.add(true);
    }

    /// Waits for the next request.
    Request next() throws InterruptedException {
        Request request = requests.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    /// Returns the remaining requests.
    List<String> rest() {
        List<Request> rest = new ArrayList<>();
        requests.drainTo(rest);
        return rest.stream().map(Request::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
