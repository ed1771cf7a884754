package dev.pitot.message.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT10S, 10 s",
        "PT1.5S, 1.5 s",
        "PT0.1S, 100 ms",
        "PT0.0000015S, 0.0015 ms",
        "PT0S, 0 s",
        "PT-2S, -2 s",
        "PT1H, 3600 s",
        "PT2562047788015215H30M7S, 9223372036854775807 s"
    })
    void aTimeHasAUnit(Duration time, String text) {
        assertThat(ReasonText.of(time)).isEqualTo(text);
    }

    @Test
    void anAddressIsAsTheUserWritesIt() throws IOException {
        byte[] loopback = {127, 0, 0, 1};
        InetAddress named = InetAddress.getByAddress("games.example", loopback);

        assertThat(ReasonText.of(new InetSocketAddress(InetAddress.getByAddress(loopback), 5)))
                .isEqualTo("127.0.0.1:5");
        assertThat(ReasonText.of(new InetSocketAddress(named, 5))).isEqualTo("games.example:5");
        assertThat(ReasonText.of(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5)))
                .isEqualTo("[2001:db8:0:0:0:0:0:1]:5");
    }

    @Test
    void anExceptionHasNoNameOfAClassUnlessItSaysNothing() {
        assertThat(ReasonText.of(new IOException("no luck"))).isEqualTo("no luck");
        assertThat(ReasonText.of(new IOException())).isEqualTo("IOException");
        assertThat(ReasonText.of(new OutOfMemoryError("Java heap space"))).isEqualTo("out of memory (Java heap space)");
        assertThat(ReasonText.of(new OutOfMemoryError())).isEqualTo("out of memory");
    }

    @ParameterizedTest
    @EnumSource
    void aReasonWithoutWordsHasThoseOfItsCause(CloseReason.Cause cause) {
        assertThat(ReasonText.of(new CloseReason(cause, ""))).contains(" ").doesNotContain(cause.name());
        assertThat(ReasonText.of(new CloseReason(cause, "because"))).isEqualTo("because");
    }
}
