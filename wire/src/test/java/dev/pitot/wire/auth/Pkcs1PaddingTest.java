package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pkcs1PaddingTest {
    /// Blocks of 16 bytes; `aa` is padding.
    @ParameterizedTest
    @CsvSource({
        "0002aaaaaaaaaaaaaaaa000102030405, 01020304050000000000000000000000",
        "0002aaaaaaaaaaaaaaaa00ffff00ff80, ffff00ff800000000000000000000000",
        "0002aaaaaaaaaaaaaaaaaaaaaaaa0041, 41000000000000000000000000000000",
        "0002aaaaaaaaaaaaaaaaaaaaaaaaaa00, 00000000000000000000000000000000",
        "0002010203040506070800ff00000000, ff000000000000000000000000000000",
        "0002808182838485868700ff00000001, ff000000010000000000000000000000",
    })
    void leavesTheMessage(String block, String left) {
        assertThat(removed(block)).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({
        "0102aaaaaaaaaaaaaaaa000102030405", // wrong first byte
        "8002aaaaaaaaaaaaaaaa000102030405",
        "0001aaaaaaaaaaaaaaaa000102030405", // wrong type
        "0003aaaaaaaaaaaaaaaa000102030405",
        "0082aaaaaaaaaaaaaaaa000102030405",
        "0000aaaaaaaaaaaaaaaa000102030405",
        "0002aaaaaaaaaaaaaa00000102030405", // padding too short
        "00020000000000000000000102030405",
        "000200aaaaaaaaaaaaaaaaaaaaaa0041",
        "0002aaaaaaaaaaaaaaaaaaaaaaaaaaaa", // padding without end
        "ffffffffffffffffffffffffffffffff",
        "00000000000000000000000000000000",
        "75736572aaaaaaaaaaaaaaaaaaaaaaaa",
    })
    void leavesNothingOfAWrongBlock(String block) {
        assertThat(removed(block)).isEqualTo("00".repeat(16));
    }

    @Test
    void agreesWithAPlainReader() {
        var random = new Random(17);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] block = new byte[11 + random.nextInt(60)];
            for (int at = 0; at < block.length; at++) {
                block[at] = (byte) (random.nextInt(12) == 0 ? 0 : random.nextInt());
            }
            block[0] = (byte) (random.nextInt(8) == 0 ? 1 << random.nextInt(8) : 0);
            block[1] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : 2);
            byte[] expected = plainly(block);

            Pkcs1Padding.remove(block);

            assertThat(block).isEqualTo(expected);
            good += block[0] == 0 ? 0 : 1;
        }

        assertThat(good).isBetween(1000, 19_000);
    }

    private static byte[] plainly(byte[] block) {
        int end = 2;
        while (end < block.length && block[end] != 0) {
            end++;
        }
        boolean isGood = block[0] == 0 && block[1] == 2 && end >= 10 && end < block.length;
        return Arrays.copyOf(isGood ? Arrays.copyOfRange(block, end + 1, block.length) : new byte[0], block.length);
    }

    private static String removed(String hex) {
        byte[] block = HexFormat.of().parseHex(hex);
        Pkcs1Padding.remove(block);
        return HexFormat.of().formatHex(block);
    }
}
