package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.golden.GoldenSession;
import dev.pitot.wire.json.ParametersJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthTokenTest {
    private static final RSAPrivateKey GOLDEN = Fixtures.privateKey("/golden/auth/private.pem");
    private static final RSAPrivateKey SMALL = Fixtures.privateKey("/keys/rsa-1024.pem");
    private static final int SMALL_BYTES = 128;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String TEXT = "user: mario\npwd:  rossi\nts:   1700000000";

    @ParameterizedTest
    @CsvSource({
        "3.12/auth-ok, true, 1795234427",
        "3.21/auth-ok, false, 1795234471",
        "mixed-client3.12-server3.21/auth-pkcs1-ok, true, 1795234591",
    })
    void opensWhatIperfSealed(String session, boolean pkcs1, long seconds) {
        String token = Objects.requireNonNull(
                ParametersJson.read(GoldenSession.of(session).parameters()).authToken());
        var claim = new Claim("mario", "rossi", Instant.ofEpochSecond(seconds));

        assertThat(AuthToken.open(token, Fixtures.authorization(GOLDEN, true))).isEqualTo(claim);
        assertThat(AuthToken.open(token, Fixtures.authorization(GOLDEN, false))).isEqualTo(pkcs1 ? null : claim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.12/auth-ok", "3.21/auth-ok"})
    void anotherKeyOpensNothing(String session) {
        String token = Objects.requireNonNull(
                ParametersJson.read(GoldenSession.of(session).parameters()).authToken());
        RSAPrivateKey other = Fixtures.privateKey("/golden/auth/other-private.pem");

        assertThat(AuthToken.open(token, Fixtures.authorization(other, true))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1024, true",
        "1025, true",
        "3072, true",
        "4096, true",
        "1024, false",
        "1025, false",
        "3072, false",
        "4096, false"
    })
    void opensWhatItSealed(int bits, boolean pkcs1) {
        RSAPrivateKey key = Fixtures.privateKey("/keys/rsa-" + bits + ".pem");
        String token = seal(key, pkcs1, "josé", "pä€😀");

        assertThat(token).hasSize(((bits + 7) / 8 + 2) / 3 * 4).doesNotContain("\n");
        assertThat(AuthToken.open(token, Fixtures.authorization(key, true))).isEqualTo(new Claim("josé", "pä€😀", NOW));
        assertThat(AuthToken.open(token, Fixtures.authorization(key, false)) == null)
                .isEqualTo(pkcs1);
    }

    @ParameterizedTest
    @CsvSource({"true, RSA/ECB/PKCS1Padding", "false, RSA/ECB/OAEPWithSHA-1AndMGF1Padding"})
    void sealsByteForByteWhatIperfDoes(boolean pkcs1, String transformation) throws GeneralSecurityException {
        byte[] sealed = Base64.getDecoder().decode(seal(GOLDEN, pkcs1, "mario", "rossi"));

        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, GOLDEN);
        assertThat(new String(cipher.doFinal(sealed), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void noTwoTokensAreAlike() {
        assertThat(seal(SMALL, true, "a", "b")).isNotEqualTo(seal(SMALL, true, "a", "b"));
        assertThat(seal(SMALL, false, "a", "b")).isNotEqualTo(seal(SMALL, false, "a", "b"));
    }

    /// PKCS #1 padding takes 11 bytes and OAEP 42; the text has 30 besides user and password.
    @ParameterizedTest
    @CsvSource({"true, 87", "false, 56"})
    void sealsAsMuchAsFitsAndNoMore(boolean pkcs1, int longest) {
        String password = "p".repeat(longest - 1);
        Claim claim = AuthToken.open(seal(SMALL, pkcs1, "u", password), Fixtures.authorization(SMALL, true));

        assertThat(claim).isEqualTo(new Claim("u", password, Instant.ofEpochSecond(1_700_000_000)));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> seal(SMALL, pkcs1, "uu", password))
                .withMessageContaining("1024 bits")
                .withMessageNotContaining(password)
                .satisfies(e -> assertThat(e.error()).isEqualTo(IperfError.SEND_PARAMETERS));
    }

    @Test
    void refusesEveryTokenThatIsNoneAlike() {
        String good = seal(SMALL, false, "mario", "rossi");
        String ones = base64(new BigInteger(1, filled((byte) 0xff)));
        for (String token : new String[] {
            "",
            "=",
            "====",
            "A",
            good + good,
            good.substring(1),
            good.substring(0, good.length() - 4),
            good + "\n",
            good.replace('=', 'A'),
            "-" + good.substring(1),
            "é".repeat(good.length()),
            "\u0000".repeat(good.length()),
            "=".repeat(good.length()),
            "A".repeat(good.length()),
            "A".repeat(1 << 20),
            base64(BigInteger.ZERO),
            base64(BigInteger.ONE),
            base64(SMALL.getModulus()),
            base64(SMALL.getModulus().subtract(BigInteger.ONE)),
            ones
        }) {
            assertThat(open(token)).as(token.length() > 200 ? "long" : token).isNull();
        }
        assertThat(open(good)).isNotNull();
    }

    /// CVE-2025-54349: texts as long as the key, or not terminated.
    @Test
    void textsMayFillTheirBlock() {
        byte[] unpadded = filled((byte) 'u');
        unpadded[0] = 0;
        byte[] endless = padded(new byte[0]);
        Arrays.fill(endless, 2, SMALL_BYTES, (byte) 'u');
        String filling = "user: " + "u".repeat(SMALL_BYTES - 11 - 26) + "\npwd:  p\nts:   12345";

        assertThat(open(raw(unpadded))).isNull();
        assertThat(open(raw(endless))).isNull();
        assertThat(filling).hasSize(SMALL_BYTES - 11);
        assertThat(open(raw(padded(filling.getBytes(StandardCharsets.US_ASCII)))))
                .isEqualTo(new Claim("u".repeat(SMALL_BYTES - 37), "p", Instant.ofEpochSecond(12_345)));
    }

    @ParameterizedTest
    @CsvSource({"2, 8, true", "2, 20, true", "2, 7, false", "1, 8, false", "0, 8, false", "3, 8, false"})
    void paddingHasToBeRight(int type, int paddingBytes, boolean isRight) {
        byte[] text =
                (TEXT + " ".repeat(SMALL_BYTES - 3 - paddingBytes - TEXT.length())).getBytes(StandardCharsets.US_ASCII);
        byte[] block = padded(text);
        block[1] = (byte) type;

        assertThat(open(raw(block)) != null).isEqualTo(isRight);
    }

    @Test
    void aRightPaddingAroundAnotherTextIsNoClaim() {
        assertThat(open(raw(padded("user: mario\npwd:  rossi\n".getBytes(StandardCharsets.US_ASCII)))))
                .isNull();
        assertThat(open(raw(padded(new byte[0])))).isNull();
    }

    /// Seeded, so that a failure is reproducible.
    @Test
    void mutatedTokensAreRefused() {
        var random = new Random(54_350);
        for (boolean pkcs1 : new boolean[] {true, false}) {
            String good = seal(SMALL, pkcs1, "mario", "rossi");
            Claim claim = open(good);
            for (int i = 0; i < 500; i++) {
                String token = mutated(good, random);

                Claim opened = open(token);

                assertThat(opened == null || (isSame(token, good) && opened.equals(claim)))
                        .as(token)
                        .isTrue();
            }
        }
    }

    private static String mutated(String token, Random random) {
        var text = new StringBuilder(token);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
                case 1 -> text.setCharAt(at, token.charAt(random.nextInt(token.length())));
                case 2 -> text.insert(at, "=");
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    /// The last base64 character may have unused bits.
    private static boolean isSame(String token, String other) {
        return Arrays.equals(
                Base64.getDecoder().decode(token), Base64.getDecoder().decode(other));
    }

    private static byte[] filled(byte value) {
        byte[] block = new byte[SMALL_BYTES];
        Arrays.fill(block, value);
        return block;
    }

    /// Wraps a text in a PKCS #1 v1.5 block.
    private static byte[] padded(byte[] text) {
        byte[] block = filled((byte) 0xaa);
        block[0] = 0;
        block[1] = 2;
        block[SMALL_BYTES - text.length - 1] = 0;
        System.arraycopy(text, 0, block, SMALL_BYTES - text.length, text.length);
        return block;
    }

    /// Returns a token that decrypts to a block.
    private static String raw(byte[] block) {
        BigInteger exponent = ((RSAPrivateCrtKey) SMALL).getPublicExponent();
        return base64(new BigInteger(1, block).modPow(exponent, SMALL.getModulus()));
    }

    private static String base64(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] sealed = new byte[SMALL_BYTES];
        int length = Math.min(digits.length, SMALL_BYTES);
        System.arraycopy(digits, digits.length - length, sealed, SMALL_BYTES - length, length);
        return Base64.getEncoder().encodeToString(sealed);
    }

    private static @Nullable Claim open(String token) {
        Authorization authorization = Fixtures.authorization(SMALL, true);
        return AuthToken.open(token, authorization);
    }

    private static String seal(RSAPrivateKey key, boolean pkcs1, String user, String password) {
        return AuthToken.seal(new Credentials(user, password, Fixtures.publicKey(key), pkcs1), NOW);
    }
}
