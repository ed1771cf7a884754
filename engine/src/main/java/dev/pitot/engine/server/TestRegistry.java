package dev.pitot.engine.server;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.AddressText;
import dev.pitot.engine.session.ReportBuilder;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.Cookie;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Registry of running tests, which admits new ones. Safe for any thread.
final class TestRegistry {
    /// Maximum number of concurrent tests; further clients are refused as the server is busy.
    private static final int MAX_TESTS = 64;

    /// Maximum number of clients that wait until a test is evicted.
    private static final int MAX_WAITING = 64;

    private final ServerConfig config;
    private final SessionContext context;
    private final List<ServerListener> listeners;
    private final ServerResources resources;
    private final List<RegisteredTest> running = new ArrayList<>();
    private int started;
    private int served;
    private int waiting;
    private long idleSinceNanos;
    private boolean isClosed;

    /// Admitted test.
    record RegisteredTest(ServerSession session, EventDispatcher eventDispatcher) {}

    TestRegistry(
            ServerConfig config, ServerResources resources, SessionContext context, List<ServerListener> listeners) {
        this.config = config;
        this.resources = resources;
        this.context = context;
        this.listeners = listeners;
        idleSinceNanos = context.clock().nanoTime();
    }

    /// Returns the running test with this cookie, or null.
    synchronized @Nullable ServerSession find(Cookie cookie) {
        for (RegisteredTest registeredTest : running) {
            if (registeredTest.session().hasCookie(cookie)) {
                return registeredTest.session();
            }
        }
        return null;
    }

    /// True if a new test may get a slot. If not, its client need not be asked for its parameters.
    synchronized boolean mayAdmit() {
        boolean isRefused = isClosed
                || hasServedAll()
                || (isFull() && !resources.waitingClients().isAnyEvictable(null));
        if (isRefused) {
            resources.waitingClients().add();
        }
        return !isRefused;
    }

    /// Admits a new test, waiting for a slot while an idle test may be evicted.
    ///
    /// @param opened the control connection, owned by the session if the test is admitted
    /// @return null if there is no slot; the connection then still belongs to the caller
    synchronized @Nullable RegisteredTest admit(ControlHandshake opened, WaitPolicy waitPolicy) throws IOException {
        while (!isClosed && !hasServedAll() && isFull()) {
            resources.waitingClients().add();
            if (!resources.waitingClients().isAnyEvictable(null) || waiting >= MAX_WAITING) {
                return null;
            }
            int sliceMillis = waitPolicy.nextSliceMillis();
            waiting++;
            try {
                wait(sliceMillis);
            } catch (InterruptedException _) { // restored for the caller
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } finally {
                waiting--;
            }
        }
        boolean isKnown = find(opened.cookie()) != null; // another connection was faster with this cookie
        return isClosed || hasServedAll() || isKnown ? null : begin(opened);
    }

    private RegisteredTest begin(ControlHandshake opened) {
        int number = started + 1;
        Endpoint client = AddressText.endpoint(opened.connection().remote());
        List<Supplier<TestListener>> ofTest = new ArrayList<>();
        listeners.forEach(listener -> ofTest.add(() -> listener.onTest(number, client)));
        var eventDispatcher = new EventDispatcher(ofTest);
        RegisteredTest registeredTest;
        try {
            registeredTest = new RegisteredTest(
                    new ServerSession(config, opened, resources, context, eventDispatcher), eventDispatcher);
        } catch (RuntimeException | Error e) { // for example no thread: end the listeners
            eventDispatcher.announce(new TestEvent.Finished(new Outcome(
                    new ReportBuilder().report(), SessionFailure.of(e).ending())));
            throw e;
        }
        running.add(registeredTest);
        started = number;
        return registeredTest;
    }

    private boolean isFull() {
        return running.size() >= (config.lifetime().oneTest() ? 1 : MAX_TESTS);
    }

    private boolean hasServedAll() {
        return config.lifetime().oneTest() && served > 0;
    }

    /// Removes a test that is over.
    ///
    /// @param outcome null if it failed without one
    /// @return true if it was the last running test
    synchronized boolean leave(RegisteredTest registeredTest, @Nullable Outcome outcome) {
        running.remove(registeredTest);
        registeredTest.session().unregister();
        if (isOneTest(registeredTest.session(), outcome)) {
            served++;
        }
        idleSinceNanos = context.clock().nanoTime();
        notifyAll();
        return running.isEmpty();
    }

    /// True if a test counts as the single test of a server (`-1`). A test counts once its client has
    /// sent its parameters, whatever its outcome, as in iperf; but not one that fails authentication, nor
    /// one that was evicted before data flowed.
    private boolean isOneTest(ServerSession session, @Nullable Outcome outcome) {
        boolean mustProve = config.policy().authorization() != null;
        return session.wasTest()
                && (!mustProve || (outcome != null && outcome.report().start() != null));
    }

    /// Admits no more tests and cancels the running ones.
    synchronized void close(@Nullable String reason) {
        isClosed = true;
        notifyAll();
        running.forEach(registeredTest -> registeredTest.session().cancel(reason));
    }

    /// True if a server for a single test has run it.
    synchronized boolean isSpent() {
        return hasServedAll() && running.isEmpty();
    }

    /// True if the server has been idle for its idle timeout.
    synchronized boolean isIdleTooLong() {
        long limit = config.lifetime().idle().toNanos();
        return limit > 0 && running.isEmpty() && context.clock().nanoTime() - idleSinceNanos >= limit;
    }

    /// Time until the server may have been idle for too long, in milliseconds.
    ///
    /// @param most longest result; the shortest is 1
    synchronized int idleSliceMillis(int most) {
        long limit = config.lifetime().idle().toNanos();
        if (limit == 0) {
            return most;
        }
        long passed = running.isEmpty() ? context.clock().nanoTime() - idleSinceNanos : 0;
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(limit - passed), 1, most);
    }

    /// Restarts the idle timeout.
    synchronized void restartIdleTime() {
        idleSinceNanos = context.clock().nanoTime();
    }

    synchronized int nextTestNumber() {
        return started + 1;
    }
}
