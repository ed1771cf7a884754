package dev.pitot.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/// Turns the body of a message into bytes and back. Buffers are addressed by index, whatever their order
/// of bytes is, and keep their position. Immutable.
///
/// A body is written from a [Message], or from an instance of the record that the type was made of.
final class BodyCodec {
    /// Result of [#measure] for bytes that are not a body.
    static final int MALFORMED = -1;

    private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final TextEncoding encoding;

    BodyCodec(TextEncoding encoding) {
        this.encoding = encoding;
    }

    TextEncoding encoding() {
        return encoding;
    }

    /// Returns the length of a message's body.
    ///
    /// @throws IllegalArgumentException with one sentence, if a text is too long or cannot be encoded, or a
    ///     record holds null
    int length(MessageType type, Object source) {
        int length = type.minimumLength();
        for (int field : type.wireIndexes()) {
            switch (type.typeOf(field).kind()) {
                case INT, INT64, USHORT, UCHAR, BOOL, FLOAT64 -> {}
                case STRING -> textLength(type, source, field, true);
                case VAR_STRING -> length += textLength(type, source, field, false);
                case RAW -> length += rawLength(type, source, field);
            }
        }
        return length;
    }

    /// Writes a body that [#length] accepted into a buffer with room for it.
    void write(MessageType type, Object source, ByteBuffer out, int start) {
        int at = start;
        for (int field : type.wireIndexes()) {
            FieldType fieldType = type.typeOf(field);
            int more = 0; // bytes than the fewest
            switch (fieldType.kind()) {
                case INT -> INT.set(out, at, (int) number(type, source, field));
                case USHORT -> SHORT.set(out, at, (short) number(type, source, field));
                case UCHAR, BOOL -> out.put(at, (byte) number(type, source, field));
                case INT64, FLOAT64 -> LONG.set(out, at, number(type, source, field));
                case STRING -> {
                    int padding = encoding.put((String) object(type, source, field), true, out, at);
                    while (padding < at + fieldType.bytes()) {
                        out.put(padding++, (byte) 0);
                    }
                }
                case VAR_STRING -> {
                    int text = at + Short.BYTES;
                    more = encoding.put((String) object(type, source, field), false, out, text) - text;
                    SHORT.set(out, at, (short) more);
                }
                case RAW -> {
                    byte[] bytes = (byte[]) object(type, source, field);
                    out.put(at, bytes);
                    more = bytes.length;
                }
            }
            at += fieldType.minimumLength() + more;
        }
    }

    /// Returns the length of the body that begins at `start`, or [#MALFORMED] if it goes beyond `end` or
    /// has a malformed text. [FieldType#RAW] bytes go to `end`. Allocates nothing.
    int measure(MessageType type, ByteBuffer in, int start, int end) {
        if (end - start < type.minimumLength()) {
            return MALFORMED;
        }
        int at = start;
        for (int field : type.wireIndexes()) {
            FieldType fieldType = type.typeOf(field);
            int length = switch (fieldType.kind()) {
                case INT, INT64, USHORT, UCHAR, BOOL, FLOAT64 -> fieldType.minimumLength();
                case STRING -> checked(in, at, fieldType.bytes(), end, true);
                case VAR_STRING -> varLength(in, at, end);
                case RAW -> end - at <= FieldType.RAW.room() ? end - at : MALFORMED;
            };
            if (length == MALFORMED || length > end - at) {
                return MALFORMED;
            }
            at += length;
        }
        return at - start;
    }

    /// Reads a body that has been measured.
    Message read(MessageType type, ByteBuffer in, int start, int end) {
        var values = new MessageValues(type.fields().size());
        int at = start;
        for (int field : type.wireIndexes()) {
            FieldType fieldType = type.typeOf(field);
            int more = 0; // bytes than the fewest
            switch (fieldType.kind()) {
                case INT -> values.putNumber(field, (int) INT.get(in, at));
                case USHORT -> values.putNumber(field, unsignedShort(in, at));
                case UCHAR -> values.putNumber(field, in.get(at) & 0xFF);
                case BOOL -> values.putNumber(field, in.get(at));
                case INT64, FLOAT64 -> values.putNumber(field, (long) LONG.get(in, at));
                case STRING -> values.putObject(field, encoding.text(in, at, fieldType.bytes(), true));
                case VAR_STRING -> {
                    more = unsignedShort(in, at);
                    values.putObject(field, encoding.text(in, at + Short.BYTES, more, false));
                }
                case RAW -> {
                    var bytes = new byte[end - at];
                    in.get(at, bytes);
                    values.putObject(field, bytes);
                    more = bytes.length;
                }
            }
            at += fieldType.minimumLength() + more;
        }
        return new Message(type, values);
    }

    private int varLength(ByteBuffer in, int at, int end) {
        if (end - at < Short.BYTES) {
            return MALFORMED;
        }
        int bytes = unsignedShort(in, at);
        return checked(in, at + Short.BYTES, bytes, end, false) == MALFORMED ? MALFORMED : Short.BYTES + bytes;
    }

    private int checked(ByteBuffer in, int at, int bytes, int end, boolean skipNul) {
        return bytes <= end - at && encoding.accepts(in, at, bytes, skipNul) ? bytes : MALFORMED;
    }

    private static int unsignedShort(ByteBuffer in, int at) {
        return Short.toUnsignedInt((short) SHORT.get(in, at));
    }

    private int textLength(MessageType type, Object source, int field, boolean skipNul) {
        int room = type.typeOf(field).room();
        long length = encoding.length((String) object(type, source, field), skipNul);
        if (length == TextEncoding.UNWRITABLE) {
            throw new IllegalArgumentException(
                    type.where(field) + " has a character that cannot be written in " + encoding);
        }
        if (length > room) {
            throw FieldValue.tooLong(type.where(field), room, length);
        }
        return (int) length;
    }

    private static int rawLength(MessageType type, Object source, int field) {
        int length = ((byte[]) object(type, source, field)).length;
        int room = type.typeOf(field).room();
        if (length > room) {
            throw FieldValue.tooLong(type.where(field), room, length);
        }
        return length;
    }

    private static long number(MessageType type, Object source, int field) {
        return source instanceof Message message
                ? message.numberAt(field)
                : binding(type).number((Record) source, field);
    }

    private static Object object(MessageType type, Object source, int field) {
        if (source instanceof Message message) {
            return message.objectAt(field);
        }
        Object object = binding(type).object((Record) source, field);
        if (object == null) {
            throw new IllegalArgumentException(type.where(field) + " is null, and only a text or bytes can be sent");
        }
        return object;
    }

    private static RecordBinding binding(MessageType type) {
        return Objects.requireNonNull(type.binding(), "a record whose type is not made of it");
    }
}
