package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.AddressText;
import dev.pitot.engine.session.Findings;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.Patience;
import dev.pitot.wire.control.Cookie;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which tests run, and whether there is room for another. Safe for any thread.
final class Admission {
    /// Tests side by side; whoever comes then is told that the server is busy.
    private static final int MAX_TESTS = 64;

    /// Clients that may wait until a test has given way.
    private static final int MAX_WAITING = 64;

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final List<ServerListener> listeners;
    private final Facilities facilities;
    private final List<Admitted> running = new ArrayList<>();
    private int started;
    private int served;
    private int waiting;
    private long idleSinceNanos;
    private boolean isClosed;

    /// A test that has been let in.
    record Admitted(ServerSession session, Announcer announcer) {}

    Admission(ServerConfig config, Facilities facilities, Surroundings surroundings, List<ServerListener> listeners) {
        this.config = config;
        this.facilities = facilities;
        this.surroundings = surroundings;
        this.listeners = listeners;
        idleSinceNanos = surroundings.clock().nanoTime();
    }

    /// The running test of this cookie, or null.
    synchronized @Nullable ServerSession find(Cookie cookie) {
        for (Admitted admitted : running) {
            if (admitted.session().hasCookie(cookie)) {
                return admitted.session();
            }
        }
        return null;
    }

    /// Whether a new test may hope for a place. If not, its client need not be asked what it wants.
    synchronized boolean mayAdmit() {
        boolean isRefused = isClosed
                || hasServedAll()
                || (isFull() && !facilities.waitingClients().isAnyEvictable(null));
        if (isRefused) {
            facilities.waitingClients().add();
        }
        return !isRefused;
    }

    /// Lets a new test in, waiting for a place as long as a test that moves nothing may give way.
    ///
    /// @param opened its control connection, owned by the session from now on
    /// @return null if there is no room; the connection then still belongs to the caller
    synchronized @Nullable Admitted admit(ControlHandshake opened, Patience patience) throws IOException {
        while (!isClosed && !hasServedAll() && isFull()) {
            facilities.waitingClients().add();
            if (!facilities.waitingClients().isAnyEvictable(null) || waiting >= MAX_WAITING) {
                return null;
            }
            int sliceMillis = patience.nextSliceMillis();
            waiting++;
            try {
                wait(sliceMillis);
            } catch (InterruptedException _) { // told to the caller
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } finally {
                waiting--;
            }
        }
        boolean isKnown = find(opened.cookie()) != null; // somebody else was faster with this cookie
        return isClosed || hasServedAll() || isKnown ? null : begin(opened);
    }

    private Admitted begin(ControlHandshake opened) {
        int number = started + 1;
        Endpoint client = AddressText.endpoint(opened.connection().remote());
        List<Supplier<TestListener>> ofTest = new ArrayList<>();
        listeners.forEach(listener -> ofTest.add(() -> listener.onTest(number, client)));
        var announcer = new Announcer(ofTest);
        Admitted admitted;
        try {
            admitted = new Admitted(new ServerSession(config, opened, facilities, surroundings, announcer), announcer);
        } catch (RuntimeException | Error e) { // no thread, say: listeners do not wait for a test that does not begin
            announcer.announce(new TestEvent.Finished(
                    new Outcome(new Findings().report(), SessionFailure.of(e).ending())));
            throw e;
        }
        running.add(admitted);
        started = number;
        return admitted;
    }

    private boolean isFull() {
        return running.size() >= (config.lifetime().oneTest() ? 1 : MAX_TESTS);
    }

    private boolean hasServedAll() {
        return config.lifetime().oneTest() && served > 0;
    }

    /// A test is over.
    ///
    /// @param outcome null if it broke off without any
    /// @return whether it was the last that ran
    synchronized boolean leave(Admitted admitted, @Nullable Outcome outcome) {
        running.remove(admitted);
        if (isOneTest(admitted.session(), outcome)) {
            served++;
        }
        idleSinceNanos = surroundings.clock().nanoTime();
        notifyAll();
        return running.isEmpty();
    }

    /// Whether a test counts where a server offers only one. A client counts that has said what it
    /// wants, whatever comes of that, as in iperf; but not one that fails authentication, nor one
    /// that gave way to another before it moved anything.
    private boolean isOneTest(ServerSession session, @Nullable Outcome outcome) {
        boolean mustProve = config.policy().authorization() != null;
        return session.wasTest()
                && (!mustProve || (outcome != null && outcome.report().start() != null));
    }

    /// Lets nobody in any more and ends all tests.
    synchronized void close(@Nullable String reason) {
        isClosed = true;
        notifyAll();
        running.forEach(admitted -> admitted.session().cancel(reason));
    }

    /// Whether a server of one test has had it.
    synchronized boolean isSpent() {
        return hasServedAll() && running.isEmpty();
    }

    /// Whether no test has run for as long as the server may idle.
    synchronized boolean isIdleTooLong() {
        long limit = config.lifetime().idle().toNanos();
        return limit > 0 && running.isEmpty() && surroundings.clock().nanoTime() - idleSinceNanos >= limit;
    }

    /// Starts the idle time anew.
    synchronized void restartIdleTime() {
        idleSinceNanos = surroundings.clock().nanoTime();
    }

    synchronized int nextTestNumber() {
        return started + 1;
    }
}
