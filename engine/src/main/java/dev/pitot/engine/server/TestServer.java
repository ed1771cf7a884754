package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.StreamBudget;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.Iperf2;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Accepts connections and gives each its place: a cookie that is new starts a test, a cookie
/// that is known brings a data connection to its test. One thread accepts; one thread per
/// connection reads its cookie and, if that starts a test, becomes the thread of the test.
/// Public methods may come from any thread.
public final class TestServer implements AutoCloseable {
    /// Connections that have not shown a cookie yet. A further one is dropped.
    private static final int MAX_STRANGERS = 256;

    /// How long a connection may take to show its cookie (iperf 3.15 and later).
    private static final Duration COOKIE_PATIENCE = Duration.ofSeconds(10);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private static final String IPERF2 =
            "an iperf 2 client cannot be served: use iperf3 or Pitot there, or iperf 2 here";

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final Facilities facilities;
    private final Admission admission;
    private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("pitot-session-", 1).daemon().factory());
    private final ServerAnnouncer announcer;
    private final RejectionReporter rejections;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread acceptor;
    private final int port;
    private volatile boolean stopping;

    /// Opens the listener and starts to accept.
    ///
    /// @throws IOException if it cannot listen
    public TestServer(ServerConfig config, Surroundings surroundings, List<ServerListener> listeners)
            throws IOException {
        this.config = config;
        this.surroundings = surroundings;
        announcer = new ServerAnnouncer(listeners);
        rejections = new RejectionReporter(announcer::announce, surroundings.clock());
        TcpListener socket = open(config.port());
        port = socket.local().getPort();
        facilities = new Facilities(
                new StreamBudget(),
                new Semaphore(1),
                new DatagramDoor(config, socket.local(), surroundings),
                new SctpDoor(config, socket.local(), surroundings, this::welcome));
        admission = new Admission(config, facilities, surroundings, listeners);
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

    /// Waits until the server has ended.
    public void await() throws InterruptedException {
        ended.await();
    }

    /// What the server's listeners heard, missed or threw.
    public ServerAnnouncer announcer() {
        return announcer;
    }

    /// Ends the server; its sockets and threads are free when this returns. Does not wait for
    /// listeners.
    @Override
    public void close() {
        stop(null);
        try {
            acceptor.join(CLOSE_PATIENCE);
        } catch (InterruptedException _) { // told to the caller
            Thread.currentThread().interrupt();
        }
    }

    /// A listener that takes connections over several paths too (`-m`), where the kernel can.
    private TcpListener open(int wantedPort) throws IOException {
        try {
            return ListenAddress.open(config.local(), wantedPort, Transport.MULTIPATH_TCP, surroundings);
        } catch (SocketException | UnsupportedOperationException _) { // or a reason that counts for TCP too
            return ListenAddress.open(config.local(), wantedPort, Transport.TCP, surroundings);
        }
    }

    private void serve(TcpListener first) {
        try {
            acceptAll(first);
        } finally {
            sessions.close(); // all tests are over, or have been told to end
            facilities.datagrams().close();
            facilities.sctp().close();
            rejections.close();
            announcer.finish();
            ended.countDown();
        }
    }

    private void acceptAll(TcpListener first) {
        announcer.announce(listening());
        TcpListener socket = first;
        while (socket != null) {
            boolean isIdle;
            try (TcpListener open = socket) {
                isIdle = acceptUntilOver(open);
            }
            socket = isIdle && !config.lifetime().oneTest() ? openAgain() : null;
        }
    }

    /// iperf opens an idle listener anew, in case it got stuck.
    ///
    /// @return null if the server has been stopped
    private @Nullable TcpListener openAgain() {
        admission.restartIdleTime();
        while (!stopping) {
            try {
                return open(port);
            } catch (IOException e) {
                complain("cannot listen again: " + e.getMessage());
            }
        }
        return null;
    }

    /// @return whether the server has been idle too long; else it has been stopped, or has had
    ///     its one test
    private boolean acceptUntilOver(TcpListener socket) {
        Patience patience =
                Deadline.none(surroundings.clock(), () -> stopping || admission.isSpent() || admission.isIdleTooLong());
        long order = 0;
        while (true) {
            try {
                welcome(new Stranger(socket.accept(patience), Protocol.TCP, order++));
            } catch (InterruptedIOException _) { // the patience above has ended
                return !stopping && !admission.isSpent();
            } catch (IOException e) {
                complain("unable to accept connection: " + e.getMessage());
            } catch (RuntimeException | Error e) { // out of memory, say: the server lives on to better times
                complain("unable to accept connection: " + e);
                MemoryShortage.report(e);
            }
        }
    }

    private void complain(String reason) {
        rejections.add(reason, null);
        pause();
    }

    /// Out of descriptors, most likely: trying at once would only burn a processor.
    private static void pause() {
        try {
            Thread.sleep(Patience.MAX_SLICE_MILLIS);
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }

    private void welcome(Stranger stranger) {
        if (!strangers.tryAcquire()) {
            drop(stranger, "too many connections without a cookie");
            return;
        }
        try {
            sessions.execute(() -> place(stranger));
        } catch (RuntimeException | OutOfMemoryError e) { // no thread to be had: better luck for the next
            strangers.release();
            drop(stranger, String.valueOf(e));
        }
    }

    private void drop(Stranger stranger, String reason) {
        rejections.add(reason, stranger.connection().remote());
        stranger.connection().close();
    }

    private void place(Stranger stranger) {
        try {
            assign(stranger);
        } catch (IOException e) {
            drop(stranger, "unable to receive cookie: " + e.getMessage());
        } catch (RuntimeException | Error e) { // out of memory or threads, say: better luck for the next
            drop(stranger, String.valueOf(e));
            MemoryShortage.report(e);
        }
    }

    private void assign(Stranger stranger) throws IOException {
        ByteBuffer first;
        try {
            first = readFirst(stranger.connection());
        } finally {
            strangers.release();
        }
        if (Iperf2.isClient(first)) {
            drop(stranger, IPERF2);
            return;
        }
        Cookie cookie = Cookie.parse(first);
        ServerSession owner = admission.find(cookie);
        if (owner == null && stranger.mayControl()) {
            hurry(stranger.connection());
            startTest(cookie, stranger.connection());
        } else if (owner == null || !owner.offer(stranger.asStream())) {
            rejections.add(
                    "a connection that no test wants was refused",
                    stranger.connection().remote());
            Denial.deny(stranger.connection(), surroundings.clock());
        }
    }

    /// Control messages must not wait for the acknowledgement of the one before, which may take
    /// 40 ms (Nagle's algorithm and delayed acknowledgements; RFC 1122, 4.2.3).
    private void hurry(TcpConnection control) {
        try {
            control.apply(new TcpSetup(
                    null,
                    null,
                    TcpSetup.CONTROL.settings(),
                    ControlLiveness.of(config.timeouts(), surroundings.sockets()),
                    Bitrate.UNLIMITED,
                    Transport.TCP));
        } catch (IOException _) { // gone already: its session will notice
        }
    }

    /// As many bytes as a cookie has.
    private ByteBuffer readFirst(TcpConnection connection) throws IOException {
        // Not a byte more: what follows belongs to whoever gets this connection.
        var buffer = ByteBuffer.allocateDirect(Cookie.BYTES);
        Patience patience = Deadline.in(COOKIE_PATIENCE, surroundings.clock(), () -> stopping || admission.isSpent());
        while (buffer.hasRemaining()) {
            patience.nextSliceMillis();
            if (connection.receive(buffer) < 0) {
                throw new IOException("connection closed");
            }
        }
        return buffer.flip();
    }

    private void startTest(Cookie cookie, TcpConnection control) {
        Admission.Admitted admitted = admission.admit(cookie, control);
        InetSocketAddress client = control.remote();
        if (admitted == null) {
            rejections.addBusy(client);
            Denial.deny(control, surroundings.clock());
            return;
        }
        Outcome outcome = admitted.session().run();
        boolean wasLast = admission.leave(admitted, outcome);
        ServerEvent refusal = rejections.count(outcome, client);
        announcer.follow(admitted.announcer().heard(), test -> afterTest(test, refusal, wasLast));
    }

    /// A listener of the server hears that it is free only after it has heard how the test ended.
    private List<ServerEvent> afterTest(Heard test, @Nullable ServerEvent refusal, boolean wasLast) {
        List<ServerEvent> events = new ArrayList<>();
        if (refusal != null) {
            events.add(refusal);
        }
        Throwable lost = test.failure();
        if (lost != null) {
            events.add(new ServerEvent.ConnectionDropped("the report of a test is lost: " + lost));
        }
        if (wasLast && !stopping && !config.lifetime().oneTest()) {
            events.add(listening());
        }
        return events;
    }

    private ServerEvent listening() {
        return new ServerEvent.Listening(port, admission.nextTestNumber());
    }
}
