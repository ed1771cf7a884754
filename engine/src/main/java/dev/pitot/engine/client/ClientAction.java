package dev.pitot.engine.client;

import dev.pitot.wire.control.ProtocolExtension;

/// What a client's session does at the word of its state.
sealed interface ClientAction {
    /// The server knows Pitot's extension of the protocol, too.
    record UseExtension(ProtocolExtension extension) implements ClientAction {}

    /// Tell the server what test this shall be.
    record SendParameters() implements ClientAction {}

    /// Begin to open the data connections.
    record OpenStreams() implements ClientAction {}

    /// Report the data connections, if all are open.
    record ReportStreams() implements ClientAction {}

    /// Let data flow and start counting.
    record StartStreams() implements ClientAction {}

    /// End counting, and wait until what was sent has arrived.
    record StopStreams() implements ClientAction {}

    /// Tell the server that the test is over.
    record EndTest() implements ClientAction {}

    /// Wait until no datagrams come any more.
    record AwaitDatagrams() implements ClientAction {}

    /// Tell the server what this end measured.
    record SendResults() implements ClientAction {}

    /// Take what the server measured.
    ///
    /// @param json the body of its results message
    record TakeResults(String json) implements ClientAction {}
}
