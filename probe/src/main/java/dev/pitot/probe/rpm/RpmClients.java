package dev.pitot.probe.rpm;

import dev.pitot.model.time.NanoClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/// Maker of HTTP clients: each has connections of its own, uses no proxy and follows no redirect.
///
/// @param tls trust in the server
/// @param executor of all clients
/// @param clock of probes
record RpmClients(SSLContext tls, Executor executor, NanoClock clock) {
    /// @param context this record's, or one that counts what it encrypts
    HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(ForeignProbe.TIMEOUT)
                .sslContext(context)
                .executor(executor)
                .build();
    }

    static HttpRequest.Builder request(URI url) {
        return HttpRequest.newBuilder(url).header("Accept-Encoding", "identity").header("User-Agent", "pitot");
    }
}
