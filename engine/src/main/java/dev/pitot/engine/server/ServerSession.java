package dev.pitot.engine.server;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.engine.session.SessionLoop;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.SocketException;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.Cookie;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// One test from the server's side, from its parameters to the last message. [#run()] belongs to the
/// session's thread; all other methods may be called by any thread.
final class ServerSession implements StreamIntake.StreamConsumer {
    private final Cookie cookie;
    private final Session session;
    private final ServerSteps steps;
    private final SessionLoop<ServerState, ServerAction> loop;
    private @Nullable Protocol wanted; // protocol of accepted streams, or null; guarded by this

    /// Starts to read the control connection.
    ///
    /// @param opened the control connection, owned from now on
    ServerSession(
            ServerConfig server,
            ControlHandshake opened,
            ServerResources resources,
            SessionContext context,
            EventDispatcher eventDispatcher) {
        cookie = opened.cookie();
        session = new Session(context, eventDispatcher, resources.waitingClients()::isAny);
        ControlMessage first = opened.decoder().next();
        if (first == null) {
            throw new IllegalArgumentException("a session needs the first message of its client");
        }
        session.open(opened.connection(), opened.decoder(), session::onRead);
        steps = new ServerSteps(
                server, resources, session, first, new StreamIntake(resources, server, session, cookie, this));
        loop = new SessionLoop<>(session, steps);
    }

    boolean hasCookie(Cookie other) {
        return cookie.matches(other);
    }

    /// Remote address of the control connection. Any thread.
    InetAddress client() {
        return session.control().remote().getAddress();
    }

    /// True if the client has sent its parameters and the test was not evicted before data flowed.
    boolean wasTest() {
        return steps.hasParameters()
                && (session.isPrepared() || !session.eventLoop().wasEvicted());
    }

    @Override
    public synchronized void expect(@Nullable Protocol protocol) {
        wanted = protocol;
    }

    @Override
    public synchronized boolean offer(AcceptedConnection<?> accepted) {
        boolean isWanted = wanted != null && accepted.fits(wanted);
        if (isWanted) {
            session.eventQueue().put(new Event.StreamArrived(accepted));
        }
        return isWanted;
    }

    @Override
    public void fail(SocketException failure) {
        IperfError known = failure.error();
        session.eventQueue()
                .put(new Event.StreamFailed(
                        known == null ? IperfError.STREAM_ACCEPT : known, failure.reason(), failure));
    }

    /// Ends the test soon, with partial results and a message to the client.
    void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    /// Called when the test has given its slot back.
    void unregister() {
        steps.unregister();
    }

    /// Runs the test. Every failure becomes part of the outcome.
    Outcome run() {
        return loop.run();
    }
}
