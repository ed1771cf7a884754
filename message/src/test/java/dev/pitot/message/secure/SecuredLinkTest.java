package dev.pitot.message.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecuredLinkTest {
    // RFC 5246, 7.4, and RFC 5077, 3.3
    private static final int CERTIFICATE = 11;
    private static final int NEW_SESSION_TICKET = 4;

    private final Identity identity = Authority.selfSigned();
    private final SecureContext serverContext = Authority.server(identity);
    private final SecureContext clientContext = Authority.client(Authority.pin(identity));
    private final Ends ends = new Ends(clientContext, serverContext);

    @Test
    void messagesGoBothWays() {
        ends.open();

        ends.server().send(Ends.text("answer"), Channel.UNRELIABLE, ends.now());
        ends.settle();

        assertThat(ends.serverHeard.messages).containsExactly("first");
        assertThat(ends.clientHeard.messages).containsExactly("answer");
        assertThat(ends.client.peer()).isEqualTo(identity.fingerprint());
        assertThat(ends.server().peer()).isNull();
    }

    @Test
    void onlyGreetingsGoInTheClear() {
        ends.open();
        ends.settle();

        assertThat(ends.toServer.getFirst()).isEqualTo(FakeLink.HELLO);
        assertThat(ends.toServer.stream().skip(1)).allMatch(SecuredLinkTest::isRecord);
        assertThat(ends.toClient).allMatch(SecuredLinkTest::isRecord);
    }

    private static boolean isRecord(byte[] datagram) {
        return Records.isSound(ByteBuffer.wrap(datagram)) && datagram[0] >= 20 && datagram[0] <= 26;
    }

    @Test
    void aHandshakeWithoutLossTakesFourRoundTrips() {
        ends.runUntil(() -> ends.clientHeard.opened == 1);

        assertThat(ends.now()).isEqualTo(1_000 + 3 * 20_000_000); // the challenge had come before
        assertThat(ends.toServer.stream().mapToInt(datagram -> datagram.length)).allMatch(size -> size <= 1200);
        assertThat(ends.toClient.stream().mapToInt(datagram -> datagram.length)).allMatch(size -> size <= 1200);
    }

    @Test
    void noConnectionLeavesAnythingBehindThatAnotherCouldUse() {
        ends.open();
        var again = new Ends(clientContext, serverContext);
        again.open();

        assertThat(handshakeMessages(ends)).isEqualTo(handshakeMessages(again));
        assertThat(handshakeMessages(again)).contains(CERTIFICATE).doesNotContain(NEW_SESSION_TICKET);
    }

    private static List<Integer> handshakeMessages(Ends ends) {
        return ends.toClient.stream()
                .filter(datagram -> datagram[0] == Records.HANDSHAKE && datagram[4] == 0)
                .map(datagram -> (int) datagram[Records.HEADER])
                .toList();
    }

    @Test
    void theLongestDatagramIsOneRecordOf1400Bytes() {
        ends.open();
        ends.toServer.clear();
        String longest = "x".repeat(ends.client.maxPayload());

        ends.client.send(Ends.text(longest), Channel.UNRELIABLE, ends.now());
        ends.settle();

        assertThat(ends.toServer).hasSize(1);
        assertThat(ends.toServer.getFirst()).hasSize(SecuredLink.MAX_RECORD);
        assertThat(ends.serverHeard.messages).containsExactly("first", longest);
    }

    @Test
    void anInnerLinkThatDoesNotLeaveRoomIsEnded() {
        ends.open();

        ends.client.send(Ends.text("x".repeat(ends.client.maxPayload() + 1)), Channel.UNRELIABLE, ends.now());

        ends.settle();

        assertThat(ends.clientHeard.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.PROTOCOL,
                        "a datagram of 1364 bytes does not fit DTLS, which leaves 1363;"
                                + " both ends must agree on that at most"));
        assertThat(ends.serverHeard.end().cause()).isEqualTo(CloseReason.Cause.REMOTE);
    }

    @Test
    void closingTellsThePeer() {
        ends.open();

        ends.client.close(new CloseReason(CloseReason.Cause.LOCAL, "done"), ends.now());
        ends.settle();

        assertThat(ends.clientHeard.end()).isEqualTo(new CloseReason(CloseReason.Cause.LOCAL, "done"));
        assertThat(ends.serverHeard.end().cause()).isEqualTo(CloseReason.Cause.REMOTE);
        assertThat(List.of(ends.clientHeard.ends, ends.serverHeard.ends)).containsExactly(1, 1);
        assertThat(ends.client.wakeAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(ends.server().wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aHandshakeThatIsCalledOffIsGivenUpAtTheOtherEndToo() {
        ends.runUntil(() -> ends.toClient.size() == 1);

        ends.client.close(new CloseReason(CloseReason.Cause.LOCAL, "changed my mind"), ends.now());
        ends.settle();

        assertThat(ends.clientHeard.end().text()).isEqualTo("changed my mind");
        assertThat(ends.serverHeard.end())
                .isEqualTo(new CloseReason(CloseReason.Cause.UNTRUSTED, "the peer gave up the secure handshake"));
    }

    @Test
    void aServerIsToldNothingOfAClientBeforeTheHandshake() {
        ends.filter(datagram -> datagram[0] != Records.CHANGE_CIPHER_SPEC);
        ends.runUntil(() -> ends.now() > 5_000_000_000L);

        assertThat(ends.serverHeard.opened).isZero();
        assertThat(ends.clientHeard.opened).isZero();
    }

    @Test
    void aServersRefusalInTheClearReachesTheClientBeforeTheHandshake() {
        ends.client.flush(_ -> true, ends.now());

        ends.client.receive(ByteBuffer.wrap(FakeLink.REFUSAL), ends.now());
        ends.settle();

        assertThat(ends.clientHeard.end().cause()).isEqualTo(CloseReason.Cause.FULL);
    }
}
