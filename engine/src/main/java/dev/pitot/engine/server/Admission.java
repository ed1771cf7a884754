package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.AddressText;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which tests run, and whether there is room for another. Safe for any thread.
final class Admission {
    /// Tests side by side; whoever comes then is told that the server is busy.
    private static final int MAX_TESTS = 64;

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final List<ServerListener> listeners;
    private final Facilities facilities;
    private final List<Admitted> running = new ArrayList<>();
    private int started;
    private int served;
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

    /// Lets a new test in.
    ///
    /// @param control its control connection, owned by the session from now on
    /// @return null if there is no room; the connection then still belongs to the caller
    synchronized @Nullable Admitted admit(Cookie cookie, TcpConnection control) {
        boolean isSpent = config.lifetime().oneTest() && (served > 0 || !running.isEmpty());
        boolean isKnown = find(cookie) != null; // somebody else was faster with this cookie
        if (isClosed || isSpent || isKnown || running.size() >= MAX_TESTS) {
            return null;
        }
        int number = started + 1;
        Endpoint client = AddressText.endpoint(control.remote());
        List<Supplier<TestListener>> ofTest = new ArrayList<>();
        listeners.forEach(listener -> ofTest.add(() -> listener.onTest(number, client)));
        var announcer = new Announcer(ofTest);
        var session = new ServerSession(config, cookie, control, facilities, surroundings, announcer);
        var admitted = new Admitted(session, announcer);
        running.add(admitted);
        started = number;
        return admitted;
    }

    /// A test is over.
    ///
    /// @param outcome who has not proved who he is has not had the one test that a server may
    ///     offer
    /// @return whether it was the last that ran
    synchronized boolean leave(Admitted admitted, Outcome outcome) {
        running.remove(admitted);
        boolean mustProve = config.policy().authorization() != null;
        if (!mustProve || outcome.report().start() != null) {
            served++;
        }
        idleSinceNanos = surroundings.clock().nanoTime();
        return running.isEmpty();
    }

    /// Lets nobody in any more and ends all tests.
    synchronized void close(@Nullable String reason) {
        isClosed = true;
        running.forEach(admitted -> admitted.session().cancel(reason));
    }

    /// Whether a server of one test has had it.
    synchronized boolean isSpent() {
        return config.lifetime().oneTest() && served > 0 && running.isEmpty();
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
