package dev.pitot.metrics.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.prometheus.Page;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// HTTP handler for all paths. Called on the exchange's own thread.
final class EndpointHandler implements HttpHandler {
    private static final int NOT_ANSWERED = -1; // HttpExchange.getResponseCode
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int URI_TOO_LONG = 414;
    private static final int BROKEN = 500;
    private static final int UNAVAILABLE = 503;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");
    private static final String INDEX = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Pitot</title></head>
            <body>
            <h1>Pitot</h1>
            <ul>
            <li><a href="metrics">metrics</a></li>
            <li>probe?target=host:port&amp;profile=name</li>
            <li><a href="-/healthy">-/healthy</a></li>
            <li><a href="-/ready">-/ready</a></li>
            </ul>
            </body>
            </html>
            """;

    private final LiveMetrics metrics;
    private final @Nullable ProbeRunner probes;
    private final EndpointLimits limits;
    private final ExchangeExecutor exchangeExecutor;
    private final Semaphore scrapes;

    EndpointHandler(
            LiveMetrics metrics,
            @Nullable ProbeRunner probes,
            EndpointLimits limits,
            ExchangeExecutor exchangeExecutor) {
        this.metrics = metrics;
        this.probes = probes;
        this.limits = limits;
        this.exchangeExecutor = exchangeExecutor;
        scrapes = new Semaphore(limits.scrapes());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchangeExecutor.allowAnswer(Duration.ZERO);
            sendOrSay(exchange);
        } catch (InterruptedException _) { // timed out or closed: the connection is closed too
            Thread.currentThread().interrupt();
        }
    }

    private void sendOrSay(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            send(exchange);
        } catch (RuntimeException e) { // a bug: the JDK's server would send no response
            if (exchange.getResponseCode() != NOT_ANSWERED) {
                throw e;
            }
            HttpResponse.sentence(BROKEN, "internal error: report it to the operator of this endpoint")
                    .send(exchange);
        }
    }

    private void send(HttpExchange exchange) throws IOException, InterruptedException {
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery();
        if (!METHODS.contains(exchange.getRequestMethod())) {
            HttpResponse.sentence(METHOD_NOT_ALLOWED, "use GET or HEAD")
                    .with("Allow", "GET, HEAD")
                    .send(exchange);
        } else if (query != null && query.length() > limits.queryChars()) {
            HttpResponse.sentence(URI_TOO_LONG, "the query is longer than " + limits.queryChars() + " characters")
                    .send(exchange);
        } else {
            sendPath(exchange, uri.getPath(), query);
        }
    }

    private void sendPath(HttpExchange exchange, String path, @Nullable String query)
            throws IOException, InterruptedException {
        switch (path) {
            case "/" -> HttpResponse.ok("text/html; charset=utf-8", INDEX).send(exchange);
            case "/-/healthy" ->
                HttpResponse.ok("text/plain; charset=utf-8", "healthy\n").send(exchange);
            case "/-/ready" -> readiness().send(exchange);
            case "/metrics" -> sendMetrics(exchange);
            case "/probe" -> response(exchange, query).send(exchange);
            default ->
                HttpResponse.sentence(NOT_FOUND, "not found: use /metrics, /probe, /-/healthy or /-/ready")
                        .send(exchange);
        }
    }

    private HttpResponse readiness() {
        return metrics.isReady()
                ? HttpResponse.ok("text/plain; charset=utf-8", "ready\n")
                : HttpResponse.sentence(UNAVAILABLE, "not ready: the server is not listening yet");
    }

    private void sendMetrics(HttpExchange exchange) throws IOException {
        if (!scrapes.tryAcquire()) {
            HttpResponse.sentence(UNAVAILABLE, "too many concurrent scrapes: try again")
                    .with("Retry-After", "1")
                    .send(exchange);
            return;
        }
        try {
            HttpResponse.ok(metrics.page(accept(exchange.getRequestHeaders()))).send(exchange);
        } finally {
            scrapes.release();
        }
    }

    /// Answers a request for a probe. A probe costs more than a page, so it is run only for GET,
    /// and not for requests that another site's web page makes a browser send.
    private HttpResponse response(HttpExchange exchange, @Nullable String query) throws InterruptedException {
        if (!exchange.getRequestMethod().equals("GET")) {
            return HttpResponse.sentence(METHOD_NOT_ALLOWED, "use GET for a probe")
                    .with("Allow", "GET");
        }
        Headers headers = exchange.getRequestHeaders();
        String site = headers.getFirst("Sec-Fetch-Site"); // W3C Fetch Metadata; only browsers send it
        if (headers.containsKey("Origin") || (site != null && !OWN_SITES.contains(site))) {
            return HttpResponse.sentence(
                    FORBIDDEN, "probes cannot be requested by another site's page: open the address directly");
        }
        return probe(headers, query);
    }

    private HttpResponse probe(Headers headers, @Nullable String query) throws InterruptedException {
        if (probes == null) {
            return HttpResponse.sentence(
                    NOT_FOUND, "probes are disabled: start the endpoint with profiles to enable them");
        }
        ProbeRequest request;
        Duration deadline;
        try {
            request = ProbeRequest.parse(query, probes.probeOptions());
            deadline = ProbeRequest.deadline(
                    headers.getFirst("X-Prometheus-Scrape-Timeout-Seconds"),
                    probes.probeOptions().longest());
        } catch (IllegalArgumentException e) {
            return HttpResponse.sentence(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        Page page = probes.page(request, deadline, accept(headers));
        if (page == null) {
            return HttpResponse.sentence(UNAVAILABLE, "another probe is running: try again")
                    .with("Retry-After", Long.toString(probes.untilFree().toSeconds()));
        }
        return HttpResponse.ok(page);
    }

    private static @Nullable String accept(Headers headers) {
        return headers.getFirst("Accept");
    }
}
