package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegotiatingLinkTest {
    private final List<String> reported = new ArrayList<>();
    private int others; // answers of its protocol that the other link has got

    @Test
    void staysWithThePlainProtocolIfTheServerSpeaksIt() {
        NegotiatingLink contact = contact();

        contact.receive(datagram("W"), 0);
        contact.receive(datagram("!"), 0); // too late: it may be forged

        assertThat(reported).containsExactly("opened");
        assertThat(others).isZero();
    }

    @Test
    void changesToTheOtherProtocolOnItsFirstAnswerOnceAndForAll() {
        NegotiatingLink contact = contact();

        contact.receive(datagram("!"), 0); // not proper: it has not begun by it
        contact.receive(datagram("!"), 0);
        contact.receive(datagram("W"), 0);

        assertThat(others).isEqualTo(2);
        assertThat(reported).containsExactly("opened");
        assertThat(contact.send(datagram("x"), Channel.RELIABLE, 0)).isTrue();
    }

    @Test
    void doesNotChangeWhenItIsBeingClosed() {
        NegotiatingLink contact = contact();

        contact.close(new CloseReason(CloseReason.Cause.LOCAL, ""), 0);
        contact.receive(datagram("!"), 0);
        contact.flush(_ -> true, 0);

        assertThat(others).isZero();
        assertThat(reported).containsExactly("closed LOCAL");
    }

    private NegotiatingLink contact() {
        var listener = new LinkListener() {
            @Override
            public void opened() {
                reported.add("opened");
            }

            @Override
            public void message(ByteBuffer payload, Channel channel) {}

            @Override
            public void closed(CloseReason reason) {
                reported.add("closed " + reason.cause());
            }
        };
        var other = new NegotiatingLink.OtherProtocol(
                link(listener), datagram -> datagram.get(datagram.position()) == '!', () -> ++others > 1);
        return new NegotiatingLink(listener, NegotiatingLinkTest::link, other);
    }

    private static ProtocolConnection link(LinkListener listener) {
        return new FakeLink(listener, () -> null, true, FakeNegotiation.USUAL, 0);
    }

    private static ByteBuffer datagram(String text) {
        return ByteBuffer.wrap(new byte[] {(byte) text.charAt(0)});
    }
}
