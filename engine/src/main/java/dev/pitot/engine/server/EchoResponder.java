package dev.pitot.engine.server;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers the UDP echo requests of one test, on a thread of its own, from the port of the test. Answers
/// go to the test's client only, have the length of the request, and are no more than the client asked for:
/// it is no amplifier and no reflector. Its failure never fails the test. Any thread.
final class EchoResponder implements AutoCloseable {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Answers beyond the rate: the handshake's.
    private static final int EXTRA_ANSWERS = 16;

    /// Requests of so long are answered at once, after a queue or a pause of this process: less would count
    /// as loss of the path. Older ones the client has given up.
    private static final long BURST_SECONDS = 4;

    /// Errors one after the other after which the socket counts as broken; a client that is gone causes one
    /// per answer.
    private static final int MAX_ERRORS = 1000;

    private final EchoDatagram.Key key;
    private final NanoClock clock;
    private final long nanosPerAnswer;
    private final long mostNanos;
    private final ByteBuffer block = ByteBuffer.allocateDirect(EchoDatagram.BYTES + 1); // a longer one is seen
    private @Nullable UdpConnection connection; // guarded by this
    private @Nullable Thread thread; // guarded by this
    private volatile boolean isClosed;
    private long lastNanos;
    private long allowedNanos;

    /// @param perSecond requests per second that the client announced, 1 or more
    EchoResponder(EchoDatagram.Key key, int perSecond, NanoClock clock) {
        this.key = key;
        this.clock = clock;
        nanosPerAnswer = SECOND_NANOS / perSecond;
        mostNanos = (BURST_SECONDS * perSecond + EXTRA_ANSWERS) * nanosPerAnswer;
        allowedNanos = mostNanos;
        lastNanos = clock.nanoTime();
    }

    /// Takes the client's socket and answers its first request.
    ///
    /// @param request the datagram that the socket was opened for
    /// @return false if there is a socket already or the test is over; the socket still belongs to the caller
    synchronized boolean begin(UdpConnection opened, ByteBuffer request) {
        if (isClosed || connection != null) {
            return false;
        }
        block.clear().put(request.duplicate());
        try {
            answer(opened, clock.nanoTime());
        } catch (IOException _) { // as if lost in the network: the client asks again
        }
        try {
            thread = Thread.ofPlatform().name("pitot-echo").daemon().start(() -> run(opened));
        } catch (OutOfMemoryError _) { // no more threads: then there is no echo
            return false;
        }
        connection = opened;
        return true;
    }

    private void run(UdpConnection opened) {
        int errors = 0;
        while (!isClosed && errors < MAX_ERRORS) {
            try {
                int n = opened.receive(block.clear());
                if (n > 0) {
                    long now = clock.nanoTime();
                    if (EchoDatagram.isRequest(block, n, key) && isAllowed(now)) {
                        answer(opened, now);
                    }
                }
                errors = 0;
            } catch (IOException _) { // the client's port is closed for now, or its network is
                errors++;
            } catch (RuntimeException | Error e) {
                MemoryShortage.report(e);
                return;
            }
        }
    }

    private boolean isAllowed(long now) {
        allowedNanos = Math.min(mostNanos, allowedNanos + (now - lastNanos));
        lastNanos = now;
        if (allowedNanos < nanosPerAnswer) {
            return false;
        }
        allowedNanos -= nanosPerAnswer;
        return true;
    }

    private void answer(UdpConnection opened, long receivedNanos) throws IOException {
        EchoDatagram.writeAnswer(block, receivedNanos, clock.nanoTime());
        opened.send(block.position(0).limit(EchoDatagram.BYTES));
    }

    /// Ends the answers.
    @Override
    public void close() {
        UdpConnection opened;
        Thread answering;
        synchronized (this) {
            isClosed = true;
            opened = connection;
            answering = thread;
        }
        if (opened != null && answering != null) {
            opened.shutdown(); // wakes the thread
            join(answering);
            opened.close();
        }
    }

    private static void join(Thread answering) {
        try {
            answering.join(SECOND_NANOS / TimeUnit.MILLISECONDS.toNanos(1) / 2);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }
}
