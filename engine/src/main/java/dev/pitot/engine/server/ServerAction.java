package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.Parameters;

/// Action of a server's session, requested by a state.
sealed interface ServerAction {
    /// Check the test that the client requests, and wait for its streams to be available.
    record CheckParameters(Parameters parameters) implements ServerAction {}

    /// Prepare to accept streams, and wait for the test's turn.
    record OpenIntake(Parameters parameters) implements ServerAction {}

    /// Report the test, which can begin, and let streams in.
    record AgreeOnTest() implements ServerAction {}

    /// Answer with the protocol extension that both ends support.
    record AnswerExtension(ProtocolExtension extension) implements ServerAction {}

    /// Keep a data connection until all have arrived.
    record KeepStream(AcceptedConnection<?> accepted) implements ServerAction {}

    /// Reject a connection that claims to belong to this test but arrives too late.
    record DenyStream(AcceptedConnection<?> accepted) implements ServerAction {}

    /// Prepare everything, so that nothing is left to do during the test.
    record PrepareStreams() implements ServerAction {}

    /// Start the streams and the counting.
    record StartStreams() implements ServerAction {}

    /// Wait for data that the client has sent.
    record AwaitRemainder() implements ServerAction {}

    /// Stop counting and close all streams.
    record EndTest() implements ServerAction {}

    /// Read the client's results, and wait for the datagrams that it sent.
    ///
    /// @param json the body of its results message
    record TakeResults(String json) implements ServerAction {}

    /// Report the results of both ends, and collect the output that the client has requested.
    record Summarize() implements ServerAction {}

    /// Wait for that output.
    record AwaitOutput() implements ServerAction {}

    /// Send this end's results to the client.
    record SendResults() implements ServerAction {}

    /// Send the next state to the client.
    record SendState(TestState state) implements ServerAction {}
}
