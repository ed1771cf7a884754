package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DowngradeTest {
    private final Identity identity = Authority.selfSigned();
    private final DtlsPair pair = new DtlsPair(DtlsPair.client(Authority.pin(identity)), DtlsPair.server(identity));

    @Test
    void aServerThatAnswersInTheClearIsRefused() {
        pair.filter(_ -> false);
        pair.runUntil(() -> pair.toServer.size() == 2);

        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.WELCOME), pair.now());
        pair.settle();

        assertThat(pair.clientReceived.opened).isZero();
        assertThat(pair.clientReceived.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.UNTRUSTED,
                        "the server answered without DTLS, which this end wants;"
                                + " set it to use DTLS, or ask without"));
    }

    @Test
    void aForgedAnswerInTheClearDoesNotEndAHandshakeInProgress() {
        pair.runUntil(() -> pair.toServer.size() == 2);
        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.WELCOME), pair.now());
        pair.client.receive(
                ByteBuffer.wrap(new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 40}),
                pair.now());

        pair.open();

        assertThat(pair.serverReceived.messages).containsExactly("first");
    }

    @Test
    void aClientThatGoesOnInTheClearIsNotHeard() {
        pair.runUntil(() -> pair.toClient.size() == 1);

        pair.server()
                .receive(
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 4, (byte) 0xF5, (byte) 0xEF, 'e', 'v', 'i', 'l'}),
                        pair.now());

        assertThat(pair.serverReceived.opened).isZero();
        assertThat(pair.server().metrics().errors().malformed()).isEqualTo(1);
    }

    @Test
    void aClientThatNeverBeginsIsGivenUp() {
        pair.filter(datagram -> datagram[0] != DtlsRecords.HANDSHAKE);

        pair.settle();

        assertThat(pair.serverReceived.end().cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
        assertThat(pair.serverReceived.end().text()).startsWith("the secure handshake was not finished within 10 s");
    }

    @Test
    void nothingButDtls12WithStrongSuitesIsOffered() {
        var engine = DtlsPair.server(identity).engine();

        assertThat(engine.getEnabledProtocols()).containsExactly("DTLSv1.2");
        assertThat(engine.getEnabledCipherSuites())
                .hasSize(6)
                .allMatch(suite -> suite.matches("TLS_ECDHE_(ECDSA|RSA)_WITH_.*(_GCM_|_POLY1305_)SHA.*"));
    }
}
