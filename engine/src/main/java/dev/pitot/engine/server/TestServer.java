package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.engine.session.Arrival;
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
    /// How long a client may wait until another's test has given way.
    private static final Duration PLACE_PATIENCE = Duration.ofSeconds(12);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private static final String IPERF2 =
            "an iperf 2 client cannot be served: use iperf3 or Pitot there, or iperf 2 here";

    private static final String GAVE_WAY = "a connection that said nothing gave way to a newer one";

    private static final String UNWANTED = "a connection that no test wants was refused";

    private static final String STOLEN_COOKIE =
            "a connection with the cookie of a test came from another address than the test's client";

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

    /// Opens the listener and starts to accept.
    ///
    /// @throws IOException if it cannot listen
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

    /// What ended the server, if it was a fault of this program; null if none did.
    public @Nullable Throwable failure() {
        return failure;
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

    private void serve(TcpListener first) {
        try {
            acceptAll(first);
        } catch (RuntimeException | Error e) { // must not happen; whoever waits for the end learns of it
            failure = e;
            rejections.add("the server cannot go on: " + e, null, e);
            MemoryShortage.report(e);
            admission.close(null);
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
            facilities.synAck().listener(socket);
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
                return ListenAddress.open(config.local(), port, surroundings);
            } catch (IOException e) {
                complain("cannot listen again: " + e.getMessage(), e);
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
                welcome(new Arrival<>(socket.accept(patience), Protocol.TCP, order++));
            } catch (InterruptedIOException _) { // the patience above has ended
                return !stopping && !admission.isSpent();
            } catch (IOException e) {
                complain("unable to accept connection: " + e.getMessage(), e);
            } catch (RuntimeException | Error e) { // out of memory, say: the server lives on to better times
                complain("unable to accept connection: " + e, e);
                MemoryShortage.report(e);
            }
        }
    }

    private void complain(String reason, Throwable cause) {
        rejections.add(reason, null, cause);
        pause();
    }

    /// Out of descriptors, most likely: trying at once would only burn a processor.
    private static void pause() {
        try {
            Thread.sleep(Patience.MAX_SLICE_MILLIS);
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }

    private void welcome(Arrival<TcpConnection> stranger) {
        try {
            pending.admit(stranger, Deadline.none(surroundings.clock(), this::isOver));
        } catch (IOException _) { // the server ends
            stranger.connection().close();
            return;
        }
        try {
            sessions.execute(() -> place(stranger));
        } catch (RuntimeException | OutOfMemoryError e) { // no thread to be had: better luck for the next
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
        } catch (RuntimeException | Error e) { // out of memory or threads, say: better luck for the next
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

    /// Waits for what a connection says of itself.
    ///
    /// @return what to do with it
    /// @throws IOException if it says too little, with the reason
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

    /// Something that a connection has to say.
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

    /// A cookie is not encrypted: whoever has seen it on the way cannot use it elsewhere.
    private void join(ServerSession owner, Arrival<TcpConnection> stranger) {
        boolean isFromClient = stranger.by() == Protocol.SCTP // an end may have several addresses
                || stranger.connection().remote().getAddress().equals(owner.client());
        if (!isFromClient || !owner.offer(stranger)) {
            rejections.add(
                    isFromClient ? UNWANTED : STOLEN_COOKIE,
                    stranger.connection().remote());
            Denial.deny(stranger.connection(), surroundings.clock());
        }
    }

    /// Control messages must not wait for the acknowledgement of the one before, which may take
    /// 40 ms (Nagle's algorithm and delayed acknowledgements; RFC 1122, 4.2.3).
    private void setUp(TcpConnection control) {
        try {
            control.apply(new TcpSetup(
                    null,
                    null,
                    TcpSetup.CONTROL.settings(),
                    ControlKeepAlive.of(config.timeouts(), surroundings.sockets()),
                    Bitrate.UNLIMITED,
                    Transport.TCP));
        } catch (IOException _) { // gone already: its session will notice
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
        } finally { // out of memory, say: the place is free all the same
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
        } catch (IOException _) { // nobody has given way
            return null;
        }
    }

    /// A listener of the server hears that it is free only after it has heard how the test ended.
    private List<ServerEvent> afterTest(Heard test, @Nullable ServerEvent refusal, boolean wasLast) {
        List<ServerEvent> events = new ArrayList<>();
        if (refusal != null) {
            events.add(refusal);
        }
        Throwable lost = test.failure();
        if (lost != null) {
            events.add(new ServerEvent.ConnectionDropped("the report of a test is lost: " + lost, 1, lost));
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
