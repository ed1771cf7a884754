package dev.pitot.probe.rpm;

import dev.pitot.model.time.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Measures responsiveness under load: reads the server's configuration, probes without load, then loads each
/// direction, or both at once, and probes. For one measurement, by one thread; any thread may end it.
public final class RpmMeasurement {
    private final RpmTarget target;
    private final TlsTrust trust;
    private final RpmOptions options;
    private final RpmListener listener;
    private final NanoClock clock;
    private final RpmStop stop = new RpmStop();
    private boolean hasRun;

    /// Makes a measurement that has not begun.
    ///
    /// @param trust in the server's certificate
    /// @param listener receives the progress of each interval under load
    /// @param clock of all times
    public RpmMeasurement(RpmTarget target, TlsTrust trust, RpmOptions options, RpmListener listener, NanoClock clock) {
        this.target = target;
        this.trust = trust;
        this.options = options;
        this.listener = listener;
        this.clock = clock;
    }

    /// Measures. Interruption ends it as [#cancel()] does.
    ///
    /// @return what was measured, also if it was cancelled or the server failed
    /// @throws RpmException with a sentence, if nothing could be measured
    /// @throws IllegalStateException if it has been called before
    public RpmResult run() throws RpmException {
        if (hasRun) {
            throw new IllegalStateException("an RpmMeasurement measures once: make another");
        }
        hasRun = true;
        ExecutorService executor = Executors.newCachedThreadPool(RpmMeasurement::thread);
        try {
            RpmResult result = run(new RpmClients(trust.context(), executor, clock));
            if (result.idle() == null && result.brokenOff() != null) {
                throw new RpmException(result.brokenOff());
            }
            return result;
        } finally {
            executor.shutdownNow();
        }
    }

    /// Makes a platform thread: virtual threads would share few processors in turn, so that a probe would wait for the
    /// clients that decrypt the load.
    private static Thread thread(Runnable task) {
        return Thread.ofPlatform().daemon().name("pitot-rpm").unstarted(task);
    }

    /// Ends the measurement: [#run()] returns within a second, with what is known. Any thread, at any time.
    public void cancel() {
        stop.cancel();
    }

    private RpmResult run(RpmClients clients) {
        RpmUrls urls = switch (target) {
            case RpmTarget.Config(URI url) -> fetch(url, clients);
            case RpmTarget.Urls(RpmUrls known) -> known;
        };
        InetSocketAddress server = urls == null ? null : stop.await(resolve(urls.small(), clients));
        if (urls == null || server == null) {
            return new RpmResult(urls, null, List.of(), stop.failure(), stop.isCancelled());
        }
        List<RpmScore> scores = new ArrayList<>();
        RpmTerms idle;
        try (var prober = new ForeignProbe(server, urls.small(), trust.context(), clock)) {
            var context = new RpmContext(urls, options, clients, prober, stop, listener);
            idle = IdlePhase.run(context);
            for (RpmDirection direction : directions()) {
                if (!stop.isRequested()) {
                    scores.add(load(direction, context));
                }
            }
        }
        return new RpmResult(urls, idle, scores, stop.failure(), stop.isCancelled());
    }

    private RpmScore load(RpmDirection direction, RpmContext context) {
        try (var phase = new LoadPhase(direction, context)) {
            return phase.run();
        }
    }

    private List<RpmDirection> directions() {
        return options.isBoth() ? List.of(RpmDirection.BOTH) : List.of(RpmDirection.DOWNLOAD, RpmDirection.UPLOAD);
    }

    /// Returns null if it is to end.
    private @Nullable RpmUrls fetch(URI url, RpmClients clients) {
        HttpClient client = clients.client(clients.tls());
        try {
            var request = RpmClients.request(url).GET().build();
            HttpResponse<byte[]> response = stop.await(BoundedBody.send(client, request, ConfigReader.MAX_BYTES)
                    .exceptionallyCompose(failure -> HttpFailure.hidesItsCause(failure)
                            ? BoundedBody.send(client, request, ConfigReader.MAX_BYTES)
                            : CompletableFuture.failedFuture(failure))
                    .orTimeout(ForeignProbe.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            return response == null ? null : ConfigReader.read(response.body());
        } catch (RpmException e) {
            stop.fail(String.valueOf(e.getMessage()));
            return null;
        } finally {
            client.shutdownNow();
        }
    }

    private static CompletableFuture<InetSocketAddress> resolve(URI url, RpmClients clients) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new InetSocketAddress(InetAddress.getByName(url.getHost()), RpmUrls.port(url));
                    } catch (UnknownHostException e) {
                        throw new CompletionException(
                                new RpmException("unknown host '" + url.getHost() + "': check its name", e));
                    }
                },
                clients.executor());
    }
}
