package dev.pitot.message;

import dev.pitot.message.FieldType.Bool;
import dev.pitot.message.FieldType.FixedString;
import dev.pitot.message.FieldType.Float64;
import dev.pitot.message.FieldType.Int;
import dev.pitot.message.FieldType.Int64;
import dev.pitot.message.FieldType.Raw;
import dev.pitot.message.FieldType.UChar;
import dev.pitot.message.FieldType.UShort;
import dev.pitot.message.FieldType.VarString;
import org.jspecify.annotations.Nullable;

/// What a program gives for a field, checked and in the one form that messages hold: [Long],
/// [Double], [String] or `byte[]`.
final class FieldValue {
    private FieldValue() {}

    /// @param where names field and message for people: `field n of message Chat`
    /// @throws IllegalArgumentException if the type cannot hold the value
    static Object of(String where, FieldType type, @Nullable Object value) {
        return switch (type) {
            case Int _ -> whole(where, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case Int64 _ -> whole(where, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case UShort _ -> whole(where, value, 0, UShort.MAX);
            case UChar _ -> whole(where, value, 0, UChar.MAX);
            case Bool _ -> whole(where, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Float64 _ -> real(where, value);
            case FixedString(int bytes) ->
                atMost(where, bytes, text(where, value).replace("\0", ""));
            case VarString _ -> atMost(where, VarString.MAX_BYTES, text(where, value));
            case Raw _ -> bytes(where, value);
        };
    }

    /// The complaint about a text or bytes that are too long.
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

    private static byte[] bytes(String where, @Nullable Object value) {
        if (!(value instanceof byte[] bytes)) {
            throw unsuited(where, "a byte[]", value);
        }
        if (bytes.length > Raw.MAX_BYTES) {
            throw tooLong(where, Raw.MAX_BYTES, bytes.length);
        }
        return bytes.clone();
    }

    private static IllegalArgumentException unsuited(String where, String wanted, @Nullable Object value) {
        String given = value == null ? "null" : "a " + value.getClass().getSimpleName();
        return new IllegalArgumentException(where + " takes " + wanted + ", not " + given);
    }
}
