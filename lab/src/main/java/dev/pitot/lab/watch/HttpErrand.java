package dev.pitot.lab.watch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes the call of a hook. Redirects are not followed, certificates are checked. Messages name
/// the method, the host and the port only: the rest of the address, headers and body may hold
/// secrets. Used by one thread.
final class HttpErrand {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final String TAG_HEADER = "X-Pitot-Tag";

    private final Hook.Http hook;
    private final Map<String, String> values;
    private final String name;

    /// A call that is not made yet.
    ///
    /// @param values of placeholders
    HttpErrand(Hook.Http hook, Map<String, String> values) {
        this.hook = hook;
        this.values = values;
        URI address = hook.address();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        name = "The hook " + hook.method() + " " + address.getScheme() + "://" + address.getHost() + port;
    }

    Said run() throws InterruptedException {
        HttpRequest request;
        try {
            request = request();
        } catch (IllegalArgumentException _) {
            // the reason may show a header's value
            return Said.failed(name + " cannot be called: its address or one of its headers is not allowed in HTTP.");
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(hook.patience())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            return answer(
                    client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES)));
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest request() {
        String body = hook.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(Placeholders.filled(hook.address(), values))
                .timeout(hook.patience())
                .method(
                        hook.method(),
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(Placeholders.filled(body, values)));
        hook.headers().forEach((header, value) -> request.header(header, Placeholders.filled(value, values)));
        return request.build();
    }

    private Said answer(CompletableFuture<HttpResponse<byte[]>> call) throws InterruptedException {
        try {
            return said(call.get(hook.patience().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return tooLate(hook.patience());
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private Said said(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            return Said.failed(name + " was answered with " + response.statusCode() + ".");
        }
        String tag = response.headers().firstValue(TAG_HEADER).orElse(null);
        return Said.done(tag != null ? tag.strip() : new String(response.body(), StandardCharsets.UTF_8).strip());
    }

    private Said tooLate(Duration patience) {
        return Said.failed(name + " was not answered within " + Durations.text(patience) + ".");
    }

    private Said failed(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> tooLate(hook.patience());
            case ConnectException _ -> Said.failed(name + " failed: nobody answers there.");
            case IOException e
            when isTooLong(e) ->
                Said.failed(name + " was answered with more than " + MAX_ANSWER_BYTES / 1024 + " KiB.");
            case IOException e
            when "https".equalsIgnoreCase(hook.address().getScheme()) ->
                Said.failed(name + " failed, perhaps because of its certificate: " + reason(e));
            case IOException e -> Said.failed(name + " failed: " + reason(e));
            case null, default -> Said.failed(name + " failed: " + cause);
        };
    }

    private static boolean isTooLong(IOException problem) {
        return reason(problem).contains("body exceeds capacity"); // java.net.http's own words
    }

    private static String reason(IOException problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
