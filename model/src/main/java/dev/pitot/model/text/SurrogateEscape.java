package dev.pitot.model.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// UTF-8 that keeps what is not UTF-8: each such byte is one of the characters U+DC80 to U+DCFF in
/// a text, which stand for nothing else there, and becomes that byte again (PEP 383,
/// `surrogateescape`). Arguments, names of files and the texts of a peer are bytes to the system and
/// to iperf3, in whatever character set somebody once wrote them.
public final class SurrogateEscape {
    private static final int BASE = 0xdc00; // PEP 383: byte 0x80 is U+DC80
    private static final char FIRST = 0xdc80;
    private static final char LAST = 0xdcff;
    private static final byte UNKNOWN = '?'; // as String.getBytes has it

    private SurrogateEscape() {}

    /// The text of some bytes. [#encode] gives the same bytes again.
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length); // no byte makes more than one char
        CoderResult result = decoder.decode(in, out, true);
        while (result.isMalformed()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (BASE + Byte.toUnsignedInt(in.get())));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /// The bytes of a text. A `?` stands for half a surrogate pair that is no escaped byte.
    public static byte[] encode(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(text.length(), (int) encoder.maxBytesPerChar()));
        CoderResult result = encoder.encode(in, out, true);
        while (result.isMalformed()) {
            for (int i = 0; i < result.length(); i++) {
                out.put(escaped(in.get()));
            }
            result = encoder.encode(in, out, true);
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    /// Whether some of the bytes of a text are not UTF-8.
    public static boolean isIn(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return false;
        } catch (CharacterCodingException _) { // half a pair
            return true;
        }
    }

    private static byte escaped(char c) {
        return c >= FIRST && c <= LAST ? (byte) (c - BASE) : UNKNOWN;
    }
}
