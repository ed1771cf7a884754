package dev.pitot.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

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

    /// The names of a type's fields as they stand on the wire.
    static List<String> wireNames(MessageType type) {
        return Arrays.stream(type.wireIndexes())
                .mapToObj(field -> type.fields().get(field).name())
                .toList();
    }

    static String hex(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
