package dev.pitot.wire.control;

/// Message received on the control connection.
public sealed interface ControlMessage {
    /// A state without any following data.
    record State(TestState state) implements ControlMessage {}

    /// A byte that is not a state of iperf (error 110 in iperf).
    ///
    /// @param value −128..127
    record UnknownState(int value) implements ControlMessage {}

    /// A server's answer to a client that offered Pitot's extension.
    record Extension(ProtocolExtension extension) implements ControlMessage {}

    /// The client's parameters, not parsed yet.
    ///
    /// @param json at most [ControlDecoder#MAX_PARAMETERS_BYTES] bytes as UTF-8; bytes that are not
    ///     UTF-8 are escaped ([dev.pitot.model.text.SurrogateEscape])
    record Parameters(String json) implements ControlMessage {}

    /// The other end's results, not parsed yet.
    ///
    /// @param json at most [ControlDecoder#MAX_CLIENT_RESULTS_BYTES] or
    ///     [ControlDecoder#MAX_SERVER_RESULTS_BYTES] bytes as UTF-8; bytes that are not UTF-8 are
    ///     escaped ([dev.pitot.model.text.SurrogateEscape])
    record Results(String json) implements ControlMessage {}

    /// A server's reason for aborting a test. Both numbers are 0 if the connection ended before
    /// them.
    ///
    /// @param number iperf's error number, see [dev.pitot.model.error.IperfError#ofNumber]
    /// @param errno error number of the server's system; may be stale
    record ServerError(int number, int errno) implements ControlMessage {}

    /// A frame that cannot be decoded.
    sealed interface BadFrame extends ControlMessage {
        /// Returns the reason, for people.
        String reason();
    }

    /// A frame whose length is not permitted (iperf prints `JSON data length overflow`). Nothing
    /// after it can be decoded, so it is the last message of its connection.
    ///
    /// @param bytes announced length: 0, or more than the limit and less than 2^32
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
