package dev.pitot.message;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// How messages become payloads and back: what endpoints know of a registry of message types. Any
/// number of threads.
interface MessageCodec {
    /// Knows no type: payloads only.
    MessageCodec NONE = new MessageCodec() {
        @Override
        public int payloadLength(Object message) {
            throw new IllegalArgumentException("This endpoint was given no message types: send payloads.");
        }

        @Override
        public int write(Object message, ByteBuffer out) {
            return payloadLength(message);
        }

        @Override
        public @Nullable Object readValue(ByteBuffer payload) {
            return null;
        }
    };

    /// How many bytes [#write] will write.
    ///
    /// @throws IllegalArgumentException with a sentence, if the message is of no known type, or
    ///     has values that its type cannot carry
    int payloadLength(Object message);

    /// Writes a message at the buffer's position: the byte of its type, then its body.
    ///
    /// @return how many bytes that were
    /// @throws IllegalArgumentException as [#payloadLength]
    int write(Object message, ByteBuffer out);

    /// Reads a message; null if there is none.
    ///
    /// @param payload from position to limit, which stay
    @Nullable Object readValue(ByteBuffer payload);
}
