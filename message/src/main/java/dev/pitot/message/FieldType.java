package dev.pitot.message;

/// What a field of a message is on the wire. The names are legume's where they can be; numbers
/// are big-endian, as `struct` writes them with `!` (messages.py, `get_format_string`).
public sealed interface FieldType {
    /// legume's `int`.
    FieldType INT = new Int();
    /// legume's `short`.
    FieldType USHORT = new UShort();
    /// legume's `uchar`.
    FieldType UCHAR = new UChar();
    /// legume's `bool`.
    FieldType BOOL = new Bool();
    /// legume's `float`.
    FieldType FLOAT64 = new Float64();
    /// legume's `varstring`.
    FieldType VAR_STRING = new VarString();
    /// 64 bits; not legume's: see [Int64].
    FieldType INT64 = new Int64();
    /// Bytes; not legume's.
    FieldType RAW = new Raw();

    /// legume's `string n`.
    ///
    /// @param bytes its length on the wire, 1..65535
    static FieldType string(int bytes) {
        return new FixedString(bytes);
    }

    /// 32 bits, signed (`i`).
    record Int() implements FieldType {}

    /// 64 bits, signed (`q`). An addition of Pitot's, for messages between two Pitots: an original legume cannot
    /// read it, so nothing with such a field is sent to one.
    record Int64() implements FieldType {}

    /// 16 bits, unsigned in spite of legume's name for it (`H`).
    record UShort() implements FieldType {
        /// The largest value.
        static final int MAX = 0xFFFF;
    }

    /// 8 bits, unsigned (`B`).
    record UChar() implements FieldType {
        /// The largest value.
        static final int MAX = 0xFF;
    }

    /// 8 bits, signed (`b`): false is 0, true is 1, and legume lets all other numbers pass too.
    record Bool() implements FieldType {}

    /// IEEE 754 binary64 (`d`): infinities and all bits of a NaN pass.
    record Float64() implements FieldType {}

    /// Text that always takes the same room (`ns`): filled up with NUL. All NULs vanish, at the
    /// end or not, on sending and on receipt, as in legume.
    ///
    /// @param bytes 1..65535. legume counts characters of it; here they are bytes, as on the wire
    record FixedString(int bytes) implements FieldType {
        private static final int MAX_BYTES = 0xFFFF;

        /// @throws IllegalArgumentException if the length is out of range
        public FixedString {
            if (bytes < 1 || bytes > MAX_BYTES) {
                throw new IllegalArgumentException("a string is 1 to " + MAX_BYTES + " bytes long, not " + bytes);
            }
        }
    }

    /// Text behind its length in bytes (`H`, `ns`). legume on Python 3 writes the number of
    /// characters instead, and cuts everything beyond ASCII; such a cut text is malformed here.
    record VarString() implements FieldType {
        /// The longest text in bytes: what the length can say.
        static final int MAX_BYTES = 0xFFFF;
    }

    /// Bytes, the rest of the message, and therefore always the last field. Nothing on the wire
    /// tells where they end: only the extended mode can carry them, which knows how long a
    /// message is. legume packs messages back to back and does not.
    record Raw() implements FieldType {
        /// The most bytes: 16 MiB, beyond which no protocol here carries a message.
        static final int MAX_BYTES = 1 << 24;
    }
}
