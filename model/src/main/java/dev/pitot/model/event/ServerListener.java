package dev.pitot.model.event;

import dev.pitot.model.config.Endpoint;

/// Learns what happens to a server, and gives each of its tests a listener of its own. The
/// engine calls it on threads of the listener's own, never on one that measures.
public interface ServerListener {
    /// Something happened to the server as a whole. Called for one event after the other.
    void onServerEvent(ServerEvent event);

    /// A listener for the test that begins. Calls for tests that begin together may overlap.
    ///
    /// @param testNumber from 1
    TestListener onTest(int testNumber);

    /// The same, called instead of it, for those who want to know whose test it is.
    ///
    /// @param testNumber from 1
    /// @param client where the test's control connection comes from
    default TestListener onTest(int testNumber, Endpoint client) {
        return onTest(testNumber);
    }
}
