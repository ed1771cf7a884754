package dev.pitot.model.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// UTF-8 that preserves invalid bytes: each is decoded to one of the characters U+DC80 to U+DCFF,
/// which have no other use there, and encoded to the same byte again (PEP 383, `surrogateescape`).
/// For the system and for iperf3, arguments, file names and a peer's texts are bytes in any
/// character set.
public final class SurrogateEscape {
    private static final int BASE = 0xdc00; // PEP 383: byte 0x80 is U+DC80
    private static final char FIRST = 0xdc80;
    private static final char LAST = 0xdcff;
    private static final byte UNKNOWN = '?'; // as in String.getBytes

    private SurrogateEscape() {}

    /// Decodes bytes. [#encode] returns the same bytes again.
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length); // no byte decodes to more than one char
        CoderResult result = decoder.decode(in, out, true);
        while (result.isMalformed()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (BASE + Byte.toUnsignedInt(in.get())));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /// Encodes a text. An unpaired surrogate that is not an escaped byte becomes `?`.
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

    /// True if a text contains bytes that are not UTF-8.
    public static boolean isIn(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return false;
        } catch (CharacterCodingException _) { // unpaired surrogate
            return true;
        }
    }

    private static byte escaped(char c) {
        return c >= FIRST && c <= LAST ? (byte) (c - BASE) : UNKNOWN;
    }
}
