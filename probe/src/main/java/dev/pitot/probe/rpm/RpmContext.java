package dev.pitot.probe.rpm;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Dependencies of the phases of one measurement.
///
/// @param urls of the server
/// @param prober for connections beside the load
record RpmContext(
        RpmUrls urls, RpmOptions options, RpmClients clients, ForeignProbe prober, RpmStop stop, RpmListener listener) {
    /// Returns a connection that is not open yet.
    LoadConnection connection() {
        return new LoadConnection(urls, clients);
    }

    /// Starts a foreign probe.
    CompletableFuture<ProbeTimes.Foreign> foreign() {
        CompletableFuture<ProbeTimes.Foreign> probe = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return prober.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                clients.executor());
        return probe.orTimeout(ForeignProbe.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
}
