package dev.pitot.engine.server;

import dev.pitot.engine.event.DeliveryStatus;
import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.engine.session.StreamBudget;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.Iperf2Detector;
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
public final class IperfServer implements AutoCloseable {
    /// Timeout for a client that waits until another test is evicted.
    private static final Duration PLACE_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final String IPERF2 =
            "an iperf 2 client cannot be served: use iperf3 or Pitot there, or iperf 2 here";

    private static final String GAVE_WAY = "a silent connection was closed in favour of a newer one";

    private static final String UNWANTED = "a connection that its test did not expect was refused";

    private static final String STOLEN_COOKIE =
            "a connection with the cookie of a test came from an address other than the client's";

    private final ServerConfig config;
    private final SessionContext context;
    private final ServerResources resources;
    private final TestRegistry testRegistry;
    private final PendingConnections pending;
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("pitot-session-", 1).daemon().factory());
    private final ServerEventDispatcher announcer;
    private final RejectionReporter rejections;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread acceptor;
    private final int port;
    private volatile @Nullable TcpListener listener; // the last one that was opened
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    /// Opens the listening socket and starts to accept.
    ///
    /// @throws IOException if the server cannot listen
    public IperfServer(ServerConfig config, SessionContext context, List<ServerListener> listeners) throws IOException {
        this.config = config;
        this.context = context;
        pending = new PendingConnections(context.clock());
        TcpListener socket = ListenAddress.open(config.local(), config.port(), context);
        announcer = new ServerEventDispatcher(listeners);
        rejections = new RejectionReporter(announcer::announce, context.clock());
        port = socket.local().getPort();
        resources = new ServerResources(
                new StreamBudget(),
                new Semaphore(1),
                new UdpStreamListener(config, socket.local(), context),
                new SctpStreamListener(config, socket.local(), context, this::welcome),
                new SynAckTrafficClass(),
                new WaitingClients(context.clock()));
        testRegistry = new TestRegistry(config, resources, context, listeners);
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
        testRegistry.close(reason);
        stopAccepting();
    }

    /// Ends the acceptor's wait, which then finds that the server is over.
    private void stopAccepting() {
        TcpListener open = listener;
        if (open != null) {
            open.shutdown();
        }
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
    public ServerEventDispatcher announcer() {
        return announcer;
    }

    /// Ends the server. When this returns, its sockets and threads are released. Does not wait for
    /// listeners.
    @Override
    public void close() {
        stop(null);
        try {
            acceptor.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }

    private void serve(TcpListener first) {
        try {
            acceptAll(first);
        } catch (RuntimeException | Error e) { // a bug; [#failure()] reports it
            failure = e;
            stopping = true; // connections that have said nothing are not waited for
            rejections.add("the server failed: " + e, null, e);
            MemoryShortage.report(e);
            testRegistry.close(null);
        } finally {
            sessions.close(); // all tests are over or have been cancelled
            resources.datagrams().close();
            resources.sctp().close();
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
            resources.synAck().listener(socket);
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
        testRegistry.restartIdleTime();
        while (!stopping) {
            try {
                return ListenAddress.open(config.local(), port, context);
            } catch (IOException e) {
                complain("cannot listen again: " + e.getMessage(), e);
            }
        }
        return null;
    }

    /// @return true if the server has reached its idle timeout; false if it was stopped, or has run its
    ///     single test
    private boolean acceptUntilOver(TcpListener socket) {
        listener = socket; // before `isOver` is asked, which stop() changes before it looks here
        long order = 0;
        while (true) {
            try {
                welcome(new AcceptedConnection<>(socket.accept(this::nextSliceMillis), Protocol.TCP, order++));
            } catch (InterruptedIOException _) { // nextSliceMillis found that the server ends
                return !stopping && !testRegistry.isSpent();
            } catch (IOException e) {
                complain("unable to accept connection: " + e.getMessage(), e);
            } catch (RuntimeException | Error e) { // for example out of memory: the server continues
                complain("unable to accept connection: " + e, e);
                MemoryShortage.report(e);
            }
        }
    }

    private int nextSliceMillis() throws InterruptedIOException {
        if (isOver() || testRegistry.isIdleTooLong()) {
            throw new InterruptedIOException("the server ends");
        }
        return testRegistry.idleSliceMillis(TcpListener.MAX_SLICE_MILLIS);
    }

    private void complain(String reason, Throwable cause) {
        rejections.add(reason, null, cause);
        pause();
    }

    /// Waits: most likely there are no file descriptors, and retrying at once would only use CPU time.
    private static void pause() {
        try {
            Thread.sleep(WaitPolicy.MAX_SLICE_MILLIS);
        } catch (InterruptedException _) { // this thread is never interrupted
        }
    }

    private void welcome(AcceptedConnection<TcpConnection> sender) {
        try {
            pending.admit(sender, Deadline.none(context.clock(), this::isOver));
        } catch (IOException _) { // the server is ending
            sender.connection().close();
            return;
        }
        try {
            sessions.execute(() -> handle(sender));
        } catch (RuntimeException | OutOfMemoryError e) { // no thread available
            pending.leave(sender);
            drop(sender, String.valueOf(e), e);
        }
    }

    private boolean isOver() {
        return stopping || testRegistry.isSpent();
    }

    private void drop(AcceptedConnection<TcpConnection> sender, String reason, @Nullable Throwable cause) {
        rejections.add(reason, sender.connection().remote(), cause);
        sender.connection().close();
    }

    private void handle(AcceptedConnection<TcpConnection> sender) {
        Runnable next;
        try {
            next = identify(sender);
        } catch (IOException e) {
            next = () -> drop(sender, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) { // for example out of memory or threads
            MemoryShortage.report(e);
            next = () -> drop(sender, String.valueOf(e), e);
        }
        if (pending.leave(sender)) {
            proceed(sender, next);
        } else {
            drop(sender, GAVE_WAY, null);
        }
    }

    private void proceed(AcceptedConnection<TcpConnection> sender, Runnable next) {
        try {
            next.run();
        } catch (RuntimeException | Error e) { // as above
            drop(sender, String.valueOf(e), e);
            MemoryShortage.report(e);
        }
    }

    /// Reads the first messages of a connection.
    ///
    /// @return the action to perform for it
    /// @throws IOException if they are missing or incomplete, with the reason
    private Runnable identify(AcceptedConnection<TcpConnection> sender) throws IOException {
        TcpConnection connection = sender.connection();
        ByteBuffer first = said("cookie", () -> ControlHandshake.readCookie(connection, context.clock(), this::isOver));
        if (Iperf2Detector.isClient(first)) {
            return () -> drop(sender, IPERF2, null);
        }
        Cookie cookie = Cookie.parse(first);
        ServerSession owner = testRegistry.find(cookie);
        if (owner != null) {
            return () -> join(owner, sender);
        }
        if (!sender.mayControl() || !testRegistry.mayAdmit()) {
            return () -> refuse(connection);
        }
        setUp(connection);
        pending.advance(sender, connection.roundTrip());
        ControlHandshake opened = said(
                "parameters from client",
                () -> ControlHandshake.exchange(cookie, connection, context.clock(), this::isOver));
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
    private void join(ServerSession owner, AcceptedConnection<TcpConnection> sender) {
        boolean isFromClient = sender.by() == Protocol.SCTP // an SCTP endpoint may have several addresses
                || sender.connection().remote().getAddress().equals(owner.client());
        if (!isFromClient || !owner.offer(sender)) {
            rejections.add(
                    isFromClient ? UNWANTED : STOLEN_COOKIE, sender.connection().remote());
            ConnectionRejection.deny(sender.connection(), context.clock());
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
                    ControlKeepAlive.of(config.timeouts(), context.sockets()),
                    Pacing.NONE,
                    Transport.TCP));
        } catch (IOException _) { // already closed: its session will detect it
        }
    }

    private void startTest(ControlHandshake opened) {
        TestRegistry.RegisteredTest registeredTest = admit(opened);
        InetSocketAddress client = opened.connection().remote();
        if (registeredTest == null) {
            refuse(opened.connection());
            return;
        }
        boolean wasLast;
        Outcome outcome = null;
        try {
            outcome = registeredTest.session().run();
        } finally { // the slot is released in any case, for example out of memory
            wasLast = testRegistry.leave(registeredTest, outcome);
        }
        ServerEvent refusal = rejections.count(outcome, client);
        announcer.follow(registeredTest.eventDispatcher().deliveryStatus(), test -> afterTest(test, refusal, wasLast));
        if (testRegistry.isSpent()) {
            stopAccepting();
        }
    }

    private void refuse(TcpConnection connection) {
        rejections.addBusy(connection.remote());
        ConnectionRejection.deny(connection, context.clock());
    }

    private TestRegistry.@Nullable RegisteredTest admit(ControlHandshake opened) {
        try {
            return testRegistry.admit(opened, Deadline.in(PLACE_TIMEOUT, context.clock(), this::isOver));
        } catch (IOException _) { // no test was evicted in time
            return null;
        }
    }

    /// A server's listener is notified that the server is free only after it has received the test's
    /// outcome.
    private List<ServerEvent> afterTest(DeliveryStatus test, @Nullable ServerEvent refusal, boolean wasLast) {
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
        return new ServerEvent.Listening(port, testRegistry.nextTestNumber());
    }
}
