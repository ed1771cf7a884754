package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerJsonTest {
    @Test
    void isLaidOutAnewWithItsNumbersUnchanged() {
        String pretty = PeerJson.pretty("{\"a\":[{\"b\":1.50}],\"c\":null,\"d\":\"\\u0001\"}");

        assertThat(pretty)
                .isEqualTo("{\n\t\"a\":\t[{\n\t\t\t\"b\":\t1.50\n\t\t}],\n\t\"c\":\tnull,\n\t\"d\":\t\"\\u0001\"\n}");
    }

    @Test
    void losesRepeatedMembersOfTheSameObjectOnly() {
        String pretty = PeerJson.pretty("{\"a\":1,\"b\":{\"a\":2},\"a\":{\"x\":[3]},\"c\":4}");

        assertThat(pretty).isEqualTo("{\n\t\"a\":\t1,\n\t\"b\":\t{\n\t\t\"a\":\t2\n\t},\n\t\"c\":\t4\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":1}}", "{\"a\":NaN}", "not json"})
    void whatIsNoObjectStaysAsItIs(String document) {
        assertThat(PeerJson.parse(document)).isNull();
        assertThat(PeerJson.pretty(document)).isEqualTo(document);
    }

    @Test
    void aDeeplyNestedDocumentIsRefused() {
        String document = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(PeerJson.parse(document)).isNull();
    }
}
