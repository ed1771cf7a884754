package dev.pitot.engine.client;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.UdpConnectMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// UDP handshake of one stream: a connect message to the server and a reply (iperf_udp.c:
/// iperf_udp_connect). Unlike iperf, it retransmits when either of them is lost.
final class UdpHandshake {
    /// Total timeout; iperf waits as long, in vain if a datagram was lost.
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// Minimum time before a retransmission. An iperf3 server takes a second connect message for data, so
    /// it must not be sent while the reply to the first may be in flight.
    private static final long MIN_RESEND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Minimum time with a Pitot server, which ignores a second connect message.
    private static final long MIN_RESEND_TO_PITOT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /// A check that ends sooner than this without data has received an empty datagram: otherwise it takes
    /// a slice.
    private static final long EMPTY_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS / 2);

    private static final int ROUND_TRIPS = 4;
    private static final int ROOM = 64;

    private final UdpConnection connection;
    private final WaitPolicy waitPolicy;
    private final NanoClock clock;
    private final long resendNanos;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ROOM);
    private int asked;
    private long askedNanos;
    private long tripNanos;

    /// @param roundTripNanos of the control connection
    /// @param cookie for a Pitot server that expects it; null for others
    /// @param waitPolicy the timeout of all checks together
    UdpHandshake(
            UdpConnection connection,
            long roundTripNanos,
            @Nullable Cookie cookie,
            WaitPolicy waitPolicy,
            NanoClock clock) {
        this.connection = connection;
        this.waitPolicy = waitPolicy;
        this.clock = clock;
        request = direct(cookie == null ? UdpConnectMessage.request() : UdpConnectMessage.request(cookie));
        resendNanos =
                Math.max(cookie == null ? MIN_RESEND_NANOS : MIN_RESEND_TO_PITOT_NANOS, ROUND_TRIPS * roundTripNanos);
    }

    /// Sends the connect message if it is due, and waits for a reply for a slice.
    ///
    /// @throws IOException if the server's host refuses, or after the timeout
    boolean isAnswered() throws IOException {
        if (asked == 0 || clock.nanoTime() - askedNanos >= resendNanos) {
            connection.send(request.rewind());
            asked++;
            askedNanos = clock.nanoTime();
        }
        waitPolicy.nextSliceMillis();
        return hasAnswered();
    }

    /// Returns the time from the connect message to the reply; 0 if there was none, and if the message was
    /// retransmitted: then it is unknown which one was answered.
    long tripNanos() {
        return tripNanos;
    }

    private static ByteBuffer direct(ByteBuffer request) {
        return ByteBuffer.allocateDirect(request.remaining()).put(request).flip();
    }

    private boolean hasAnswered() throws IOException {
        long startNanos = clock.nanoTime();
        int n = connection.peek(answer.clear());
        if (n == 0 && clock.nanoTime() - startNanos < EMPTY_NANOS) {
            n = connection.receiveNow(answer.clear()); // an empty datagram, which hides those behind it
        }
        if (n < 0) {
            throw new InterruptedIOException("shut down");
        }
        boolean isReply = UdpConnectMessage.isReply(answer.flip());
        tripNanos = isReply && asked == 1 ? clock.nanoTime() - askedNanos : 0;
        // Data before the reply: the reply was lost or overtaken, and the data is left to its receiver.
        boolean isData = n > answer.limit() || answer.limit() > Long.BYTES;
        if (n > 0 && !isData) {
            connection.receiveNow(answer.clear()); // removes the datagram that was peeked
        }
        return isReply || isData;
    }
}
