package dev.pitot.wire.control;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.text.SurrogateEscape;
import java.nio.ByteBuffer;

/// Control messages as the bytes that travel.
public final class ControlEncoder {
    private ControlEncoder() {}

    /// One byte.
    public static byte[] state(TestState state) {
        return new byte[] {state.wireByte()};
    }

    /// A server's answer to a client that offered Pitot's extension: a byte that is no state of
    /// iperf3's, then the version.
    public static byte[] extension(ProtocolExtension extension) {
        return new byte[] {ProtocolExtension.STATE, (byte) extension.version()};
    }

    /// Parameters or results: the length as 32 bits, most significant byte first, then the JSON as UTF-8,
    /// but for bytes that are [escaped][SurrogateEscape] in it: cJSON sends those of a title as they are.
    public static byte[] frame(String json) {
        byte[] body = SurrogateEscape.encode(json);
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /// A server's reason to give a test up: the state and two numbers of 32 bits.
    ///
    /// @param errno of the system; 0 where it has no part in it
    public static byte[] serverError(IperfError error, int errno) {
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES)
                .put(TestState.SERVER_ERROR.wireByte())
                .putInt(error.number())
                .putInt(errno)
                .array();
    }
}
