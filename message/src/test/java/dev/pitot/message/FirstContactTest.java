package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeProtocols;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstContactTest {
    private final List<String> told = new ArrayList<>();
    private int others; // answers of its protocol that the other link has got

    @Test
    void staysWithThePlainProtocolIfTheServerSpeaksIt() {
        FirstContact contact = contact();

        contact.receive(datagram("W"), 0);
        contact.receive(datagram("!"), 0); // too late: it may be forged

        assertThat(told).containsExactly("opened");
        assertThat(others).isZero();
    }

    @Test
    void changesToTheOtherProtocolOnItsFirstAnswerOnceAndForAll() {
        FirstContact contact = contact();

        contact.receive(datagram("!"), 0); // not proper: it has not begun by it
        contact.receive(datagram("!"), 0);
        contact.receive(datagram("W"), 0);

        assertThat(others).isEqualTo(2);
        assertThat(told).containsExactly("opened");
        assertThat(contact.send(datagram("x"), Channel.RELIABLE, 0)).isTrue();
    }

    @Test
    void doesNotChangeWhenItIsBeingClosed() {
        FirstContact contact = contact();

        contact.close(new CloseReason(CloseReason.Cause.LOCAL, ""), 0);
        contact.receive(datagram("!"), 0);
        contact.flush(_ -> true, 0);

        assertThat(others).isZero();
        assertThat(told).containsExactly("closed LOCAL");
    }

    private FirstContact contact() {
        var listener = new LinkListener() {
            @Override
            public void opened() {
                told.add("opened");
            }

            @Override
            public void message(ByteBuffer payload, Channel channel) {}

            @Override
            public void closed(CloseReason reason) {
                told.add("closed " + reason.cause());
            }
        };
        var other = new FirstContact.Other(
                link(listener), datagram -> datagram.get(datagram.position()) == '!', () -> ++others > 1);
        return new FirstContact(listener, FirstContactTest::link, other);
    }

    private static Link link(LinkListener listener) {
        return new FakeLink(listener, () -> null, true, FakeProtocols.USUAL, 0);
    }

    private static ByteBuffer datagram(String text) {
        return ByteBuffer.wrap(new byte[] {(byte) text.charAt(0)});
    }
}
