package dev.pitot.message;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Payloads as text, for tests.
final class Bytes {
    private Bytes() {}

    /// @param hex with spaces as one likes
    static ByteBuffer of(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static String written(MessageTypes types, Object message) {
        ByteBuffer out = ByteBuffer.allocate(types.payloadLength(message));
        types.write(message, out);
        return hex(out.flip());
    }

    static String hex(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
