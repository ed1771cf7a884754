package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.Parameters;

/// What a server's session does at the word of its state.
sealed interface ServerAction {
    /// Take the test that the client wants, if it may have it, and wait for room for its streams.
    record CheckParameters(Parameters parameters) implements ServerAction {}

    /// Prepare for streams to come in, and wait for the test's turn.
    record OpenIntake(Parameters parameters) implements ServerAction {}

    /// Report the test, which can begin, and let streams in.
    record AgreeOnTest(Parameters parameters) implements ServerAction {}

    /// Tell the client what both ends know beyond iperf's protocol.
    record AnswerExtension(ProtocolExtension extension) implements ServerAction {}

    /// Keep a data connection until all have come.
    record KeepStream(Arrival<?> arrival) implements ServerAction {}

    /// Turn a connection away that claims to belong to this test, but comes too late.
    record DenyStream(Arrival<?> arrival) implements ServerAction {}

    /// Make everything ready, so that nothing is left to do on the test's own time.
    record PrepareStreams() implements ServerAction {}

    /// Let data flow and start counting.
    record StartStreams() implements ServerAction {}

    /// Wait for what the client has sent.
    record AwaitRemainder() implements ServerAction {}

    /// End counting and hang up on all streams.
    record EndTest() implements ServerAction {}

    /// Take what the client measured, and wait for the datagrams that it sent.
    ///
    /// @param json the body of its results message
    record TakeResults(String json) implements ServerAction {}

    /// Report what both ends measured, and ask for the output that the client wants.
    record Summarize() implements ServerAction {}

    /// Wait for that output.
    record AwaitOutput() implements ServerAction {}

    /// Tell the client what this end measured.
    record SendResults() implements ServerAction {}

    /// Tell the client the next state.
    record SendState(TestState state) implements ServerAction {}
}
