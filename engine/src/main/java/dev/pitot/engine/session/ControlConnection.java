package dev.pitot.engine.session;

import dev.pitot.model.error.Errno;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.ControlDecoder;
import dev.pitot.wire.control.ControlMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Control connection of a test. A separate thread reads the peer's messages into the [EventQueue]; the
/// session's thread writes and closes.
public final class ControlConnection implements AutoCloseable {
    private static final int READ_BYTES = 16 * 1024;

    /// Time for the peer to read the final message and to close its side before this end closes. Closing
    /// with unread data would reset the connection and could destroy that message (RFC 1122, 4.2.2.13).
    private static final long FAREWELL_MILLIS = 400;

    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private static final Set<Integer> SILENCE =
            Set.of(Errno.ETIMEDOUT.number(), Errno.EHOSTUNREACH.number(), Errno.ENETUNREACH.number());

    private final TcpConnection connection;
    private final ControlDecoder decoder;
    private final EventQueue eventQueue;
    private final Consumer<ControlMessage> observer;
    private final Thread reader;
    private volatile boolean closing;

    /// Starts the reading thread.
    ///
    /// @param connection owned from now on
    /// @param decoder may hold messages already
    /// @param observer of each message before it is queued, on the reading thread; must not block
    public ControlConnection(
            TcpConnection connection,
            ControlDecoder decoder,
            EventQueue eventQueue,
            Consumer<ControlMessage> observer) {
        this.connection = connection;
        this.decoder = decoder;
        this.eventQueue = eventQueue;
        this.observer = observer;
        reader = Thread.ofPlatform().name("pitot-control").daemon().start(this::read);
    }

    public TcpConnection connection() {
        return connection;
    }

    /// Sends all of `bytes`.
    ///
    /// @throws IOException if the connection broke, or after the timeout
    public void send(byte[] bytes, WaitPolicy waitPolicy) throws IOException {
        sendAll(connection, bytes, waitPolicy);
    }

    /// Sends all of `bytes` on a connection that has no reading thread yet. What the connection takes at once is
    /// sent even if the timeout is over: on a machine that stood still, the last state must not be lost.
    public static void sendAll(TcpConnection connection, byte[] bytes, WaitPolicy waitPolicy) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        connection.send(buffer);
        while (buffer.hasRemaining()) {
            waitPolicy.nextSliceMillis();
            connection.send(buffer);
        }
    }

    private void read() {
        Throwable end = null;
        try {
            var buffer = ByteBuffer.allocateDirect(READ_BYTES);
            int n = 0;
            pass(); // messages that were received before the session began
            while (n >= 0) {
                n = connection.receive(buffer.clear());
                if (n < 0) {
                    decoder.end();
                } else {
                    decoder.feed(buffer.flip());
                }
                pass();
            }
        } catch (IOException e) { // for a session, a broken control connection is a closed one
            end = e;
            if (isSilence(e)) {
                eventQueue.put(new Event.Stalled(IperfError.RECEIVE_MESSAGE, String.valueOf(e.getMessage()), e));
            }
        } catch (InterruptedException _) { // this thread is never interrupted
        } catch (RuntimeException | Error e) { // without the peer's messages the test cannot continue
            end = e;
            eventQueue.put(new Event.Broken(e));
        } finally {
            eventQueue.put(new Event.ControlClosed(end));
        }
    }

    /// True if the peer's host or the path to it is gone, not only its process.
    private static boolean isSilence(IOException e) {
        return e instanceof SocketException socket && SILENCE.contains(socket.errno());
    }

    private void pass() throws InterruptedException {
        for (ControlMessage message = decoder.next(); message != null; message = decoder.next()) {
            observer.accept(message);
            while (!closing && !eventQueue.offer(message, WaitPolicy.MAX_SLICE_MILLIS)) {
                // The session is busy, or the peer sends too much; in both cases the peer has to wait.
            }
        }
    }

    /// Shuts down the sending direction and closes the connection: at once if the peer has closed its
    /// side, else after a short delay.
    @Override
    public void close() {
        closing = true;
        connection.shutdownOutput();
        join(FAREWELL_MILLIS);
        connection.shutdown();
        join(JOIN_MILLIS);
        connection.close();
    }

    private void join(long millis) {
        try {
            reader.join(millis);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }
}
