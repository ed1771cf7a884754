package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason.Cause;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A server's end, and a sender that does not see what the server answers, because the address
/// is another's.
final class ForgedAddressTest {
    private static final long MS = 1_000_000;
    private static final long SEED = 0x1234_5678_9ABC_0001L; // the first id is 1
    private static final String REQUEST = "00010000020204";

    private final RecordingListener listener = new RecordingListener();
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, SEED, () -> null, listener, 0);
    private long received;

    private void forge(String hex, long now) {
        received += hex.length() / 2;
        server.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
    }

    private List<String> flush(long now) {
        var sent = new ArrayList<String>();
        server.flush(
                datagram -> {
                    byte[] bytes = new byte[datagram.remaining()];
                    datagram.get(bytes);
                    sent.add(HexFormat.of().formatHex(bytes));
                    return true;
                },
                now);
        return sent;
    }

    /// Bytes that the server sends to the address within ten seconds, while its program sends to
    /// every connected client as fast as it can.
    private long drawn() {
        long bytes = 0;
        for (long now = 0; now <= 10_000 * MS; now += MS) {
            if (listener.isOpen()) {
                server.send(RecordingListener.text(0), Channel.RELIABLE, now);
                server.send(RecordingListener.text(0), Channel.UNRELIABLE, now);
            }
            for (String datagram : flush(now)) {
                bytes += datagram.length() / 2;
            }
        }
        return bytes;
    }

    @Test
    void aForgedRequestAndAnyOtherForgedMessageDrawAtMostThreeTimesTheirBytes() {
        forge(REQUEST, 0);
        assertThat(flush(0)).hasSize(1);
        forge("0002000000090001" + "0003000002c800000007" + "000400000005ffff", 0); // ping, message, keep-alive

        assertThat(drawn()).isLessThanOrEqualTo(3 * received);

        assertThat(listener.opened).isZero();
        assertThat(listener.messages).isEmpty();
        assertThat(server.isAddressValidated()).isFalse();
        assertThat(listener.cause()).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void guessedAcknowledgementsAndPongsEndTheAttemptBeforeOneIsLikelyToBeRight() {
        forge(REQUEST, 0);
        flush(0);
        var guesses = new StringBuilder();
        for (int i = 0; i < 140; i++) {
            guesses.append("%04x00000008%08x".formatted(2 + i, 5_000 + i));
        }
        forge(guesses.toString(), MS);

        assertThat(listener.cause()).isEqualTo(Cause.PROTOCOL);
        assertThat(drawn()).isZero();
    }

    @Test
    void theAcknowledgementOfTheAnswerOpensTheConnectionAndIsAnsweredWithThatOfTheRequest() {
        forge(REQUEST, 0);
        assertThat(flush(0)).containsExactly("000100000204");
        assertThat(listener.opened).isZero();

        forge("00020000000800000001" + "0003000002c800000007", MS);

        assertThat(listener.opened).isEqualTo(1);
        assertThat(listener.numbers()).containsExactly(7);
        assertThat(server.isAddressValidated()).isTrue();
        assertThat(flush(MS)).containsExactly("00020000000800000001" + "00030000000800000003");
    }

    @Test
    void aPongToThePingBesideTheRepeatedAnswerOpensTheConnectionToo() {
        forge(REQUEST, 0);
        flush(0);
        forge(REQUEST, 300 * MS); // the client's repeat, as the original sends it
        String repeat = flush(300 * MS).getFirst();
        assertThat(repeat).startsWith("000100000204" + "000200000009").hasSize(28);
        String ping = repeat.substring(24);

        forge("00020000000a" + "%04x".formatted(Integer.parseInt(ping, 16) ^ 1), 301 * MS);
        assertThat(listener.opened).isZero();
        forge("00030000000a" + ping, 301 * MS);

        assertThat(listener.opened).isEqualTo(1);
    }

    @Test
    void idsOfPingsDifferFromConnectionToConnection() {
        var first = new PendingPings(1, 2_000 * MS, new RetransmissionTimeout());
        var second = new PendingPings(2, 2_000 * MS, new RetransmissionTimeout());
        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            int id = first.add(i, 0);
            assertThat(id & PendingPings.OWN).isNotZero();
            same += id == second.add(i, 0) ? 1 : 0;
        }

        assertThat(same).isLessThan(10);
    }

    @Test
    void whatComesBeforeTheAcknowledgementIsTakenWhenItIsRepeated() {
        forge(REQUEST, 0);
        flush(0);
        forge("0003000002c800000007", MS);
        assertThat(flush(MS)).isEmpty();
        forge("00020000000800000001", 2 * MS);
        forge("0003000002c800000007", 3 * MS);

        assertThat(listener.numbers()).containsExactly(7);
        assertThat(server.metrics().errors().duplicates()).isZero();
    }
}
