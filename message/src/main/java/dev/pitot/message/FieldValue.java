package dev.pitot.message;

import org.jspecify.annotations.Nullable;

/// Checks a value that a program gives for a field, and turns it into the form that messages hold: [Long],
/// [Double], [String] or `byte[]`.
final class FieldValue {
    private FieldValue() {}

    /// Returns the value as messages hold it.
    ///
    /// @param where names field and message for people: `field n of message Chat`
    /// @throws IllegalArgumentException if the type cannot hold the value
    static Object of(String where, FieldType type, @Nullable Object value) {
        return switch (type.kind()) {
            case INT -> whole(where, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> whole(where, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case USHORT -> whole(where, value, 0, 0xFFFF);
            case UCHAR -> whole(where, value, 0, 0xFF);
            case BOOL -> whole(where, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case FLOAT64 -> real(where, value);
            case STRING -> atMost(where, type.room(), text(where, value).replace("\0", ""));
            case VAR_STRING -> atMost(where, type.room(), text(where, value));
            case RAW -> bytes(where, type.room(), value);
        };
    }

    /// Returns the error for a text or bytes that are too long.
    static IllegalArgumentException tooLong(String where, long room, long length) {
        return new IllegalArgumentException(where + " has room for " + room + " bytes, not for " + length);
    }

    private static Long whole(String where, @Nullable Object value, long least, long most) {
        long number = switch (value) {
            case Long it -> it;
            case Integer it -> it;
            case Short it -> it;
            case Byte it -> it;
            case Character it -> it;
            case Boolean it -> it ? 1 : 0;
            case null, default -> throw unsuited(where, "a whole number", value);
        };
        if (number < least || number > most) {
            throw new IllegalArgumentException(where + " holds " + least + " to " + most + ", not " + number);
        }
        return number;
    }

    private static Double real(String where, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw unsuited(where, "a number", value);
    }

    private static String text(String where, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw unsuited(where, "a text", value);
    }

    /// No encoding has fewer bytes than Java has characters, so that this much is certain before
    /// the encoding is known.
    private static String atMost(String where, int room, String text) {
        if (text.length() > room) {
            throw tooLong(where, room, text.length());
        }
        return text;
    }

    private static byte[] bytes(String where, int room, @Nullable Object value) {
        if (!(value instanceof byte[] bytes)) {
            throw unsuited(where, "a byte[]", value);
        }
        if (bytes.length > room) {
            throw tooLong(where, room, bytes.length);
        }
        return bytes.clone();
    }

    private static IllegalArgumentException unsuited(String where, String wanted, @Nullable Object value) {
        String type = value == null ? "null" : value.getClass().getSimpleName();
        String article = value == null ? "" : type.matches("[AEIO].*") ? "an " : "a ";
        return new IllegalArgumentException(where + " takes " + wanted + ", not " + article + type);
    }
}
