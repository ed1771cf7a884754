package dev.pitot.engine.client;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.engine.session.SessionLoop;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.result.Outcome;
import org.jspecify.annotations.Nullable;

/// One test from the client's side, from the first connection to the last message. [#run()] belongs to
/// the session's thread; [#cancel] and [#cause] may be called by any thread.
public final class ClientSession {
    private final Session session;
    private final SessionLoop<ClientState, ClientAction> loop;
    private volatile @Nullable Throwable cause;

    public ClientSession(ClientConfig config, SessionContext context, EventDispatcher eventDispatcher) {
        session = new Session(context, eventDispatcher, () -> false); // a client is never evicted
        loop = new SessionLoop<>(session, new ClientSteps(config, session));
    }

    /// Ends the test soon, with partial results and a message to the server.
    ///
    /// @param reason text for the report, for example the name of a signal
    public void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    /// Exception that caused a failed test's outcome; null if none, and before the end.
    public @Nullable Throwable cause() {
        return cause;
    }

    /// Runs the test. Every failure becomes part of the outcome.
    public Outcome run() {
        Outcome outcome = loop.run();
        cause = outcome.cause();
        return outcome;
    }
}
