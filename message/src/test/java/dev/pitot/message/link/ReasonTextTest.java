package dev.pitot.message.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTextTest {
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

    @ParameterizedTest
    @EnumSource
    void aReasonWithoutWordsHasThoseOfItsCause(CloseReason.Cause cause) {
        assertThat(ReasonText.of(new CloseReason(cause, ""))).contains(" ").doesNotContain(cause.name());
        assertThat(ReasonText.of(new CloseReason(cause, "because"))).isEqualTo("because");
    }
}
