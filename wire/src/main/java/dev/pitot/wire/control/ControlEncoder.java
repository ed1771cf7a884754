package dev.pitot.wire.control;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.text.SurrogateEscape;
import java.nio.ByteBuffer;

/// Encoder for control messages.
public final class ControlEncoder {
    private ControlEncoder() {}

    /// Returns the single byte of a state.
    public static byte[] state(TestState state) {
        return new byte[] {state.wireByte()};
    }

    /// Returns a server's answer to a client that offered Pitot's extension: a byte that is not a
    /// state of iperf3, then the version.
    public static byte[] extension(ProtocolExtension extension) {
        return new byte[] {ProtocolExtension.STATE, (byte) extension.version()};
    }

    /// Returns a frame with parameters or results: the length as 32 bits, most significant byte
    /// first, then the JSON as UTF-8, except that [escaped][SurrogateEscape] bytes are sent
    /// unchanged, as cJSON does for a title.
    public static byte[] frame(String json) {
        byte[] body = SurrogateEscape.encode(json);
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /// Returns a server's reason for aborting a test: the state and two 32-bit numbers.
    ///
    /// @param errno system error number; 0 if there is none
    public static byte[] serverError(IperfError error, int errno) {
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES)
                .put(TestState.SERVER_ERROR.wireByte())
                .putInt(error.number())
                .putInt(errno)
                .array();
    }
}
