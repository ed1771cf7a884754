package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.spec.InvalidKeySpecException;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeysTest {
    private static final BigInteger MODULUS =
            Fixtures.privateKey("/golden/auth/private.pem").getModulus();

    @ParameterizedTest
    @ValueSource(strings = {"/golden/auth/public.pem", "/keys/pkcs1-public.pem"})
    void readsPublicKeys(String file) throws InvalidKeySpecException {
        assertThat(PemKeys.publicKey(Fixtures.text(file)).getModulus()).isEqualTo(MODULUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/golden/auth/private.pem", "/keys/pkcs1-private.pem"})
    void readsPrivateKeys(String file) throws InvalidKeySpecException {
        assertThat(PemKeys.privateKey(Fixtures.text(file)).getModulus()).isEqualTo(MODULUS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 3072, 4096})
    void readsKeysOfManySizes(int bits) {
        assertThat(Fixtures.privateKey("/keys/rsa-" + bits + ".pem")
                        .getModulus()
                        .bitLength())
                .isEqualTo(bits);
    }

    @Test
    void otherTextAndOtherLineEndsDoNotMatter() throws InvalidKeySpecException {
        String key = Fixtures.text("/golden/auth/public.pem");
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        for (String pem : new String[] {
            key.replace("\n", "\r\n"),
            "Bag Attributes: <No Attributes>\nKey: 1\n" + key + "\n\n# the end",
            parameters + key,
            key + Fixtures.text("/golden/auth/other-public.pem"),
            key.replace("\n", "\n  ")
        }) {
            assertThat(PemKeys.publicKey(pem).getModulus()).isEqualTo(MODULUS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/golden/auth/private.pem  | openssl pkey -in PRIVATE_KEY -pubout",
                "/keys/pkcs1-private.pem   | openssl pkey -in PRIVATE_KEY -pubout",
                "/keys/encrypted-private.pem | openssl pkey -in PRIVATE_KEY -pubout",
                "/keys/certificate.pem     | openssl x509 -in CERTIFICATE -pubkey -noout",
                "/keys/ec-public.pem       | not an RSA key",
                "/keys/openssh-public.txt  | ssh-keygen -e -m PKCS8",
                "/golden/auth/users.csv    | there is no public RSA key",
            })
    void saysWhatToDoAboutAnotherPublicKey(String file, String advice) {
        assertRefused(file, advice, () -> PemKeys.publicKey(Fixtures.text(file)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/golden/auth/public.pem           | this is a public key",
                "/keys/pkcs1-public.pem            | this is a public key",
                "/keys/encrypted-private.pem       | protected by a password",
                "/keys/encrypted-pkcs1-private.pem | protected by a password",
                "/keys/ec-private.pem              | there is no private RSA key",
                "/keys/openssh-private.pem         | ssh-keygen -p -m PEM",
                "/golden/auth/users.csv            | there is no private RSA key",
            })
    void saysWhatToDoAboutAnotherPrivateKey(String file, String advice) {
        assertRefused(file, advice, () -> PemKeys.privateKey(Fixtures.text(file)));
    }

    private static void assertRefused(String file, String advice, ThrowingCallable read) {
        InvalidKeySpecException refusal = catchThrowableOfType(InvalidKeySpecException.class, read);

        assertThat(refusal).hasMessageContaining(advice).hasNoCause();
        Fixtures.text(file)
                .lines()
                .filter(line -> line.length() > 20 && !line.startsWith("-"))
                .forEach(line -> assertThat(refusal.getMessage()).doesNotContain(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nM\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n!?\n-----END PUBLIC KEY-----",
                "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----",
                "-----BEGIN RSA PUBLIC KEY-----\n\n-----END RSA PUBLIC KEY-----",
                "-----BEGIN -----",
                "-----BEGIN ----------END -----",
            })
    void refusesWhatIsNoKey(String pem) {
        assertThatExceptionOfType(InvalidKeySpecException.class)
                .isThrownBy(() -> PemKeys.publicKey(pem))
                .withNoCause();
        assertThatExceptionOfType(InvalidKeySpecException.class)
                .isThrownBy(() -> PemKeys.privateKey(pem.replace("PUBLIC", "PRIVATE")))
                .withNoCause();
    }

    /// Anything that is still accepted as a key is one.
    @Test
    void damagedKeysAreRefusedOrWork() {
        var random = new Random(3);
        String sound = Fixtures.text("/keys/rsa-1024.pem");
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            var damaged = new StringBuilder(sound);
            damaged.setCharAt(random.nextInt(sound.length()), "AZaz09+/=-\n".charAt(random.nextInt(11)));
            refused += isRefused(damaged.toString());
        }

        assertThat(refused).isBetween(1500, 1999);
    }

    private static int isRefused(String pem) {
        try {
            var authorization = Fixtures.authorization(PemKeys.privateKey(pem), true);
            assertThat(AuthToken.open("A".repeat(172), authorization)).isNull();
            return 0;
        } catch (InvalidKeySpecException e) {
            assertThat(e).hasMessageContaining(" ").hasNoCause();
            return 1;
        }
    }
}
