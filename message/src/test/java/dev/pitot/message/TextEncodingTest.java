package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {
    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(16);

    @Test
    void everyCharacterGoesBothWaysInUtf8AsInJava() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                goesBothWays(TextEncoding.UTF_8, Character.toString(point));
            }
        }
    }

    @Test
    void noSurrogateAloneHasBytes() {
        for (char c = Character.MIN_SURROGATE; c <= Character.MAX_SURROGATE; c++) {
            assertThat(TextEncoding.UTF_8.length("a" + c, false)).isEqualTo(TextEncoding.UNWRITABLE);
            assertThat(TextEncoding.UTF_8.length(c + "a", false)).isEqualTo(TextEncoding.UNWRITABLE);
        }
    }

    @Test
    void everyByteIsACharacterInIso88591() {
        for (char c = 0; c <= 0xFF; c++) {
            goesBothWays(TextEncoding.ISO_8859_1, "a" + c);
        }
        assertThat(TextEncoding.ISO_8859_1.length("€", false)).isEqualTo(TextEncoding.UNWRITABLE);
    }

    /// All sequences of two bytes, and random longer ones close to what is allowed.
    @Test
    void acceptsWhatJavasStrictDecoderAccepts() {
        for (int pair = 0; pair <= 0xFFFF; pair++) {
            agrees(new byte[] {(byte) (pair >> 8), (byte) pair});
        }
        var random = new Random(5);
        byte[] likely = {
            0x41,
            0,
            0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC1,
            (byte) 0xC2,
            (byte) 0xDF,
            (byte) 0xE0,
            (byte) 0xE1,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xF1,
            (byte) 0xF4,
            (byte) 0xF5,
            (byte) 0xFF
        };
        for (int round = 0; round < 100_000; round++) {
            var bytes = new byte[random.nextInt(1, 6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely[random.nextInt(likely.length)];
            }
            agrees(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17})
    void aCharacterAfterLongAsciiIsSeen(int ascii) {
        byte[] good = ("x".repeat(ascii) + "é").getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(good, good.length - 1);

        assertThat(TextEncoding.UTF_8.accepts(ByteBuffer.wrap(good), 0, good.length, false))
                .isTrue();
        assertThat(TextEncoding.UTF_8.accepts(ByteBuffer.wrap(cut), 0, cut.length, false))
                .isFalse();
        // the byte that completes the character lies behind the text
        assertThat(TextEncoding.UTF_8.accepts(ByteBuffer.wrap(good), 0, cut.length, false))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nulsThatVanishHaveNoLength(TextEncoding encoding) {
        ByteBuffer out = ByteBuffer.allocate(8);

        assertThat(encoding.length("\0a\0", true)).isEqualTo(1);
        assertThat(encoding.length("\0a\0", false)).isEqualTo(3);
        assertThat(encoding.put("\0a\0", true, out, 2)).isEqualTo(3);
        assertThat(encoding.put("\0a\0", false, out, 2)).isEqualTo(5);
        assertThat(encoding.text(out, 2, 3, true)).isEqualTo("a");
        assertThat(encoding.text(out, 2, 3, false)).isEqualTo("\0a\0");
    }

    private static void goesBothWays(TextEncoding encoding, String text) {
        byte[] expected =
                text.getBytes(encoding == TextEncoding.UTF_8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(expected.length);

        boolean good = encoding.length(text, false) == expected.length
                && encoding.put(text, false, out, 0) == expected.length
                && out.equals(ByteBuffer.wrap(expected))
                && encoding.accepts(out, 0, expected.length, false)
                && encoding.text(out, 0, expected.length, false).equals(text);

        if (!good) { // a million calls
            assertThat(text).as("did not go both ways").isNull();
        }
    }

    private void agrees(byte[] bytes) {
        CoderResult result = strict.reset().decode(ByteBuffer.wrap(bytes), decoded.clear(), true);
        boolean expected = !result.isError();
        if (TextEncoding.UTF_8.accepts(ByteBuffer.wrap(bytes), 0, bytes.length, false) != expected) {
            assertThat(bytes).as("accepted: " + !expected).isNull();
        }
    }
}
