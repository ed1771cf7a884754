package dev.pitot.message;

/// The type of a field of a message. The names are legume's where they can be; numbers are
/// big-endian, as `struct` writes them with `!` (messages.py, `get_format_string`). The constants are all
/// types, but for texts of fixed length ([#string]).
///
/// @param kind how its values are written
/// @param bytes of a [Kind#STRING] on the wire, 1..65535. legume counts its characters, Pitot its
///     bytes; 0 for the others
public record FieldType(Kind kind, int bytes) {
    /// legume's `int`.
    public static final FieldType INT = new FieldType(Kind.INT, 0);
    /// legume's `short`.
    public static final FieldType USHORT = new FieldType(Kind.USHORT, 0);
    /// legume's `uchar`.
    public static final FieldType UCHAR = new FieldType(Kind.UCHAR, 0);
    /// legume's `bool`.
    public static final FieldType BOOL = new FieldType(Kind.BOOL, 0);
    /// legume's `float`.
    public static final FieldType FLOAT64 = new FieldType(Kind.FLOAT64, 0);
    /// legume's `varstring`.
    public static final FieldType VAR_STRING = new FieldType(Kind.VAR_STRING, 0);
    /// 64 bits; not legume's: see [Kind#INT64].
    public static final FieldType INT64 = new FieldType(Kind.INT64, 0);
    /// Bytes; not legume's: see [Kind#RAW].
    public static final FieldType RAW = new FieldType(Kind.RAW, 0);

    private static final int MAX_TEXT = 0xFFFF;

    /// @throws IllegalArgumentException if the length is out of range
    public FieldType {
        if (kind == Kind.STRING ? bytes < 1 || bytes > MAX_TEXT : bytes != 0) {
            throw new IllegalArgumentException(
                    kind == Kind.STRING
                            ? "a string is 1 to " + MAX_TEXT + " bytes long, not " + bytes
                            : "only a string has a length of its own, not " + kind);
        }
    }

    /// Returns legume's `string n`.
    ///
    /// @param bytes its length on the wire, 1..65535
    public static FieldType string(int bytes) {
        return new FieldType(Kind.STRING, bytes);
    }

    /// Returns the fewest bytes that it takes on the wire.
    int minimumLength() {
        return kind == Kind.STRING ? bytes : kind.minimum;
    }

    /// Returns the most bytes that it can take on the wire.
    int maximumLength() {
        return minimumLength() + kind.room;
    }

    /// Returns the longest text or the most bytes that it holds; 0 for numbers.
    int room() {
        return bytes + kind.room;
    }

    /// The ways to write a value.
    public enum Kind {
        /// 32 bits, signed (`i`).
        INT(Integer.BYTES, 0),
        /// 64 bits, signed (`q`). An addition of Pitot's, for messages between two Pitots: an original legume
        /// cannot read it, so nothing with such a field is sent to one. In legume's protocol it is
        /// refused until the first ping, a round trip after the client was accepted, has shown that
        /// the peer is a Pitot.
        INT64(Long.BYTES, 0),
        /// 16 bits, unsigned in spite of legume's name for it (`H`).
        USHORT(Short.BYTES, 0),
        /// 8 bits, unsigned (`B`).
        UCHAR(Byte.BYTES, 0),
        /// 8 bits, signed (`b`): false is 0, true is 1, and legume lets all other numbers pass too.
        BOOL(Byte.BYTES, 0),
        /// IEEE 754 binary64 (`d`): infinities and all bits of a NaN pass.
        FLOAT64(Double.BYTES, 0),
        /// Text that always takes the same room (`ns`): filled up with NUL. All NULs vanish, at the
        /// end or not, on sending and on receipt, as in legume.
        STRING(0, 0),
        /// Text behind its length in bytes (`H`, `ns`). legume on Python 3 writes the number of
        /// characters instead, and cuts everything beyond ASCII; such a cut text is malformed here.
        VAR_STRING(Short.BYTES, MAX_TEXT),
        /// Bytes, the rest of the message, 16 MiB at most, and therefore always the last field. Nothing on the
        /// wire says where they end: only the extended mode can carry them, which knows how long a
        /// message is. legume packs messages back to back and does not: there they are refused.
        RAW(0, 1 << 24);

        private final int minimum;
        private final int room; // beyond it

        Kind(int minimum, int room) {
            this.minimum = minimum;
            this.room = room;
        }
    }
}
