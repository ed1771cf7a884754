package dev.pitot.message.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DowngradeTest {
    private final Identity identity = Authority.selfSigned();
    private final Ends ends = new Ends(Authority.client(Authority.pin(identity)), Authority.server(identity));

    @Test
    void aServerThatAnswersInTheClearIsRefused() {
        ends.filter(_ -> false);
        ends.runUntil(() -> ends.toServer.size() == 2);

        ends.client.receive(ByteBuffer.wrap(FakeLink.WELCOME), ends.now());
        ends.settle();

        assertThat(ends.clientHeard.opened).isZero();
        assertThat(ends.clientHeard.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.UNTRUSTED,
                        "the server answered without DTLS, which this end wants;"
                                + " set it to use DTLS, or ask without"));
    }

    @Test
    void aStrangersAnswerInTheClearDoesNotHurtAHandshakeThatGoesOn() {
        ends.runUntil(() -> ends.toServer.size() == 2);
        ends.client.receive(ByteBuffer.wrap(FakeLink.WELCOME), ends.now());
        ends.client.receive(
                ByteBuffer.wrap(new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 40}),
                ends.now());

        ends.open();

        assertThat(ends.serverHeard.messages).containsExactly("first");
    }

    @Test
    void aClientThatGoesOnInTheClearIsNotHeard() {
        ends.runUntil(() -> ends.toClient.size() == 1);

        ends.server()
                .receive(
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 4, (byte) 0xF5, (byte) 0xEF, 'e', 'v', 'i', 'l'}),
                        ends.now());

        assertThat(ends.serverHeard.opened).isZero();
        assertThat(ends.server().metrics().trouble().malformed()).isEqualTo(1);
    }

    @Test
    void aClientThatNeverBeginsIsGivenUp() {
        ends.filter(datagram -> datagram[0] != Records.HANDSHAKE);

        ends.settle();

        assertThat(ends.serverHeard.end().cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
        assertThat(ends.serverHeard.end().text()).startsWith("the secure handshake was not finished within PT10S");
    }

    @Test
    void nothingButDtls12WithStrongSuitesIsOffered() {
        var engine = Authority.server(identity).engine();

        assertThat(engine.getEnabledProtocols()).containsExactly("DTLSv1.2");
        assertThat(engine.getEnabledCipherSuites())
                .hasSize(6)
                .allMatch(suite -> suite.matches("TLS_ECDHE_(ECDSA|RSA)_WITH_.*(_GCM_|_POLY1305_)SHA.*"));
    }
}
