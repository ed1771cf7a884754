package dev.pitot.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The encoding of texts. It is the same for all messages of a registry. Between legumes of
/// different years and Pythons only ASCII is safe.
public enum TextEncoding {
    /// What legume has read since 2013. Bytes that are not UTF-8 make a message malformed.
    UTF_8(StandardCharsets.UTF_8),
    /// A character for each byte, whatever it is: for legumes of 2011, which hand bytes through.
    ISO_8859_1(StandardCharsets.ISO_8859_1);

    /// Result of [#length] for a text that cannot be encoded.
    static final long UNWRITABLE = -1;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final Charset charset;

    TextEncoding(Charset charset) {
        this.charset = charset;
    }

    /// Returns the number of bytes of a text, or [#UNWRITABLE].
    ///
    /// @param skipNul whether NULs vanish
    long length(String text, boolean skipNul) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length += c == 0 && skipNul ? 0 : 1;
            } else if (this == ISO_8859_1) {
                if (c > 0xFF) {
                    return UNWRITABLE;
                }
                length++;
            } else if (!Character.isSurrogate(c)) {
                length += c < 0x800 ? 2 : 3;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                return UNWRITABLE;
            }
        }
        return length;
    }

    /// Writes a text that has been found writable.
    ///
    /// @return the index behind it
    int put(String text, boolean skipNul, ByteBuffer out, int start) {
        int at = start;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 || this == ISO_8859_1) {
                if (c != 0 || !skipNul) {
                    out.put(at++, (byte) c);
                }
            } else if (c < 0x800) {
                out.put(at++, (byte) (0xC0 | (c >> 6)));
                out.put(at++, following(c));
            } else if (!Character.isSurrogate(c)) {
                out.put(at++, (byte) (0xE0 | (c >> 12)));
                out.put(at++, following(c >> 6));
                out.put(at++, following(c));
            } else {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out.put(at++, (byte) (0xF0 | (point >> 18)));
                out.put(at++, following(point >> 12));
                out.put(at++, following(point >> 6));
                out.put(at++, following(point));
            }
        }
        return at;
    }

    /// Returns whether the bytes are a text. NULs that vanish may stand inside a character too, since
    /// legume takes them away before it decodes.
    boolean accepts(ByteBuffer in, int start, int length, boolean skipNul) {
        if (this == ISO_8859_1) {
            return true;
        }
        int end = start + length;
        int at = start;
        while (at < end) {
            if (end - at >= Long.BYTES && ((long) LONG.get(in, at) & HIGH_BITS) == 0) {
                at += Long.BYTES; // eight of ASCII
                continue;
            }
            at = afterCharacter(in, at, end, skipNul);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /// Returns the text in bytes that have been accepted.
    String text(ByteBuffer in, int start, int length, boolean skipNul) {
        byte[] bytes = new byte[length];
        in.get(start, bytes);
        int kept = skipNul ? withoutNul(bytes) : length;
        return new String(bytes, 0, kept, charset);
    }

    /// Returns the index behind one character, or -1 if it is malformed (RFC 3629, section 4: no longer forms,
    /// no surrogates, nothing above U+10FFFF).
    private static int afterCharacter(ByteBuffer in, int start, int end, boolean skipNul) {
        int first = in.get(start) & 0xFF;
        if (first < 0x80) {
            return start + 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return -1;
        }
        int missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int at = start + 1;
        while (at < end) {
            int next = in.get(at++) & 0xFF;
            if (next == 0 && skipNul) {
                continue;
            }
            if (next < least || next > most) {
                return -1;
            }
            if (--missing == 0) {
                return at;
            }
            least = 0x80;
            most = 0xBF;
        }
        return -1;
    }

    private static byte following(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private static int withoutNul(byte[] bytes) {
        int kept = 0;
        for (byte b : bytes) {
            if (b != 0) {
                bytes[kept++] = b;
            }
        }
        return kept;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
