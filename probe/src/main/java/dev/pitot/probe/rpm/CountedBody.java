package dev.pitot.probe.rpm;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Body that is counted and forgotten; its value is true. Used by the HTTP client.
final class CountedBody implements HttpResponse.BodySubscriber<Boolean> {
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private final AtomicLong bytes;

    private CountedBody(AtomicLong bytes) {
        this.bytes = bytes;
    }

    /// Sends a request and discards the response; one of a status other than 2xx fails unread.
    ///
    /// @param bytes grows by those that have arrived
    static CompletableFuture<HttpResponse<Boolean>> send(HttpClient client, HttpRequest request, AtomicLong bytes) {
        var refusal = new AtomicReference<@Nullable RpmException>();
        HttpResponse.BodyHandler<Boolean> handler = info -> {
            var body = new CountedBody(bytes);
            if (info.statusCode() / 100 != 2) {
                RpmException why = HttpFailure.of(info.statusCode(), info.headers(), request.uri());
                refusal.set(why);
                body.result.completeExceptionally(why);
            }
            return body;
        };
        return client.sendAsync(request, handler).handle(HttpFailure.preferring(refusal));
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (result.isDone()) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        long sum = 0;
        for (ByteBuffer part : parts) {
            sum += part.remaining();
        }
        bytes.addAndGet(sum);
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(true);
    }
}
