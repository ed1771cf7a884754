package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.wire.golden.GoldenSession;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CookieTest {
    @Test
    void aNewOneHasThirtySixCharactersOfIperfsAlphabet() {
        var random = new Random(1);

        Cookie one = Cookie.random(random);
        Cookie other = Cookie.random(random);

        assertThat(one.text()).matches("[a-z2-7]{36}");
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void travelsAsItsTextAndANul() {
        byte[] bytes = new Cookie(GoldenSession.of("3.21/tcp").cookie()).toBytes();

        assertThat(bytes).hasSize(Cookie.BYTES);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).isEqualTo("h35eodjveb6atqzd7zjlruulkmb2m6yvtdez\0");
    }

    @Test
    void isReadBackWithoutTouchingWhatFollows() {
        var cookie = Cookie.random(new Random(2));
        ByteBuffer received =
                ByteBuffer.allocate(40).put(cookie.toBytes()).put((byte) 9).flip();

        Cookie read = Cookie.parse(received);

        assertThat(read).isEqualTo(cookie);
        assertThat(received.remaining()).isEqualTo(1);
    }

    @Test
    void endsAtTheFirstNul() {
        byte[] bytes = new byte[Cookie.BYTES];
        bytes[0] = 'a';
        bytes[2] = 'b';

        assertThat(Cookie.parse(ByteBuffer.wrap(bytes))).isEqualTo(new Cookie("a"));
    }

    @Test
    void mayHoldAnyBytes() {
        byte[] bytes = new byte[Cookie.BYTES];
        Arrays.fill(bytes, (byte) 0xff);

        Cookie cookie = Cookie.parse(ByteBuffer.wrap(bytes));

        assertThat(cookie.text()).isEqualTo("ÿ".repeat(Cookie.BYTES));
        assertThat(cookie.toBytes()).isEqualTo(bytes);
    }

    @Test
    void needsAllItsBytes() {
        assertThatThrownBy(() -> Cookie.parse(ByteBuffer.allocate(Cookie.BYTES - 1)))
                .isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void matchesOnlyItself() {
        var cookie = Cookie.random(new Random(3));

        assertThat(cookie.matches(new Cookie(cookie.text()))).isTrue();
        assertThat(cookie.matches(new Cookie(cookie.text().substring(1)))).isFalse();
        assertThat(cookie.matches(new Cookie(""))).isFalse();
    }

    @Test
    void refusesWhatCannotTravel() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cookie("a".repeat(38)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cookie("€"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cookie("a\0b"));
    }
}
