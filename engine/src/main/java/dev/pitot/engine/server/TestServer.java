package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.StreamBudget;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.Patience;
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

/// Accepts connections and assigns them: a new cookie starts a test, a known cookie adds a data
/// connection to its test. One thread accepts; one thread per connection reads its cookie and, if that
/// starts a test, becomes the test's thread. Public methods may be called by any thread.
public final class TestServer implements AutoCloseable {
    /// Timeout for a client that waits until another test is evicted.
    private static final Duration PLACE_PATIENCE = Duration.ofSeconds(12);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private static final String IPERF2 =
            "an iperf 2 client cannot be served: use iperf3 or Pitot there, or iperf 2 here";

    private static final String GAVE_WAY = "a silent connection was closed in favour of a newer one";

    private static final String UNWANTED = "a connection that its test did not expect was refused";

    private static final String STOLEN_COOKIE =
            "a connection with the cookie of a test came from an address other than the client's";

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final Facilities facilities;
    private final Admission admission;
    private final PendingConnections pending;
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("pitot-session-", 1).daemon().factory());
    private final ServerAnnouncer announcer;
    private final RejectionReporter rejections;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread acceptor;
    private final int port;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    /// Opens the listening socket and starts to accept.
    ///
    /// @throws IOException if the server cannot listen
    public TestServer(ServerConfig config, Surroundings surroundings, List<ServerListener> listeners)
            throws IOException {
        this.config = config;
        this.surroundings = surroundings;
        pending = new PendingConnections(surroundings.clock());
        TcpListener socket = ListenAddress.open(config.local(), config.port(), surroundings);
        announcer = new ServerAnnouncer(listeners);
        rejections = new RejectionReporter(announcer::announce, surroundings.clock());
        port = socket.local().getPort();
        facilities = new Facilities(
                new StreamBudget(),
                new Semaphore(1),
                new DatagramDoor(config, socket.local(), surroundings),
                new SctpDoor(config, socket.local(), surroundings, this::welcome),
                new SynAckTrafficClass(),
                new WaitingClients(surroundings.clock()));
        admission = new Admission(config, facilities, surroundings, listeners);
        acceptor = Thread.ofPlatform().name("pitot-accept").daemon().start(() -> serve(socket));
    }

    /// Port on which the server listens.
    public int port() {
        return port;
    }

    /// Ends all tests and the server, soon. A second call does nothing.
    ///
    /// @param reason text for the reports, for example the name of a signal
    public void stop(@Nullable String reason) {
        stopping = true;
        admission.close(reason);
    }

    /// Bug that ended the server; null if none.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// Waits until the server has ended.
    public void await() throws InterruptedException {
        ended.await();
    }

    /// Delivery of events to the server's listeners, with drop counters and failures.
    public ServerAnnouncer announcer() {
        return announcer;
    }

    /// Ends the server. When this returns, its sockets and threads are released. Does not wait for
    /// listeners.
    @Override
    public void close() {
        stop(null);
        try {
            acceptor.join(CLOSE_PATIENCE);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }

    private void serve(TcpListener first) {
        try {
            acceptAll(first);
        } catch (RuntimeException | Error e) { // a bug; [#failure()] reports it
            failure = e;
            rejections.add("the server failed: " + e, null, e);
            MemoryShortage.report(e);
            admission.close(null);
        } finally {
            sessions.close(); // all tests are over or have been cancelled
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
            facilities.synAck().listener(socket);
            try (TcpListener open = socket) {
                isIdle = acceptUntilOver(open);
            }
            socket = isIdle && !config.lifetime().oneTest() ? openAgain() : null;
        }
    }

    /// Reopens an idle listening socket, as iperf does in case it is stuck.
    ///
    /// @return null if the server has been stopped
    private @Nullable TcpListener openAgain() {
        admission.restartIdleTime();
        while (!stopping) {
            try {
                return ListenAddress.open(config.local(), port, surroundings);
            } catch (IOException e) {
                complain("cannot listen again: " + e.getMessage(), e);
            }
        }
        return null;
    }

    /// @return true if the server has reached its idle timeout; false if it was stopped, or has run its
    ///     single test
    private boolean acceptUntilOver(TcpListener socket) {
        Patience patience =
                Deadline.none(surroundings.clock(), () -> stopping || admission.isSpent() || admission.isIdleTooLong());
        long order = 0;
        while (true) {
            try {
                welcome(new Arrival<>(socket.accept(patience), Protocol.TCP, order++));
            } catch (InterruptedIOException _) { // the condition above is met
                return !stopping && !admission.isSpent();
            } catch (IOException e) {
                complain("unable to accept connection: " + e.getMessage(), e);
            } catch (RuntimeException | Error e) { // for example out of memory: the server continues
                complain("unable to accept connection: " + e, e);
                MemoryShortage.report(e);
            }
        }
    }

    private void complain(String reason, Throwable cause) {
        rejections.add(reason, null, cause);
        pause();
    }

    /// Waits: most likely there are no file descriptors, and retrying at once would only use CPU time.
    private static void pause() {
        try {
            Thread.sleep(Patience.MAX_SLICE_MILLIS);
        } catch (InterruptedException _) { // this thread is never interrupted
        }
    }

    private void welcome(Arrival<TcpConnection> stranger) {
        try {
            pending.admit(stranger, Deadline.none(surroundings.clock(), this::isOver));
        } catch (IOException _) { // the server is ending
            stranger.connection().close();
            return;
        }
        try {
            sessions.execute(() -> place(stranger));
        } catch (RuntimeException | OutOfMemoryError e) { // no thread available
            pending.leave(stranger);
            drop(stranger, String.valueOf(e), e);
        }
    }

    private boolean isOver() {
        return stopping || admission.isSpent();
    }

    private void drop(Arrival<TcpConnection> stranger, String reason, @Nullable Throwable cause) {
        rejections.add(reason, stranger.connection().remote(), cause);
        stranger.connection().close();
    }

    private void place(Arrival<TcpConnection> stranger) {
        Runnable next;
        try {
            next = identify(stranger);
        } catch (IOException e) {
            next = () -> drop(stranger, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) { // for example out of memory or threads
            MemoryShortage.report(e);
            next = () -> drop(stranger, String.valueOf(e), e);
        }
        if (pending.leave(stranger)) {
            proceed(stranger, next);
        } else {
            drop(stranger, GAVE_WAY, null);
        }
    }

    private void proceed(Arrival<TcpConnection> stranger, Runnable next) {
        try {
            next.run();
        } catch (RuntimeException | Error e) { // as above
            drop(stranger, String.valueOf(e), e);
            MemoryShortage.report(e);
        }
    }

    /// Reads the first messages of a connection.
    ///
    /// @return the action to perform for it
    /// @throws IOException if they are missing or incomplete, with the reason
    private Runnable identify(Arrival<TcpConnection> stranger) throws IOException {
        TcpConnection connection = stranger.connection();
        ByteBuffer first =
                said("cookie", () -> ControlHandshake.readCookie(connection, surroundings.clock(), this::isOver));
        if (Iperf2.isClient(first)) {
            return () -> drop(stranger, IPERF2, null);
        }
        Cookie cookie = Cookie.parse(first);
        ServerSession owner = admission.find(cookie);
        if (owner != null) {
            return () -> join(owner, stranger);
        }
        if (!stranger.mayControl() || !admission.mayAdmit()) {
            return () -> refuse(connection);
        }
        setUp(connection);
        pending.advance(stranger, connection.roundTrip());
        ControlHandshake opened = said(
                "parameters from client",
                () -> ControlHandshake.exchange(cookie, connection, surroundings.clock(), this::isOver));
        return () -> startTest(opened);
    }

    /// Wait for a message of a connection.
    private interface Statement<T> {
        T await() throws IOException;
    }

    private static <T> T said(String what, Statement<T> statement) throws IOException {
        try {
            return statement.await();
        } catch (IOException e) {
            throw new IOException("unable to receive " + what + ": " + e.getMessage(), e);
        }
    }

    /// Cookies are not encrypted: one that was seen in transit must not be usable from another address.
    private void join(ServerSession owner, Arrival<TcpConnection> stranger) {
        boolean isFromClient = stranger.by() == Protocol.SCTP // an SCTP endpoint may have several addresses
                || stranger.connection().remote().getAddress().equals(owner.client());
        if (!isFromClient || !owner.offer(stranger)) {
            rejections.add(
                    isFromClient ? UNWANTED : STOLEN_COOKIE,
                    stranger.connection().remote());
            Denial.deny(stranger.connection(), surroundings.clock());
        }
    }

    /// Control messages must not wait for the acknowledgement of the one before, which may take 40 ms
    /// (Nagle's algorithm and delayed acknowledgements; RFC 1122, 4.2.3).
    private void setUp(TcpConnection control) {
        try {
            control.apply(new TcpSetup(
                    null,
                    null,
                    TcpSetup.CONTROL.settings(),
                    ControlKeepAlive.of(config.timeouts(), surroundings.sockets()),
                    Pacing.NONE,
                    Transport.TCP));
        } catch (IOException _) { // already closed: its session will detect it
        }
    }

    private void startTest(ControlHandshake opened) {
        Admission.Admitted admitted = admit(opened);
        InetSocketAddress client = opened.connection().remote();
        if (admitted == null) {
            refuse(opened.connection());
            return;
        }
        boolean wasLast;
        Outcome outcome = null;
        try {
            outcome = admitted.session().run();
        } finally { // the slot is released in any case, for example out of memory
            wasLast = admission.leave(admitted, outcome);
        }
        ServerEvent refusal = rejections.count(outcome, client);
        announcer.follow(admitted.announcer().heard(), test -> afterTest(test, refusal, wasLast));
    }

    private void refuse(TcpConnection connection) {
        rejections.addBusy(connection.remote());
        Denial.deny(connection, surroundings.clock());
    }

    private Admission.@Nullable Admitted admit(ControlHandshake opened) {
        try {
            return admission.admit(opened, Deadline.in(PLACE_PATIENCE, surroundings.clock(), this::isOver));
        } catch (IOException _) { // no test was evicted in time
            return null;
        }
    }

    /// A server's listener is notified that the server is free only after it has received the test's
    /// outcome.
    private List<ServerEvent> afterTest(Heard test, @Nullable ServerEvent refusal, boolean wasLast) {
        List<ServerEvent> events = new ArrayList<>();
        if (refusal != null) {
            events.add(refusal);
        }
        Throwable lost = test.failure();
        if (lost != null) {
            events.add(new ServerEvent.ConnectionDropped("the report of a test was lost: " + lost, 1, lost));
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
