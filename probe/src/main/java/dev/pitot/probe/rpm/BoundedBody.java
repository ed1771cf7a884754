package dev.pitot.probe.rpm;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Body of a response of status 200 up to a size; others are not read. Used by the HTTP client.
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final URI url;
    private final int most;
    private final AtomicReference<@Nullable RpmException> refusal;
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(URI url, int most, AtomicReference<@Nullable RpmException> refusal) {
        this.url = url;
        this.most = most;
        this.refusal = refusal;
    }

    /// Sends a request and reads the response.
    ///
    /// @param most bytes; a longer body fails, before it is read if its length is announced
    static CompletableFuture<HttpResponse<byte[]>> send(HttpClient client, HttpRequest request, int most) {
        var refusal = new AtomicReference<@Nullable RpmException>();
        return client.sendAsync(request, info -> of(info, new BoundedBody(request.uri(), most, refusal)))
                .handle(HttpFailure.preferring(refusal));
    }

    private static BoundedBody of(HttpResponse.ResponseInfo info, BoundedBody body) {
        if (info.statusCode() != 200) {
            body.refuse(HttpFailure.of(info.statusCode(), info.headers(), body.url));
        } else if (info.headers().firstValueAsLong("content-length").orElse(0) > body.most) {
            body.refuseLength();
        }
        return body;
    }

    private void refuseLength() {
        refuse(new RpmException(url + " has more than " + most + " bytes"));
    }

    private void refuse(RpmException why) {
        refusal.compareAndSet(null, why);
        result.completeExceptionally(why);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (result.isDone()) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (bytes.size() + part.remaining() > most) {
                refuseLength();
            }
            if (!result.isDone()) {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                bytes.writeBytes(copy);
            }
        }
        if (result.isDone() && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(bytes.toByteArray());
    }
}
