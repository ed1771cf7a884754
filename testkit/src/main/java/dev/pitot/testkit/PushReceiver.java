package dev.pitot.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Receives pushes like a Pushgateway, keeps them for assertions, and returns a configured
/// response. Thread-safe.
public final class PushReceiver implements AutoCloseable {
    private static final int NEVER = 0;
    private static final int OK = 200;
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int status;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();

    /// Request received.
    ///
    /// @param method PUT or DELETE
    /// @param path raw, encoded path
    /// @param userAgent `User-Agent` header; empty if there is none
    /// @param authorization `Authorization` header; empty if there is none
    /// @param body the metrics
    public record Push(String method, String path, String userAgent, String authorization, String body) {}

    private PushReceiver(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts a receiver that answers 200 to every request.
    public static PushReceiver start() throws IOException {
        return new PushReceiver(OK);
    }

    /// Starts a receiver that answers every request with the same status.
    ///
    /// @param status HTTP status code
    public static PushReceiver answering(int status) throws IOException {
        return new PushReceiver(status);
    }

    /// Starts a receiver that never answers.
    public static PushReceiver silent() throws IOException {
        return new PushReceiver(NEVER);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            pushes.add(new Push(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    header(exchange, "User-Agent"),
                    header(exchange, "Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (status == NEVER) {
                closed.await();
            } else {
                exchange.sendResponseHeaders(status, NO_BODY);
            }
        } catch (InterruptedException _) { // the response is no longer awaited
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /// Address for pushes.
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Waits for the next request that satisfies a condition; requests before it are discarded.
    ///
    /// @throws AssertionError if [ChildProcess#TIMEOUT] expires before that
    public Push await(Predicate<Push> wanted) throws InterruptedException {
        while (true) {
            Push push = pushes.poll(ChildProcess.TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            if (push == null) {
                throw new AssertionError("no such push");
            }
            if (wanted.test(push)) {
                return push;
            }
        }
    }

    /// Returns and removes all requests so far.
    public List<Push> taken() {
        List<Push> all = new ArrayList<>();
        pushes.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
