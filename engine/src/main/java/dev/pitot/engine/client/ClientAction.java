package dev.pitot.engine.client;

import dev.pitot.wire.control.ProtocolExtension;

/// Action of a client's session, requested by a state.
sealed interface ClientAction {
    /// Enable Pitot's protocol extension, which the server supports too.
    record UseExtension(ProtocolExtension extension) implements ClientAction {}

    /// Send the test's parameters to the server.
    record SendParameters() implements ClientAction {}

    /// Start opening the data connections.
    record OpenStreams() implements ClientAction {}

    /// Report the data connections, if all are open.
    record ReportStreams() implements ClientAction {}

    /// Start the streams and the counting.
    record StartStreams() implements ClientAction {}

    /// Stop counting, and wait until the sent data has arrived. If only the server sends, notify it first.
    record StopStreams() implements ClientAction {}

    /// Notify the server that the test is over, unless [StopStreams] did.
    record EndTest() implements ClientAction {}

    /// Wait until no more datagrams arrive.
    record AwaitDatagrams() implements ClientAction {}

    /// Send this end's results to the server.
    record SendResults() implements ClientAction {}

    /// Read the server's results.
    ///
    /// @param json the body of its results message
    record TakeResults(String json) implements ClientAction {}
}
