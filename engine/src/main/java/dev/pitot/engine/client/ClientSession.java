package dev.pitot.engine.client;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionLoop;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.result.Outcome;
import org.jspecify.annotations.Nullable;

/// One test from the client's side, from the first connection to the last message. [#run()] belongs
/// to the session's thread; [#cancel] and [#cause] may come from any thread.
public final class ClientSession {
    private final Session session;
    private final SessionLoop<ClientState, ClientAction> loop;
    private volatile @Nullable Throwable cause;

    public ClientSession(ClientConfig config, Surroundings surroundings, Announcer announcer) {
        session = new Session(surroundings, announcer, () -> false); // ends for nobody else
        loop = new SessionLoop<>(session, new ClientSteps(config, session));
    }

    /// Ends the test soon, with its partial results and with a message to the server.
    ///
    /// @param reason for people, for example the name of a signal
    public void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    /// What was thrown where the test broke, beneath the ending's own words; null if nothing, and before the end.
    public @Nullable Throwable cause() {
        return cause;
    }

    /// Carries the test out. Whatever happens is the outcome.
    public Outcome run() {
        Outcome outcome = loop.run();
        cause = outcome.cause();
        return outcome;
    }
}
