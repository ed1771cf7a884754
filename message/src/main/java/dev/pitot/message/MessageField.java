package dev.pitot.message;

import dev.pitot.message.FieldType.Kind;

/// One field of a type of messages.
///
/// @param name 1..255 characters; legume's are identifiers
/// @param defaultValue what it holds unless a message says otherwise: a [Long] for the types of
///     whole numbers (any [Number] without a fraction, or a [Boolean], is turned into one), a
///     [Double], a [String], or an empty `byte[]` for [FieldType#RAW]
public record MessageField(String name, FieldType type, Object defaultValue) {
    private static final int MAX_NAME = 255;
    private static final byte[] NO_BYTES = {};

    /// @throws IllegalArgumentException if the name has no good length, or the type cannot hold
    ///     the default
    public MessageField {
        checkName("a field's", name);
        if (type.kind() == Kind.RAW) {
            if (!(defaultValue instanceof byte[] bytes) || bytes.length > 0) {
                throw new IllegalArgumentException("field " + name + ": bytes have no other default than none");
            }
            defaultValue = NO_BYTES; // the same for all, since records compare arrays by identity
        } else {
            defaultValue = FieldValue.of("the default of field " + name, type, defaultValue);
        }
    }

    /// Makes a field with the default that legume has: zero, false, or an empty text. (Its `uchar` defaults to
    /// a text that cannot be sent; here it is zero.)
    public MessageField(String name, FieldType type) {
        this(name, type, zero(type));
    }

    /// Refuses a name of another length than 1..255 characters.
    static void checkName(String whose, String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(whose + " name is 1 to " + MAX_NAME + " characters, not '" + name + "'");
        }
    }

    private static Object zero(FieldType type) {
        return switch (type.kind()) {
            case INT, INT64, USHORT, UCHAR, BOOL -> 0L;
            case FLOAT64 -> 0.0;
            case STRING, VAR_STRING -> "";
            case RAW -> NO_BYTES;
        };
    }
}
