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

/// One field of a type of messages.
///
/// @param name 1..255 characters; legume's are identifiers
/// @param defaultValue what it holds unless a message says otherwise: a [Long] for the types of
///     whole numbers (any [Number] without a fraction, or a [Boolean], is turned into one), a
///     [Double], a [String], or an empty `byte[]` for [Raw]
public record MessageField(String name, FieldType type, Object defaultValue) {
    private static final int MAX_NAME = 255;
    private static final byte[] NO_BYTES = {};

    /// @throws IllegalArgumentException if the name has no good length, or the type cannot hold
    ///     the default
    public MessageField {
        checkName("a field's", name);
        if (type instanceof Raw) {
            if (!(defaultValue instanceof byte[] bytes) || bytes.length > 0) {
                throw new IllegalArgumentException("field " + name + ": bytes have no other default than none");
            }
            defaultValue = NO_BYTES; // the same for all, since records compare arrays by identity
        } else {
            defaultValue = FieldValue.of("the default of field " + name, type, defaultValue);
        }
    }

    /// With the default that legume has: zero, false, or an empty text. (Its `uchar` defaults to
    /// a text that cannot be sent; here it is zero.)
    public MessageField(String name, FieldType type) {
        this(name, type, zero(type));
    }

    /// Refuses a name of another length than 1..255 characters.
    static void checkName(String whose, String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    whose + " name is 1 to " + MAX_NAME + " characters, not '" + name + "'");
        }
    }

    private static Object zero(FieldType type) {
        return switch (type) {
            case Int _, Int64 _, UShort _, UChar _, Bool _ -> 0L;
            case Float64 _ -> 0.0;
            case FixedString _, VarString _ -> "";
            case Raw _ -> NO_BYTES;
        };
    }
}
