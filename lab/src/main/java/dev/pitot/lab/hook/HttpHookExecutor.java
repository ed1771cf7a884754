package dev.pitot.lab.hook;

import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Placeholders;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes the call of a hook. Redirects are not followed, certificates are checked. Messages name
/// the method, the host and the port only: the rest of the address, headers and body may hold
/// secrets. Used by one thread.
final class HttpHookExecutor {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final String TAG_HEADER = "X-Pitot-Tag";

    private final Hook.Http hook;
    private final Map<String, String> values;
    private final LineListener output;
    private final InstantSource clock;
    private final String name;

    /// A call that is not made yet.
    ///
    /// @param values of placeholders
    /// @param output is called with each line of the answer's body
    /// @param clock the wall clock
    HttpHookExecutor(Hook.Http hook, Map<String, String> values, LineListener output, InstantSource clock) {
        this.hook = hook;
        this.values = values;
        this.output = output;
        this.clock = clock;
        URI address = hook.address();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        name = "the hook " + hook.method() + " " + address.getScheme() + "://" + address.getHost() + port;
    }

    HookResult run() throws InterruptedException {
        HttpRequest request;
        try {
            request = request();
        } catch (IllegalArgumentException _) {
            // the reason may show a header's value
            return HookResult.failed(
                    name + " cannot be called: its address or one of its headers is not allowed in HTTP.");
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(hook.timeout())
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
                .timeout(hook.timeout())
                .method(
                        hook.method(),
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(Placeholders.filled(body, values)));
        hook.headers().forEach((header, value) -> request.header(header, Placeholders.filled(value, values)));
        return request.build();
    }

    private HookResult answer(CompletableFuture<HttpResponse<byte[]>> call) throws InterruptedException {
        try {
            return result(call.get(hook.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return tooLate(hook.timeout());
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private HookResult result(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            return HookResult.failed(name + " was answered with " + response.statusCode() + ".");
        }
        var parser = new HookOutputParser();
        new String(response.body(), StandardCharsets.UTF_8).lines().forEach(line -> {
            output.onLine(new OutputLine(clock.instant(), OutputLine.Origin.OUT, line));
            parser.line(line);
        });
        response.headers().firstValue(TAG_HEADER).ifPresent(tag -> parser.line("tag=" + tag));
        return parser.result().of(name);
    }

    private HookResult tooLate(Duration timeout) {
        return HookResult.failed("timed out waiting for " + name + " for " + NumberText.seconds(timeout));
    }

    private HookResult failed(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> tooLate(hook.timeout());
            case ConnectException _ -> HookResult.failed(name + " failed: nobody answers there.");
            case IOException e
            when isTooLong(e) ->
                HookResult.failed(name + " was answered with more than " + MAX_ANSWER_BYTES / 1024 + " KiB.");
            case IOException e
            when "https".equalsIgnoreCase(hook.address().getScheme()) ->
                HookResult.failed(name + " failed, perhaps because of its certificate: " + reason(e));
            case IOException e -> HookResult.failed(name + " failed: " + reason(e));
            case null, default -> HookResult.failed(name + " failed: " + cause);
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
