package dev.pitot.message.legume;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Lengths of the messages of a user's types: nothing in legume's datagrams says where a
/// message ends.
@FunctionalInterface
public interface BodyLengths {
    /// The length of a body whose type is not known.
    int UNKNOWN_TYPE = -2;

    /// Returns the length of a message's body. Throws nothing, whatever the bytes are, and moves nothing.
    ///
    /// @param typeId 20..255
    /// @param at position at the body's first byte, limit at the datagram's end
    /// @return bytes; [#UNKNOWN_TYPE] if the type is unknown, -1 if the body cannot be one of it
    int bodyLength(int typeId, ByteBuffer at);

    /// Returns the field of a type that takes the rest of a message, for people: `field bytes of message Blob`; null
    /// if there is none.
    ///
    /// @param typeId 0..255
    default @Nullable String openEndedField(int typeId) {
        return null;
    }

    /// Returns the field of a type that only Pitot can read, for people: `field n of message Chat`; null if there is
    /// none.
    ///
    /// @param typeId 0..255
    default @Nullable String fieldOfPitot(int typeId) {
        return null;
    }
}
