package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.ForwardingConnection;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
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
        assertThat(contact.isSettled()).isTrue();
        assertThat(others).isZero();
    }

    @Test
    void changesToTheOtherProtocolOnItsFirstAnswerOnceAndForAll() {
        NegotiatingLink contact = contact();

        contact.receive(datagram("!"), 0); // not proper: it has not begun by it
        assertThat(contact.isSettled()).isFalse();
        contact.receive(datagram("!"), 0);
        assertThat(contact.isSettled()).isTrue();
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

    @Test
    void noMessagePassesItOnceTheProtocolIsKnown() throws IOException {
        var network = new SimulatedNetwork(Impairment.NONE);
        EndpointOptions options = EndpointOptions.of(network);
        var dependencies = new Dependencies(
                Dependencies.real(MessageTypes.of(), options).negotiation(), MessageTypes.of(), network);
        var address = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
        List<String> passed = new ArrayList<>();
        var listener = new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                for (StackTraceElement frame : new Throwable().getStackTrace()) {
                    passed.add(frame.getClassName());
                }
            }
        };
        var server = new MessageServer(dependencies, options, ServerLimits.DEFAULT, new MessageServerListener() {});
        server.listen(address);
        var client = new MessageClient(dependencies, options, listener);
        client.connect(address);
        Duration most = Duration.ofSeconds(10);
        network.runUntil(() -> !server.peers().isEmpty(), most, client::update, server::update);

        server.broadcastReliable(datagram("x"));
        network.runUntil(() -> !passed.isEmpty(), most, client::update, server::update);

        assertThat(passed)
                .contains(ClientPaths.class.getName())
                .doesNotContain(NegotiatingLink.class.getName(), ForwardingConnection.class.getName());
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
