package dev.pitot.probe.rpm;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection that carries load, and its self probes: an HTTP client of its own, so that it shares its
/// connection with no other. A GET of the small object opens it, which tells whether it is HTTP/2. Safe for any
/// thread.
final class LoadConnection implements AutoCloseable {
    /// Bytes that one request for load must move; one that ends before cannot load a line.
    private static final long LEAST_LOAD = 1 << 20;

    private static final double NANOS_PER_MILLI = 1e6;

    private final RpmUrls urls;
    private final RpmClients clients;
    private final SendQueue queue = new SendQueue();
    private final AtomicLong received = new AtomicLong();
    private final HttpClient client;
    private volatile boolean isMultiplexed = true; // until a response says that it is not
    private volatile @Nullable String label; // of the connection that the load is on
    private volatile boolean isClosed;

    LoadConnection(RpmUrls urls, RpmClients clients) {
        this.urls = urls;
        this.clients = clients;
        client = clients.client(CountedContext.of(clients.tls(), queue));
    }

    /// Opens the connection.
    ///
    /// @return whether probes can share it with the load
    CompletableFuture<Boolean> open() {
        return small().thenApply(response -> {
            isMultiplexed = response.version() == HttpClient.Version.HTTP_2;
            label = response.connectionLabel().orElse(null);
            if (isMultiplexed && RpmUrls.isSecure(urls.small())) {
                queue.measured();
            }
            return isMultiplexed;
        });
    }

    /// Opens the connection, then loads it until it is closed.
    ///
    /// @param isUpload direction
    /// @param onFailure receives a sentence if that is not possible any more
    void load(boolean isUpload, Consumer<String> onFailure) {
        var _ = open().thenCompose(_ -> isUpload ? upload() : download()).whenComplete((_, failure) -> {
            if (isClosed) {
                return;
            }
            if (failure == null) {
                load(isUpload, onFailure); // its object had an end
            } else {
                onFailure.accept(HttpFailure.sentence(failure));
            }
        });
    }

    private CompletableFuture<Boolean> download() {
        long before = received.get();
        HttpRequest request = RpmClients.request(urls.large()).GET().build();
        return CountedBody.send(client, request, received).thenApply(_ -> check(urls.large(), received.get() - before));
    }

    private CompletableFuture<Boolean> upload() {
        long before = queue.sent();
        HttpRequest request = RpmClients.request(urls.upload())
                .header("Content-Type", "application/octet-stream")
                .POST(new UploadPublisher(queue, clients.executor()))
                .build();
        return CountedBody.send(client, request, new AtomicLong())
                .thenApply(_ -> check(urls.upload(), queue.sent() - before));
    }

    private static boolean check(URI url, long moved) {
        if (moved < LEAST_LOAD) {
            throw new CompletionException(new RpmException(
                    "%s ended after %d bytes: a load needs an object of gigabytes, or a server that reads the whole upload"
                            .formatted(url, moved)));
        }
        return true;
    }

    /// Gets the small object beside the load.
    ///
    /// @return milliseconds; empty if it was on another connection than the load
    CompletableFuture<OptionalDouble> probe() {
        String loaded = label;
        long begin = clients.clock().nanoTime();
        return small().thenApply(response -> {
            double millis = (clients.clock().nanoTime() - begin) / NANOS_PER_MILLI;
            boolean isSame = response.version() == HttpClient.Version.HTTP_2
                    && response.connectionLabel().equals(Optional.ofNullable(loaded));
            if (!isSame) {
                label = null; // the server has ended the other, or will
            }
            return isSame ? OptionalDouble.of(millis) : OptionalDouble.empty();
        });
    }

    /// Gets the small object. The request's own timeout ends with the response's headers.
    private CompletableFuture<HttpResponse<byte[]>> small() {
        HttpRequest request = RpmClients.request(urls.small())
                .timeout(ForeignProbe.TIMEOUT)
                .GET()
                .build();
        return BoundedBody.send(client, request, ObjectRequest.MAX_BYTES)
                .orTimeout(ForeignProbe.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Bytes of bodies that have arrived.
    long received() {
        return received.get();
    }

    /// Bytes of bodies that were given to the socket.
    long sent() {
        return queue.sent();
    }

    /// True if it is open and probes can share it with the load.
    boolean canProbe() {
        return label != null && isMultiplexed;
    }

    /// False if the server speaks HTTP/1.1 only.
    boolean isMultiplexed() {
        return isMultiplexed;
    }

    @Override
    public void close() {
        isClosed = true;
        client.shutdownNow();
    }
}
