package dev.pitot.message;

import java.nio.ByteBuffer;

/// Where messages are written before they are sent: a buffer that its owner uses again and again.
final class EncodeBuffer {
    private static final int FIRST_BYTES = 1400;

    private ByteBuffer own = ByteBuffer.allocate(FIRST_BYTES);

    /// A message's payload.
    ///
    /// @param isOwner whether the owner calls, who keeps it until its next call; others get
    ///     memory of their own
    /// @throws IllegalArgumentException if the message has no payload
    ByteBuffer encoded(Object message, MessageCodec codec, boolean isOwner) {
        int length = codec.payloadLength(message);
        ByteBuffer buffer = isOwner && length <= own.capacity() ? own : ByteBuffer.allocate(length);
        if (isOwner) {
            own = buffer;
        }
        codec.write(message, buffer.clear());
        return buffer.flip();
    }
}
