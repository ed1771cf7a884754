package dev.pitot.message.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void isReadInEachOfItsForms() {
        Fingerprint print = Authority.selfSigned().fingerprint();
        String digits = print.toString().substring("sha256:".length());

        assertThat(digits).matches("[0-9a-f]{64}");
        assertThat(Fingerprint.parse(print.toString())).isEqualTo(print).hasSameHashCodeAs(print);
        assertThat(Fingerprint.parse(digits.toUpperCase(Locale.ROOT))).isEqualTo(print);
        assertThat(Fingerprint.parse(digits.replaceAll("(..)(?!$)", "$1:"))).isEqualTo(print);
    }

    @Test
    void differsInOneBit() {
        assertThat(Fingerprint.parse("0".repeat(64))).isNotEqualTo(Fingerprint.parse("0".repeat(63) + "1"));
    }

    @Test
    void anythingElseIsRefused() {
        for (String text : List.of("", "0".repeat(63), "0".repeat(65), "g".repeat(64), "sha1:" + "0".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Fingerprint.parse(text))
                    .withMessage("a fingerprint is 64 hexadecimal digits, the SHA-256 of a public key, not " + text);
        }
    }
}
