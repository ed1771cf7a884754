package dev.pitot.metrics.push;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Discards a response body, so that the connection can be reused; cancels the response after 64
/// KiB.
final class DiscardedBody implements BodySubscriber<Boolean> {
    private static final long MAX_BYTES = 65_536;

    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    @Override
    public CompletionStage<Boolean> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription value) {
        subscription = value;
        value.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(buffer -> bytes += buffer.remaining());
        if (bytes > MAX_BYTES && subscription != null) {
            subscription.cancel();
            whole.complete(false);
        }
    }

    /// Ignores an incomplete body: the status has been read.
    @Override
    public void onError(Throwable reason) {
        whole.complete(false);
    }

    @Override
    public void onComplete() {
        whole.complete(true);
    }
}
