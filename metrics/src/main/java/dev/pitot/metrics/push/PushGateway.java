package dev.pitot.metrics.push;

import dev.pitot.metrics.record.PlainNumber;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Client of a Prometheus Pushgateway. Calls block until it answers and throw if the push failed.
/// Holds an HTTP client with its threads until it is closed. Thread-safe.
///
/// A request without an answer, or with the status 429 or 5xx, is retried as often as configured,
/// after 100 ms, 200 ms and so on up to 1 s. Redirects are not followed, so that the credentials
/// are sent to the configured server only.
final class PushGateway implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_SHOWN = 200; // code points
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}"); // C0, DEL and C1
    private static final int CLASS = 100;

    private final PushConfig config;
    private final HttpClient client;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Result of one attempt.
    private sealed interface Answer {
        record Status(int code) implements Answer {}

        record None(Throwable cause) implements Answer {}
    }

    /// Creates a client, which connects at the first push.
    PushGateway(PushConfig config) {
        this.config = config;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.delivery().timeout());
        SSLContext context = config.security().context();
        if (context != null) {
            builder.sslContext(context);
        }
        client = builder.build();
    }

    /// Returns the configuration.
    PushConfig config() {
        return config;
    }

    /// Replaces all metrics of the group (PUT).
    ///
    /// @param text metrics in Prometheus text format
    /// @throws PushException if that failed
    /// @throws InterruptedException if the thread is interrupted; the metrics may or may not have
    ///     arrived
    void push(String text) throws PushException, InterruptedException {
        deliver(request()
                .header("Content-Type", TEXT)
                .PUT(HttpRequest.BodyPublishers.ofString(text))
                .build());
    }

    /// Deletes the group with all its metrics (DELETE). It is not a failure if the group does not
    /// exist.
    ///
    /// @throws PushException if that failed
    /// @throws InterruptedException if the thread is interrupted
    void delete() throws PushException, InterruptedException {
        deliver(request().DELETE().build());
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(config.groupAddress())
                .timeout(config.delivery().timeout())
                .header("User-Agent", config.delivery().userAgent());
        String authorization = HeaderText.authorization(config.security().credentials());
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private void deliver(HttpRequest request) throws PushException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            Answer answer = tryOnce(request);
            if (answer instanceof Answer.Status(int code) && isSuccess(code)) {
                return;
            }
            boolean isLast = tries > config.delivery().retries() || !isWorthRepeating(answer);
            if (isLast || closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failure(answer, tries);
            }
            pause = pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
        }
    }

    private static boolean isSuccess(int code) {
        return code / CLASS == 2;
    }

    private static boolean isWorthRepeating(Answer answer) {
        return switch (answer) {
            case Answer.Status(int code) -> code == TOO_MANY_REQUESTS || code / CLASS == 5;
            case Answer.None _ -> true;
        };
    }

    /// Makes one attempt. The HTTP client's timeout covers the response up to its headers; this one
    /// includes the body.
    private Answer tryOnce(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<Boolean>> response = client.sendAsync(request, _ -> new DiscardedBody());
        try {
            long nanos = config.delivery().timeout().toNanos();
            return new Answer.Status(response.get(nanos, TimeUnit.NANOSECONDS).statusCode());
        } catch (ExecutionException e) {
            return new Answer.None(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return new Answer.None(e);
        } finally {
            response.cancel(true); // no effect if it is complete
        }
    }

    private PushException failure(Answer answer, int tries) {
        String gateway = "the Pushgateway at " + config.endpoint();
        String times = tries == 1 ? "" : " (tried " + tries + " times)";
        return switch (answer) {
            case Answer.Status(int code) -> new PushException(gateway + " answered " + code + meaning(code) + times);
            case Answer.None(Throwable cause)
            when isTimeout(cause) ->
                new PushException(gateway + " did not answer within " + seconds() + " s" + times, cause);
            case Answer.None(Throwable cause) ->
                new PushException(gateway + " cannot be reached: " + reason(cause) + times, cause);
        };
    }

    private String meaning(int code) {
        boolean isRedirect = code / CLASS == 3;
        if ((isRedirect || code == BAD_REQUEST) && config.group().hasBareSlash()) {
            return ": it accepts values with a slash only in base64 form";
        }
        if (isRedirect) {
            return ": it has moved; use its new address";
        }
        return code == UNAUTHORIZED || code == FORBIDDEN ? ": check the credentials" : "";
    }

    static boolean isTimeout(@Nullable Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
    }

    private String seconds() {
        return PlainNumber.text(config.delivery().timeout().toMillis() / 1000.0);
    }

    /// Returns the first message in the chain of causes; the HTTP client's own exceptions often
    /// have none.
    private static String reason(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                return shown(message);
            }
        }
        return failure instanceof ConnectException
                ? "no connection"
                : failure.getClass().getSimpleName();
    }

    /// Returns a text that may come from the peer, shortened and without control characters.
    private static String shown(String message) {
        String text = CONTROL.matcher(message).replaceAll("?");
        int end = text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), MAX_SHOWN));
        return end < text.length() ? text.substring(0, end) + "…" : text;
    }

    /// Aborts running requests, and releases connections and threads within a second.
    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
        try {
            client.awaitTermination(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
