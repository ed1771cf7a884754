package dev.pitot.metrics.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.pitot.metrics.prometheus.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// HTTP response.
///
/// @param status HTTP status code
/// @param page the body and its type
/// @param headers headers in addition to those of every response
record HttpResponse(int status, Page page, Map<String, String> headers) {
    private static final int OK = 200;
    private static final int NO_BODY = -1; // HttpExchange.sendResponseHeaders

    static HttpResponse ok(Page page) {
        return new HttpResponse(OK, page, Map.of());
    }

    static HttpResponse ok(String contentType, String text) {
        return ok(new Page(contentType, text));
    }

    /// Returns a plain-text response with one sentence.
    static HttpResponse sentence(int status, String text) {
        return new HttpResponse(status, new Page("text/plain; charset=utf-8", text + "\n"), Map.of());
    }

    HttpResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpResponse(status, page, Map.copyOf(more));
    }

    void send(HttpExchange exchange) throws IOException {
        Headers fields = exchange.getResponseHeaders();
        headers.forEach(fields::set);
        fields.set("Content-Type", page.contentType());
        fields.set("Cache-Control", "no-store");
        fields.set("X-Content-Type-Options", "nosniff");
        fields.set("Content-Security-Policy", "default-src 'none'");
        byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            fields.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
