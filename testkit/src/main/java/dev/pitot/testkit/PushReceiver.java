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

/// Takes pushes as a Pushgateway would, keeps them for a test to look at, and answers as it was
/// told. Any thread may ask.
public final class PushReceiver implements AutoCloseable {
    private static final int NEVER = 0;
    private static final int OK = 200;
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int status;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();

    /// One request.
    ///
    /// @param method PUT or DELETE
    /// @param path as it came, encoded
    /// @param userAgent what its sender calls itself; empty for nothing
    /// @param authorization what its sender says of itself; empty for nothing
    /// @param body the metrics
    public record Push(String method, String path, String userAgent, String authorization, String body) {}

    private PushReceiver(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// One that is content with everything.
    public static PushReceiver start() throws IOException {
        return new PushReceiver(OK);
    }

    /// One that gives every request the same answer.
    ///
    /// @param status of HTTP
    public static PushReceiver answering(int status) throws IOException {
        return new PushReceiver(status);
    }

    /// One that takes requests and never answers.
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
        } catch (InterruptedException _) { // nobody waits for an answer any more
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /// Where it takes pushes.
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Waits for the first request that nobody has taken and that is as wanted; others are lost.
    ///
    /// @throws AssertionError if [ChildProcess#PATIENCE] passes without
    public Push await(Predicate<Push> wanted) throws InterruptedException {
        while (true) {
            Push push = pushes.poll(ChildProcess.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (push == null) {
                throw new AssertionError("no such push");
            }
            if (wanted.test(push)) {
                return push;
            }
        }
    }

    /// All requests so far that nobody has taken.
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
