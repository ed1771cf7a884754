package dev.pitot.model.event;

import dev.pitot.model.config.Endpoint;

/// Listener for the events of a server, and factory of the listeners of its tests. Called on
/// dedicated listener threads, never on one that measures.
public interface ServerListener {
    /// Called for each event of the server as a whole, one after the other.
    void onServerEvent(ServerEvent event);

    /// Returns a listener for a test that begins. Calls for tests that begin at the same time may
    /// overlap.
    ///
    /// @param testNumber from 1
    TestListener onTest(int testNumber);

    /// Like [#onTest(int)], but with the client's address. Called instead of it.
    ///
    /// @param testNumber from 1
    /// @param client source address of the test's control connection
    default TestListener onTest(int testNumber, Endpoint client) {
        return onTest(testNumber);
    }
}
