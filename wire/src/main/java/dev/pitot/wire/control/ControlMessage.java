package dev.pitot.wire.control;

/// What one end told the other on the control connection.
public sealed interface ControlMessage {
    /// A state without anything behind it.
    record State(TestState state) implements ControlMessage {}

    /// A byte that is no state of iperf's (upstream: error 110).
    ///
    /// @param value −128..127
    record UnknownState(int value) implements ControlMessage {}

    /// A server's answer to a client that offered Pitot's extension.
    record Extension(ProtocolExtension extension) implements ControlMessage {}

    /// The client's parameters, not read yet.
    ///
    /// @param json at most [ControlDecoder#MAX_PARAMETERS_BYTES] bytes as UTF-8; bytes that are none were
    ///     replaced
    record Parameters(String json) implements ControlMessage {}

    /// The other end's results, not read yet.
    ///
    /// @param json at most [ControlDecoder#MAX_CLIENT_RESULTS_BYTES] or
    ///     [ControlDecoder#MAX_SERVER_RESULTS_BYTES] bytes as UTF-8; bytes that are none were replaced
    record Results(String json) implements ControlMessage {}

    /// What a server says before it gives a test up. Both numbers are 0 where the connection ended before
    /// them.
    ///
    /// @param number iperf's, see [dev.pitot.model.error.IperfError#ofNumber]
    /// @param errno of the server's system; may be stale
    record ServerError(int number, int errno) implements ControlMessage {}

    /// A frame that cannot be read.
    sealed interface BadFrame extends ControlMessage {
        /// For people: why.
        String reason();
    }

    /// A frame of no permitted length (upstream prints `JSON data length overflow`). Nothing can be
    /// understood after it, so it is the last message of its connection.
    ///
    /// @param bytes as announced: 0 or more than the limit, less than 2^32
    record OversizedFrame(long bytes) implements BadFrame {
        @Override
        public String reason() {
            return "a message of " + bytes + " bytes is not accepted";
        }
    }

    /// The connection ended within a frame.
    record TruncatedFrame() implements BadFrame {
        @Override
        public String reason() {
            return "the connection ended within the message";
        }
    }
}
