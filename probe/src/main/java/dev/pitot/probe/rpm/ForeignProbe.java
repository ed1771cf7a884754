package dev.pitot.probe.rpm;

import dev.pitot.model.time.NanoClock;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Probes on connections of their own, each timed in its phases. Safe for any thread; a probe blocks its thread.
final class ForeignProbe implements AutoCloseable {
    /// Longest time without an answer.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Longest probe: a server that answers a byte at a time would otherwise hold it for hours.
    static final Duration LONGEST = TIMEOUT.multipliedBy(3);

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String HTTP2 = "h2";
    private static final String TLS13 = "TLSv1.3";
    private static final int TLS13_ROUND_TRIPS = 1; // RFC 8446, 2
    private static final int TLS12_ROUND_TRIPS = 2; // RFC 5246, 7.3: a full handshake, without false start

    private final InetSocketAddress server;
    private final URI url;
    private final @Nullable SSLContext tls;
    private final NanoClock clock;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /// @param server its address, so that no probe waits for a resolver
    /// @param url of the small object
    ForeignProbe(InetSocketAddress server, URI url, SSLContext tls, NanoClock clock) {
        this.server = server;
        this.url = url;
        this.tls = RpmUrls.isSecure(url) ? tls : null;
        this.clock = clock;
    }

    /// Connects, gets the small object and closes the connection.
    ///
    /// @throws IOException if any of it fails, or nothing comes for longer than [#TIMEOUT]
    ProbeTimes.Foreign run() throws IOException {
        try (var socket = new Socket()) {
            open.add(socket);
            return run(socket);
        } catch (EOFException e) {
            throw new IOException("the server closed the connection before its answer", e);
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    private ProbeTimes.Foreign run(Socket socket) throws IOException {
        if (isClosed) {
            throw new IOException("the measurement has ended");
        }
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        long begin = clock.nanoTime();
        socket.connect(server, (int) TIMEOUT.toMillis());
        double tcp = millisSince(begin);
        return tls == null ? plain(socket, tcp) : secure(socket, tcp, tls);
    }

    private ProbeTimes.Foreign plain(Socket socket, double tcp) throws IOException {
        long begin = clock.nanoTime();
        new ObjectRequest(url).run(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), false);
        return new ProbeTimes.Foreign(tcp, null, millisSince(begin));
    }

    private ProbeTimes.Foreign secure(Socket plain, double tcp, SSLContext context) throws IOException {
        try (var socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), server.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {HTTP2, "http/1.1"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            long begin = clock.nanoTime();
            socket.startHandshake();
            boolean isTls13 = socket.getSession().getProtocol().equals(TLS13);
            double tlsMillis = millisSince(begin) / (isTls13 ? TLS13_ROUND_TRIPS : TLS12_ROUND_TRIPS);
            socket.getSession().invalidate(); // the next probe makes a full handshake too
            begin = clock.nanoTime();
            new ObjectRequest(url)
                    .run(
                            new BufferedInputStream(socket.getInputStream()),
                            socket.getOutputStream(),
                            HTTP2.equals(socket.getApplicationProtocol()));
            return new ProbeTimes.Foreign(tcp, tlsMillis, millisSince(begin));
        }
    }

    private double millisSince(long begin) {
        return (clock.nanoTime() - begin) / NANOS_PER_MILLI;
    }

    /// Ends all probes that are running.
    @Override
    public void close() {
        isClosed = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException _) { // it is closed, or of no use
            }
        }
    }
}
