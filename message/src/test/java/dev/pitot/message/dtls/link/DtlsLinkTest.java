package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtlsLinkTest {
    // RFC 5246, 7.4, and RFC 5077, 3.3
    private static final int CERTIFICATE = 11;
    private static final int NEW_SESSION_TICKET = 4;

    private final Identity identity = Authority.selfSigned();
    private final DtlsContext serverContext = DtlsPair.server(identity);
    private final DtlsContext clientContext = DtlsPair.client(Authority.pin(identity));
    private final DtlsPair pair = new DtlsPair(clientContext, serverContext);

    @Test
    void messagesGoBothWays() {
        pair.open();

        pair.server().send(DtlsPair.text("answer"), Channel.UNRELIABLE, pair.now());
        pair.settle();

        assertThat(pair.serverReceived.messages).containsExactly("first");
        assertThat(pair.clientReceived.messages).containsExactly("answer");
        assertThat(pair.client.peer()).isEqualTo(identity.fingerprint());
        assertThat(pair.server().peer()).isNull();
    }

    @Test
    void onlyHandshakePacketsGoInTheClear() {
        pair.open();
        pair.settle();

        assertThat(pair.toServer.getFirst()).isEqualTo(FakeInnerLink.HELLO);
        assertThat(pair.toServer.stream().skip(1)).allMatch(DtlsLinkTest::isRecord);
        assertThat(pair.toClient).allMatch(DtlsLinkTest::isRecord);
    }

    private static boolean isRecord(byte[] datagram) {
        return DtlsRecords.isValid(ByteBuffer.wrap(datagram)) && datagram[0] >= 20 && datagram[0] <= 26;
    }

    @Test
    void aHandshakeWithoutLossTakesFourRoundTrips() {
        pair.runUntil(() -> pair.clientReceived.opened == 1);

        assertThat(pair.now()).isEqualTo(1_000 + 3 * 20_000_000); // the challenge had come before
        assertThat(pair.toServer.stream().mapToInt(datagram -> datagram.length)).allMatch(size -> size <= 1200);
        assertThat(pair.toClient.stream().mapToInt(datagram -> datagram.length)).allMatch(size -> size <= 1200);
    }

    @Test
    void timeInWhichNothingIsReadIsNoneOfTheHandshakes() {
        pair.runUntil(() -> pair.server != null);
        DtlsLink server = pair.server();
        long now = pair.now();
        long pause = Authority.TIMEOUT.toNanos() / 2;

        for (int i = 0; i < 10; i++) {
            now += pause;
            server.extendTimeouts(pause, now);
            server.flush(_ -> true, now);
        }
        assertThat(pair.serverReceived.ends).isZero();
        server.flush(_ -> true, now + 2 * pause);

        assertThat(pair.serverReceived.end().cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
    }

    @Test
    void noConnectionLeavesAnythingBehindThatAnotherCouldUse() {
        pair.open();
        var again = new DtlsPair(clientContext, serverContext);
        again.open();

        assertThat(handshakeMessages(pair)).isEqualTo(handshakeMessages(again));
        assertThat(handshakeMessages(again)).contains(CERTIFICATE).doesNotContain(NEW_SESSION_TICKET);
    }

    private static List<Integer> handshakeMessages(DtlsPair pair) {
        return pair.toClient.stream()
                .filter(datagram -> datagram[0] == DtlsRecords.HANDSHAKE && datagram[4] == 0)
                .map(datagram -> (int) datagram[DtlsRecords.HEADER])
                .toList();
    }

    @Test
    void theLongestDatagramIsOneRecordOf1400Bytes() {
        pair.open();
        pair.toServer.clear();
        String longest = "x".repeat(pair.client.maxPayload());

        pair.client.send(DtlsPair.text(longest), Channel.UNRELIABLE, pair.now());
        pair.settle();

        assertThat(pair.toServer).hasSize(1);
        assertThat(pair.toServer.getFirst()).hasSize(DtlsLink.MAX_RECORD);
        assertThat(pair.serverReceived.messages).containsExactly("first", longest);
    }

    @Test
    void anInnerLinkThatDoesNotLeaveRoomIsEnded() {
        pair.open();

        pair.client.send(DtlsPair.text("x".repeat(pair.client.maxPayload() + 1)), Channel.UNRELIABLE, pair.now());

        pair.settle();

        assertThat(pair.clientReceived.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.PROTOCOL,
                        "a datagram of 1364 bytes does not fit DTLS, which leaves 1363;"
                                + " both ends must agree on that at most"));
        assertThat(pair.serverReceived.end().cause()).isEqualTo(CloseReason.Cause.REMOTE);
    }

    @Test
    void closingTellsThePeer() {
        pair.open();

        pair.client.close(new CloseReason(CloseReason.Cause.LOCAL, "done"), pair.now());
        pair.settle();

        assertThat(pair.clientReceived.end()).isEqualTo(new CloseReason(CloseReason.Cause.LOCAL, "done"));
        assertThat(pair.serverReceived.end().cause()).isEqualTo(CloseReason.Cause.REMOTE);
        assertThat(List.of(pair.clientReceived.ends, pair.serverReceived.ends)).containsExactly(1, 1);
        assertThat(pair.client.wakeAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(pair.server().wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aHandshakeThatIsCalledOffIsGivenUpAtTheOtherEndToo() {
        pair.runUntil(() -> pair.toClient.size() == 1);

        pair.client.close(new CloseReason(CloseReason.Cause.LOCAL, "changed my mind"), pair.now());
        pair.settle();

        assertThat(pair.clientReceived.end().text()).isEqualTo("changed my mind");
        assertThat(pair.serverReceived.end())
                .isEqualTo(new CloseReason(CloseReason.Cause.UNTRUSTED, "the peer gave up the secure handshake"));
    }

    @Test
    void aServersListenerIsNotCalledForAClientBeforeTheHandshake() {
        pair.filter(datagram -> datagram[0] != DtlsRecords.CHANGE_CIPHER_SPEC);
        pair.runUntil(() -> pair.now() > 5_000_000_000L);

        assertThat(pair.serverReceived.opened).isZero();
        assertThat(pair.clientReceived.opened).isZero();
    }

    @Test
    void aServersRefusalInTheClearReachesTheClientBeforeTheHandshake() {
        pair.client.flush(_ -> true, pair.now());

        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.REFUSAL), pair.now());
        pair.settle();

        assertThat(pair.clientReceived.end().cause()).isEqualTo(CloseReason.Cause.FULL);
    }

    @Test
    void aHandshakesMemoryIsCountedUntilItIsOver() {
        pair.runUntil(() -> pair.toClient.size() == 1);
        long fresh = pair.server().heldBytes();
        assertThat(fresh).isBetween(16L << 10, 20L << 10);

        for (int number = 10; number < 60; number++) { // ahead of what the client sends next
            byte[] record = new byte[1_200];
            ByteBuffer.wrap(record)
                    .put((byte) DtlsRecords.HANDSHAKE)
                    .putShort((short) 0xFEFD)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(number)
                    .putShort((short) (record.length - DtlsRecords.HEADER));
            pair.server().receive(ByteBuffer.wrap(record), pair.now());
        }
        assertThat(pair.server().heldBytes() - fresh).isBetween(50L * 1_200, 50L * 1_300);

        pair.open();
        assertThat(pair.server().heldBytes()).isZero();
    }

    @Test
    void aHandshakeThatIsBrokenOffHoldsNothing() {
        pair.runUntil(() -> pair.toClient.size() == 1);

        pair.server().abort(new CloseReason(CloseReason.Cause.FULL, "no memory"), pair.now());

        assertThat(pair.server().heldBytes()).isZero();
        pair.settle();
        assertThat(pair.serverReceived.end().text()).isEqualTo("no memory");
    }
}
