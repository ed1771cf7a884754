package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Simulated iperf3 client that counts whole blocks, as versions with a thread for each stream do:
/// it ends the test when the bytes sent, or the bytes received in whole blocks, reach the limit.
/// For one thread, on the loopback address.
public final class WholeBlockClient {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MAX_STEPS = 30_000; // 30 s, or more on a busy machine

    private final WholeBlockRequest request;
    private final long uncounted;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final List<WholeBlockStream> streams = new ArrayList<>();

    private WholeBlockClient(WholeBlockRequest request, long uncounted) {
        this.request = request;
        this.uncounted = uncounted;
    }

    /// Runs a test.
    ///
    /// @throws IOException if the server does not behave like an iperf3 server
    /// @throws AssertionError if the limit is not reached within 30 s
    public static WholeBlockOutcome run(int port, WholeBlockRequest request) throws IOException, InterruptedException {
        return new WholeBlockClient(request, 0).run(port);
    }

    /// Runs a test in which `uncounted` received bytes are not counted, as in iperf3: threads that
    /// add to a shared counter without a lock lose some, and a later end of the warm-up misses
    /// some.
    public static WholeBlockOutcome run(int port, WholeBlockRequest request, long uncounted)
            throws IOException, InterruptedException {
        return new WholeBlockClient(request, uncounted).run(port);
    }

    private WholeBlockOutcome run(int port) throws IOException, InterruptedException {
        byte[] cookie = cookie();
        try (SocketChannel first = connect(port, cookie);
                var control = new WholeBlockControl(first.socket())) {
            control.expect(WholeBlockControl.PARAM_EXCHANGE);
            control.sendFrame(request.parameters());
            control.expect(WholeBlockControl.CREATE_STREAMS);
            for (int i = 0; i < request.streams(); i++) {
                boolean sends = request.clientSends(i);
                streams.add(new WholeBlockStream(
                        connect(port, cookie), sends, request.blockBytes(), sends ? sent : received, request.limit()));
            }
            control.expect(WholeBlockControl.TEST_START);
            control.expect(WholeBlockControl.TEST_RUNNING);
            String results = exchange(control);
            return WholeBlockOutcome.of(request.parameters(), streams, results);
        } finally {
            for (WholeBlockStream stream : streams) {
                stream.close();
            }
        }
    }

    private String exchange(WholeBlockControl control) throws IOException, InterruptedException {
        streams.forEach(WholeBlockStream::start);
        awaitLimit();
        for (WholeBlockStream stream : streams) {
            stream.stop();
        }
        control.send(WholeBlockControl.TEST_END);
        control.expect(WholeBlockControl.EXCHANGE_RESULTS);
        control.sendFrame(WholeBlockControl.results(streams));
        String results = control.receiveFrame();
        control.expect(WholeBlockControl.DISPLAY_RESULTS);
        for (WholeBlockStream stream : streams) {
            stream.close();
        }
        control.send(WholeBlockControl.IPERF_DONE);
        return results;
    }

    private void awaitLimit() {
        int steps = 0;
        while (sent.get() < request.limit() && received.get() - uncounted < request.limit()) {
            if (++steps > MAX_STEPS) {
                throw new AssertionError("after 30 s " + received + " bytes were received in whole blocks, " + sent
                        + " sent: " + request);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private static byte[] cookie() {
        byte[] cookie = new byte[WholeBlockControl.COOKIE_BYTES]; // 36 characters and a 0
        byte[] text = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, cookie, 0, text.length);
        return cookie;
    }

    private static SocketChannel connect(int port, byte[] cookie) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(cookie));
        return channel;
    }
}
