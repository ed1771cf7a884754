package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTextTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_795_234_427);

    @Test
    void isWhatIperfSeals() {
        assertThat(new String(ClaimText.of("mario", "rossi", TIME.plusMillis(999)), StandardCharsets.UTF_8))
                .isEqualTo("user: mario\npwd:  rossi\nts:   1795234427");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user: mario\npwd:  rossi\nts:   1795234427",
                "user:mario pwd:rossi ts:1795234427",
                "user:\t\u000b\f\r\n mario\r\npwd:rossi\n\n\nts:\n1795234427\n",
                "user: mario\npwd:  rossi\nts:   +1795234427",
                "user: mario\npwd:  rossi\nts:   01795234427.5 and so on",
                "user: mario\npwd:  rossi\nts:   1795234427\u00005",
            })
    void isReadAsScanfReads(String text) {
        assertThat(read(text)).isEqualTo(new Claim("mario", "rossi", TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "user",
                "user:",
                "user: ",
                "user: mario",
                "user: mario\n",
                "user: mario\npwd:  rossi",
                "user: mario\npwd:  rossi\n",
                "user: mario\npwd:  rossi\nts:",
                "user: mario\npwd:  rossi\nts:   ",
                "user: mario\npwd:  rossi\nts:   now",
                "user: mario\npwd:  rossi\nts:   -",
                "user: mario\npwd:  rossi\nts:   + 5",
                "user: mario\npwd:  rossi\nts:   -+5",
                " user: mario\npwd:  rossi\nts:   1",
                "User: mario\npwd:  rossi\nts:   1",
                "user : mario\npwd:  rossi\nts:   1",
                "user: mario bros\npwd:  rossi\nts:   1",
                "user: mario\npwd:  ros si\nts:   1",
                "user: mario\npwd: \nts:   1",
                "user: mario\u0000\npwd:  rossi\nts:   1",
                "user: mario\u00a0pwd:  rossi\nts:   1",
                "\u0000user: mario\npwd:  rossi\nts:   1",
                "pwd:  rossi\nuser: mario\nts:   1",
            })
    void isReadNoOtherwise(String text) {
        assertThat(read(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "9223372036854775807, +1000000000-12-31T23:59:59Z",
        "9223372036854775808, +1000000000-12-31T23:59:59Z",
        "99999999999999999999999999999999, +1000000000-12-31T23:59:59Z",
        "-9223372036854775808, -1000000000-01-01T00:00:00Z",
        "-99999999999999999999999999999999, -1000000000-01-01T00:00:00Z",
    })
    void timesMayBeAnywhere(String seconds, Instant time) {
        assertThat(read("user: a\npwd: b\nts: " + seconds)).isEqualTo(new Claim("a", "b", time));
    }

    @Test
    void valuesAreUtf8() {
        assertThat(ClaimText.read(ClaimText.of("josé", "pä€😀", TIME))).isEqualTo(new Claim("josé", "pä€😀", TIME));
    }

    @Test
    void aClaimKeepsThePasswordToItself() {
        assertThat(new Claim("mario", "rossi", TIME).toString())
                .contains("mario")
                .doesNotContain("rossi");
    }

    private static @Nullable Claim read(String text) {
        return ClaimText.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
