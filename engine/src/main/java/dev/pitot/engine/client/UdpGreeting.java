package dev.pitot.engine.client;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Patience;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.StreamRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens one UDP stream: a datagram to the server, one back (iperf_udp.c: iperf_udp_connect).
/// Unlike iperf it asks again when either of them is lost.
final class UdpGreeting {
    /// iperf waits as long, in vain if a datagram was lost.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How long to wait before asking again, at least. A server of iperf's takes a second request
    /// for data, so it must not be sent while the answer to the first may be under way.
    private static final long MIN_RESEND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// The same at a server of Pitot's, which ignores a second request.
    private static final long MIN_RESEND_TO_PITOT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /// A look that ends sooner without anything has seen an empty datagram: without one it takes
    /// a slice.
    private static final long EMPTY_NANOS = TimeUnit.MILLISECONDS.toNanos(Patience.MAX_SLICE_MILLIS / 2);

    private static final int ROUND_TRIPS = 4;
    private static final int ROOM = 64;

    private final UdpConnection connection;
    private final Patience patience;
    private final NanoClock clock;
    private final long resendNanos;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ROOM);
    private boolean hasAsked;
    private long askedNanos;

    /// @param roundTripNanos of the control connection
    /// @param cookie for a server of Pitot's that wants to see it; null for others
    /// @param patience of all looks together
    UdpGreeting(
            UdpConnection connection,
            long roundTripNanos,
            @Nullable Cookie cookie,
            Patience patience,
            NanoClock clock) {
        this.connection = connection;
        this.patience = patience;
        this.clock = clock;
        request = direct(cookie == null ? StreamRequest.request() : StreamRequest.request(cookie));
        resendNanos =
                Math.max(cookie == null ? MIN_RESEND_NANOS : MIN_RESEND_TO_PITOT_NANOS, ROUND_TRIPS * roundTripNanos);
    }

    /// Asks, if it is time to, and waits for an answer for a slice.
    ///
    /// @throws IOException if the server's system refuses, or `patience` ends
    boolean isAnswered() throws IOException {
        if (!hasAsked || clock.nanoTime() - askedNanos >= resendNanos) {
            connection.send(request.rewind());
            hasAsked = true;
            askedNanos = clock.nanoTime();
        }
        patience.nextSliceMillis();
        return hasAnswered();
    }

    private static ByteBuffer direct(ByteBuffer request) {
        return ByteBuffer.allocateDirect(request.remaining()).put(request).flip();
    }

    private boolean hasAnswered() throws IOException {
        long startNanos = clock.nanoTime();
        int n = connection.peek(answer.clear());
        if (n == 0 && clock.nanoTime() - startNanos < EMPTY_NANOS) {
            n = connection.receiveNow(answer.clear()); // an empty datagram, before which nothing else is seen
        }
        if (n < 0) {
            throw new InterruptedIOException("shut down");
        }
        boolean isReply = StreamRequest.isReply(answer.flip());
        // Data before the answer: the answer was lost or overtaken, and the data is left to its
        // receiver.
        boolean isData = n > answer.limit() || answer.limit() > Long.BYTES;
        if (n > 0 && !isData) {
            connection.receiveNow(answer.clear()); // takes out what was looked at
        }
        return isReply || isData;
    }
}
