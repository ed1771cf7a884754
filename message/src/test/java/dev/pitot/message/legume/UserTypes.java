package dev.pitot.message.legume;

import java.nio.ByteBuffer;

/// The users' types of the recordings, and one of text: id 30, a varstring.
enum UserTypes implements BodyLengths {
    /// Fields in the order of Python 2's dictionaries.
    PYTHON_2(9),
    /// Fields as declared.
    DECLARED(24);

    static final int EVERYTHING = 21;
    static final int TEXT = 30;
    static final int ONE = 200;
    static final int EMPTY = 255;

    private static final int EVERYTHING_BYTES = 4 + 2 + 8 + 1 + 1 + 8 + 2; // with an empty text

    private final int textAt;

    /// @param textAt where the length of the text of Everything is in its body
    UserTypes(int textAt) {
        this.textAt = textAt;
    }

    @Override
    public int bodyLength(int typeId, ByteBuffer at) {
        return switch (typeId) {
            case EVERYTHING -> text(at, textAt, EVERYTHING_BYTES);
            case TEXT -> text(at, 0, 2);
            case ONE -> 4;
            case EMPTY -> 0;
            default -> UNKNOWN_TYPE;
        };
    }

    private static int text(ByteBuffer at, int lengthAt, int otherBytes) {
        return at.remaining() < lengthAt + 2 ? -1 : otherBytes + (at.getShort(at.position() + lengthAt) & 0xFFFF);
    }
}
