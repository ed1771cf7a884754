package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A received message. It is valid until the handler that gets it returns: copy what is needed longer.
public final class ReceivedMessage {
    private final MessageTypes types;
    private @Nullable ByteBuffer payload;
    private @Nullable PeerConnection connection;
    private Channel channel = Channel.UNRELIABLE;
    private int start;
    private int end;

    ReceivedMessage(MessageTypes types) {
        this.types = types;
    }

    /// Makes this the next message.
    ///
    /// @param from its connection, which counts it if it cannot be read
    ReceivedMessage load(ByteBuffer bytes, Channel on, @Nullable PeerConnection from) {
        payload = bytes;
        connection = from;
        channel = on;
        start = bytes.position();
        end = bytes.limit();
        return this;
    }

    /// Ends its validity, and restores position and limit of its bytes.
    void unload() {
        ByteBuffer bytes = payload;
        if (bytes != null) {
            bytes.limit(end).position(start);
            payload = null;
            connection = null;
        }
    }

    /// Returns the channel on which it came.
    public Channel channel() {
        return channel;
    }

    /// Returns its length in bytes, the one of its type included.
    public int length() {
        return end - start;
    }

    /// Returns the id of its type: the first byte, 0..255.
    public int typeId() {
        return Byte.toUnsignedInt(bytes().get(start));
    }

    /// Returns its bytes, from position to limit: the id of its type, then its body. They must not be changed.
    ///
    /// @throws IllegalStateException if the handler has returned
    public ByteBuffer payload() {
        return bytes().limit(end).position(start);
    }

    /// Returns the message as its type says; null if no type of that id is known, the bytes are not
    /// one of that type, or its record refuses the values. Null is counted as malformed, and what probably is the
    /// mistake is reported to the listener's `error`, once per peer.
    ///
    /// @throws IllegalStateException if the handler has returned
    public @Nullable Object message() {
        Object message = types.readValue(payload());
        PeerConnection from = connection;
        if (from != null) {
            connection = null; // it is told once
            from.onRead(typeId(), types.type(typeId()) != null, message != null);
        }
        return message;
    }

    private ByteBuffer bytes() {
        ByteBuffer bytes = payload;
        if (bytes == null) {
            throw new IllegalStateException(
                    "A message is only there until its handler returns: copy what is needed later.");
        }
        return bytes;
    }
}
