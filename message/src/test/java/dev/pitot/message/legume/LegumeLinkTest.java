package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A link whose datagrams are written by hand.
final class LegumeLinkTest {
    private static final long MS = 1_000_000;

    private final RecordingListener listener = new RecordingListener();
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, listener, 0);

    private void receive(LegumeLink link, String hex, long now) {
        link.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
    }

    private static List<String> flush(LegumeLink link, long now) {
        var sent = new ArrayList<String>();
        link.flush(
                datagram -> {
                    byte[] bytes = new byte[datagram.remaining()];
                    datagram.get(bytes);
                    sent.add(HexFormat.of().formatHex(bytes));
                    return true;
                },
                now);
        return sent;
    }

    /// Ids 1 and 2 are used on both sides afterwards.
    private void open() {
        receive(server, "00010000020204", 0);
        flush(server, 0);
        receive(server, "00020000000800000001", MS);
        assertThat(flush(server, MS)).containsExactly("00020000000800000001");
    }

    @Test
    void theClientsRequestCarriesFlagsAndSequenceOfTheCaller() {
        var client = LegumeLink.client(
                UserTypes.PYTHON_2, LegumeSettings.USUAL, new ConnectRequest(0xFFFF, 0x1234, 0xAA, 4), 1, listener, 0);

        assertThat(flush(client, 0)).containsExactly("ffff1234aa0204");
        assertThat(client.wakeAt()).isEqualTo(1_000 * MS);
        assertThat(flush(client, 999 * MS)).isEmpty();
        assertThat(flush(client, 1_000 * MS)).containsExactly("ffff1234aa0204");
        assertThat(flush(client, 3_000 * MS)).containsExactly("ffff1234aa0204");
        assertThat(flush(client, 10_000 * MS)).isEmpty();
        assertThat(listener.cause()).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void unknownSendersChangeNothing() {
        receive(server, "000100000009000100020000020400030000000700040000000800000001", 0);
        receive(server, "0001000002c800000007", 0);

        assertThat(flush(server, 0)).isEmpty();
        receive(server, "00010000020204", 0); // id 1 has not been taken yet
        assertThat(flush(server, 0)).containsExactly("000100000204");
    }

    @Test
    void aDuplicateIsAckedAgainAndDeliveredOnce() {
        open();

        receive(server, "0003000002c800000007", MS);
        assertThat(flush(server, MS)).containsExactly("00030000000800000003");
        receive(server, "0003000002c800000007", 2 * MS);
        assertThat(flush(server, 2 * MS)).containsExactly("00040000000800000003");

        assertThat(listener.numbers()).containsExactly(7);
        assertThat(server.metrics().errors().duplicates()).isEqualTo(1);
    }

    @Test
    void aRepeatedMessageComesWithAPingWhoseAnswerConfirmsIt() {
        open();
        server.send(RecordingListener.one(9), Channel.RELIABLE, MS);
        assertThat(flush(server, MS)).containsExactly("0003000002c800000009");

        String repeat = flush(server, 11 * MS).getFirst();
        assertThat(repeat).startsWith("0003000002c800000009" + "000400000009").hasSize(36);
        receive(server, "00030000000a" + repeat.substring(32), 12 * MS);

        assertThat(server.metrics().waiting().pendingAcks()).isZero();
        assertThat(server.metrics().errors().resent()).isEqualTo(1);
        assertThat(server.metrics().errors().lost()).isEqualTo(1);
        assertThat(flush(server, 1_000 * MS)).isEmpty();
    }

    @Test
    void confirmationsOfNothingChangeNothing() {
        open();
        server.send(RecordingListener.one(9), Channel.RELIABLE, MS);
        flush(server, MS);

        receive(server, "0003000000080000000400040000000800000002" + "00050000000801000003" + "00060000000affff", MS);

        assertThat(server.metrics().waiting().pendingAcks()).isEqualTo(1);
    }

    @Test
    void whatCannotBeCarriedIsRefusedWithASentence() {
        open();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        server.send(RecordingListener.one(1), new Channel(Channel.Kind.UNRELIABLE_SEQUENCED, 0), MS))
                .withMessageContaining("no sequenced channels");
        var big = ByteBuffer.allocate(1_388).put(0, (byte) UserTypes.ONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.send(big, Channel.RELIABLE, MS))
                .withMessageContaining("1 to 1387 bytes on this channel, not of 1388");
        assertThat(server.send(big, Channel.UNRELIABLE, MS)).isTrue();
        assertThat(server.maxPayload()).isEqualTo(1_387);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.send(ByteBuffer.allocate(1), Channel.RELIABLE, MS))
                .withMessageContaining("types of messages are 20 to 255, not 0");
    }

    @Test
    void theLongestMessagesFillDatagramsToTheByte() {
        open();
        flush(server, MS);
        server.send(ByteBuffer.allocate(1_395).put(0, (byte) UserTypes.ONE), Channel.UNRELIABLE, MS);
        server.send(ByteBuffer.allocate(1_387).put(0, (byte) UserTypes.ONE), Channel.RELIABLE, MS);

        assertThat(flush(server, MS)).extracting(hex -> hex.length() / 2).containsExactlyInAnyOrder(1_400, 1_392);
        assertThat(flush(server, 500 * MS)).extracting(hex -> hex.length() / 2).containsExactly(1_400);
    }

    @Test
    void aFullQueuePushesBackAndABurstDoesNotFlood() {
        open();
        int taken = 0;
        while (server.send(RecordingListener.text(taken), Channel.RELIABLE, MS)) {
            taken++;
        }

        assertThat(taken).isEqualTo((1 << 20) / 64);
        assertThat(server.metrics().waiting().outBytes()).isEqualTo(taken * 59L);
        assertThat(flush(server, MS)).hasSize(16);
        assertThat(server.metrics().waiting().pendingAcks()).isEqualTo(21 * 16);
    }

    @Test
    void anOutletWithoutRoomIsTriedAgainAMillisecondLater() {
        open();
        server.send(RecordingListener.one(1), Channel.UNRELIABLE, MS);
        server.flush(_ -> false, MS);
        server.send(RecordingListener.one(2), Channel.UNRELIABLE, MS);

        assertThat(flush(server, MS)).isEmpty();
        assertThat(server.wakeAt()).isEqualTo(2 * MS);
        assertThat(flush(server, 2 * MS)).containsExactly("0004000000c800000002");
        assertThat(server.metrics().errors().lost()).isEqualTo(1);
    }

    @Test
    void messagesInOrderWaitForTheirTurnAndAreLimited() {
        open();

        receive(server, "0005000401c800000003" + "0004000301c800000002", MS);
        assertThat(server.metrics().waiting().reorderQueue()).isEqualTo(2);
        receive(server, "0063006201c800000063", MS); // 96 ahead: not taken, not confirmed
        assertThat(flush(server, MS)).containsExactly("00030000000800000005" + "00040000000800000004");
        receive(server, "0003000201c800000001", 2 * MS);
        receive(server, "0009000301c800000002", 2 * MS); // its turn is over

        assertThat(listener.numbers()).containsExactly(1, 2, 3);
        assertThat(server.metrics().waiting().reorderQueue()).isZero();
        assertThat(flush(server, 2 * MS)).containsExactly("00050000000800000003" + "00060000000800000009");
    }

    @Test
    void retransmissionsAfterADisconnectAreStillAcknowledged() {
        open();
        receive(server, "0003000002c800000007", MS);
        flush(server, MS);
        server.close(new CloseReason(Cause.LOCAL, ""), MS);
        for (long now = MS; now < 200 * MS; now += 10 * MS) {
            flush(server, now);
        }
        assertThat(listener.closed).hasSize(1);

        receive(server, "0003000002c800000007", 300 * MS);
        receive(server, "0009000002c800000008", 300 * MS);

        assertThat(flush(server, 300 * MS)).containsExactly("00050000000800000003");
        assertThat(listener.numbers()).containsExactly(7);
        assertThat(flush(server, 1_500 * MS)).isEmpty();
        assertThat(server.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    /// How many datagrams and bytes leave when it is woken as it wants to be, until some time.
    private int[] drain(long until) {
        int[] sum = new int[2];
        for (long now = MS; now <= until; now = Math.max(now + MS, server.wakeAt())) {
            for (String datagram : flush(server, now)) {
                sum[0]++;
                sum[1] += datagram.length() / 2;
            }
        }
        return sum;
    }

    @Test
    void aRequestThatNobodyConfirmsDrawsItsAnswerTwiceAndEndsAfterThreeSeconds() {
        receive(server, "00010000020204", MS);

        assertThat(drain(2_999 * MS)).containsExactly(2, 6 + 14);
        assertThat(listener.closed).isEmpty();
        assertThat(drain(3_001 * MS)).containsExactly(0, 0);
        assertThat(listener.closed)
                .containsExactly(
                        new CloseReason(Cause.TIMEOUT, "the client did not confirm the answer to its request for 3 s"));
        assertThat(drain(20_000 * MS)).containsExactly(0, 0);
    }

    @Test
    void eachRepeatOfARequestIsAnsweredAtOnceWithinThreeTimesItsBytes() {
        receive(server, "00010000020204", MS);
        assertThat(drain(1_500 * MS)).containsExactly(2, 6 + 14);

        receive(server, "00010000020204", 1_500 * MS);

        assertThat(flush(server, 1_500 * MS)).hasSize(1);
        assertThat(drain(2_900 * MS)).containsExactly(0, 0);
    }

    @Test
    void aRefusalDrawsNoMoreThanTwoDatagramsEither() {
        var refusing = LegumeLink.server(
                UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> new CloseReason(Cause.REJECTED, ""), listener, 0);
        receive(refusing, "00010000020204", MS);
        int sent = 0;
        for (long now = MS; now <= 20_000 * MS; now += MS) {
            sent += flush(refusing, now).size();
        }

        assertThat(sent).isEqualTo(2);
        assertThat(listener.cause()).isEqualTo(Cause.REJECTED);
    }

    @Test
    void aClientThatBeginsAnewWithOtherNumbersEndsTheOldConnectionAtOnce() {
        open();

        receive(server, "12340000020204", 2 * MS);

        assertThat(listener.closed).containsExactly(new CloseReason(Cause.REMOTE, "the client has begun anew"));
        assertThat(flush(server, 2 * MS)).isEmpty();
        assertThat(server.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aClientThatBeginsAnewWithItsOldNumbersGetsNoAcknowledgementAndDoesNotKeepTheOldConnection() {
        open();
        receive(server, "0003000002c800000007", MS);
        flush(server, MS);
        for (long now = 300 * MS; now < 10_000 * MS; now += 300 * MS) {
            receive(server, "00010000020204", now);
            assertThat(flush(server, now)).noneMatch(hex -> hex.contains("0800000001"));
        }
        assertThat(listener.closed).isEmpty();

        receive(server, "00010000020204", 10_050 * MS);
        flush(server, 10_050 * MS);

        assertThat(listener.cause()).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void aRepeatOfALiveClientsRequestIsAckedWithItsNextMessage() {
        open();
        receive(server, "00010000020204", 2 * MS);
        assertThat(flush(server, 2 * MS)).isEmpty();

        receive(server, "0003000000c800000007", 3 * MS);

        assertThat(flush(server, 3 * MS)).containsExactly("00030000000800000001");
    }
}
