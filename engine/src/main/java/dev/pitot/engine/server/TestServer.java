package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.wire.control.Cookie;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Accepts connections and gives each its place: a cookie that is new starts a test, a cookie
/// that is known brings a data connection to its test. One thread accepts; one thread per
/// connection reads its cookie and, if that starts a test, becomes the thread of the test.
/// Public methods may come from any thread.
public final class TestServer {
    /// Connections that have not shown a cookie yet. A further one is dropped.
    private static final int MAX_STRANGERS = 256;

    /// Events that may wait for a slow listener; further ones are dropped. Only a flood of
    /// broken connections makes so many.
    private static final int MAX_EVENTS = 1024;

    /// How long a connection may take to show its cookie (iperf 3.15 and later).
    private static final Duration COOKIE_PATIENCE = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final ServerListener listener;
    private final Admission admission;
    private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("pitot-session-", 1).daemon().factory());
    private final ExecutorService events = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_EVENTS),
            Thread.ofVirtual().name("pitot-server-listener").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private final Thread acceptor;
    private final int port;
    private volatile boolean stopping;

    /// Opens the listener and starts to accept.
    ///
    /// @throws IOException if it cannot listen
    public TestServer(ServerConfig config, Surroundings surroundings, ServerListener listener) throws IOException {
        this.config = config;
        this.surroundings = surroundings;
        this.listener = listener;
        admission = new Admission(config, surroundings, listener);
        TcpListener socket = open(config.port());
        port = socket.local().getPort();
        acceptor = Thread.ofPlatform().name("pitot-accept").daemon().start(() -> serve(socket));
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    /// Ends all tests and the server, soon. Does nothing the second time.
    ///
    /// @param reason told to whom it concerns, for example the name of a signal
    public void stop(@Nullable String reason) {
        stopping = true;
        admission.close(reason);
    }

    /// Waits until the server has ended and its listeners have been told everything.
    public void await() throws InterruptedException {
        acceptor.join();
    }

    /// Waits as `await` does, but no longer than this.
    public void await(Duration limit) throws InterruptedException {
        acceptor.join(limit);
    }

    private TcpListener open(int wantedPort) throws IOException {
        return ListenAddress.open(config.local(), wantedPort, surroundings);
    }

    private void serve(TcpListener first) {
        TcpListener socket = first;
        try (events;
                sessions) {
            announceListening();
            boolean isIdle = acceptUntilOver(socket);
            while (isIdle && !config.lifetime().oneTest()) {
                // iperf opens an idle listener anew, in case it got stuck.
                socket.close();
                socket = open(port);
                admission.restartIdleTime();
                announceListening();
                isIdle = acceptUntilOver(socket);
            }
        } catch (IOException e) {
            announce(new ServerEvent.ConnectionDropped("cannot listen again: " + e.getMessage()));
        } finally {
            socket.close();
        }
    }

    /// @return whether the server has been idle too long; else it has been stopped, or has had
    ///     its one test
    private boolean acceptUntilOver(TcpListener socket) {
        Patience patience =
                Deadline.none(surroundings.clock(), () -> stopping || admission.isSpent() || admission.isIdleTooLong());
        long order = 0;
        while (true) {
            try {
                welcome(new Arrival(socket.accept(patience), order++));
            } catch (InterruptedIOException _) { // the patience above has ended
                return !stopping && !admission.isSpent();
            } catch (IOException e) {
                announce(new ServerEvent.ConnectionDropped("unable to accept connection: " + e.getMessage()));
                pause();
            }
        }
    }

    /// Out of descriptors, most likely: trying at once would only burn a processor.
    private static void pause() {
        try {
            Thread.sleep(Patience.MAX_SLICE_MILLIS);
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }

    private void welcome(Arrival arrival) {
        if (strangers.tryAcquire()) {
            sessions.execute(() -> place(arrival));
        } else {
            arrival.connection().close();
            announce(new ServerEvent.ConnectionDropped("too many connections without a cookie"));
        }
    }

    private void place(Arrival arrival) {
        Cookie cookie;
        try {
            cookie = readCookie(arrival.connection());
        } catch (IOException e) {
            arrival.connection().close();
            announce(new ServerEvent.ConnectionDropped("unable to receive cookie: " + e.getMessage()));
            return;
        } finally {
            strangers.release();
        }
        ServerSession owner = admission.find(cookie);
        if (owner == null) {
            hurry(arrival.connection());
            startTest(cookie, arrival);
        } else if (!owner.offer(arrival)) {
            Denial.deny(arrival.connection(), surroundings.clock());
        }
    }

    /// Control messages must not wait for the acknowledgement of the one before, which may take
    /// 40 ms (Nagle's algorithm and delayed acknowledgements; RFC 1122, 4.2.3).
    private static void hurry(TcpConnection control) {
        try {
            control.apply(TcpSetup.CONTROL);
        } catch (IOException _) { // gone already: its session will notice
        }
    }

    private Cookie readCookie(TcpConnection connection) throws IOException {
        // Not a byte more: what follows belongs to whoever gets this connection.
        var buffer = ByteBuffer.allocateDirect(Cookie.BYTES);
        Patience patience = Deadline.in(COOKIE_PATIENCE, surroundings.clock(), () -> stopping);
        while (buffer.hasRemaining()) {
            patience.nextSliceMillis();
            if (connection.receive(buffer) < 0) {
                throw new IOException("connection closed");
            }
        }
        return Cookie.parse(buffer.flip());
    }

    private void startTest(Cookie cookie, Arrival first) {
        Admission.Admitted admitted = admission.admit(cookie, first);
        if (admitted == null) {
            Denial.deny(first.connection(), surroundings.clock());
            return;
        }
        boolean wasLast = false;
        try {
            admitted.session().run();
            wasLast = admission.leave(admitted);
            admitted.announcer().awaitDelivery();
        } catch (InterruptedException _) { // nobody interrupts this thread
        } finally {
            wasLast |= admission.leave(admitted);
        }
        if (wasLast && !stopping && !config.lifetime().oneTest()) {
            announceListening();
        }
    }

    private void announceListening() {
        announce(new ServerEvent.Listening(port, admission.nextTestNumber()));
    }

    private void announce(ServerEvent event) {
        events.execute(() -> listener.onServerEvent(event));
    }
}
