package dev.pitot.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurrogateEscapeTest {
    private static final int TEXTS = 20_000;
    private static final int MAX_BYTES = 24;

    @Test
    void readsUtf8AsJavaDoes() {
        String text = "plain, ü, €, 😀 and \u009b";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(SurrogateEscape.decode(bytes)).isEqualTo(text);
        assertThat(SurrogateEscape.encode(text)).isEqualTo(bytes);
        assertThat(SurrogateEscape.isIn(text)).isFalse();
    }

    @Test
    void escapesEachByteThatIsNotUtf8() {
        byte[] latin1 = "dätei".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogateInUtf8 = {(byte) 0xed, (byte) 0xb2, (byte) 0x80};
        byte[] cutOff = {'x', (byte) 0xe2, (byte) 0x82};

        assertThat(SurrogateEscape.decode(latin1)).isEqualTo("d\udce4tei");
        assertThat(SurrogateEscape.decode(surrogateInUtf8)).isEqualTo("\udced\udcb2\udc80");
        assertThat(SurrogateEscape.decode(cutOff)).isEqualTo("x\udce2\udc82");
        assertThat(SurrogateEscape.isIn("d\udce4tei")).isTrue();
    }

    @Test
    void whateverBytesThereAreComeBack() {
        var random = new Random(383);
        for (int i = 0; i < TEXTS; i++) {
            byte[] bytes = new byte[random.nextInt(MAX_BYTES)];
            random.nextBytes(bytes);

            assertThat(SurrogateEscape.encode(SurrogateEscape.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void halfAPairThatIsNoEscapeIsAQuestionMark() {
        assertThat(SurrogateEscape.encode("a\ud83d\udc01b\udc7f"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a\ud83d\udc01b?");
        assertThat(SurrogateEscape.encode("x\ud83d")).isEqualTo(new byte[] {'x', '?'});
    }
}
