package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What a connection says it holds is what it takes: the budget of a server is made of it.
class HeldMemoryTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final RecordingListener listener = new RecordingListener();
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, listener, 0);

    private void receive(String hex, long now) {
        server.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
    }

    private void open() {
        receive("00010000020204", 0);
        server.flush(_ -> true, 0);
        receive("00020000000800000001", 0);
        server.flush(_ -> true, 0);
    }

    @Test
    void acknowledgementsThatCannotLeaveAreCountedAndTheirMemoryComesBack() {
        open();
        long before = server.heldBytes();

        for (int id = 3; id < 20_000; id++) {
            receive("%04x000002c8%08x".formatted(id, id), MS);
        }

        assertThat(server.heldBytes() - before).isBetween(2L * 16_000, 2L * 16_384);
        server.flush(_ -> true, MS);
        assertThat(server.heldBytes()).isLessThanOrEqualTo(before + 64);
    }

    @Test
    void whatUnansweredPingsWouldProveIsCountedAndForgottenWithTheirAnswers() {
        open();
        var empty = ByteBuffer.allocate(1).put(0, (byte) UserTypes.EMPTY);
        for (int i = 0; i < 500; i++) {
            server.send(empty, Channel.RELIABLE, MS);
        }
        long queued = server.heldBytes();

        for (long now = 2 * MS; now < 9 * SECOND; now += MS) { // nothing is confirmed
            server.flush(_ -> true, now);
        }

        assertThat(server.heldBytes() - queued).isGreaterThan(1_000);
        server.close(CloseReasons.CLOSED, 9 * SECOND);
        server.flush(_ -> true, 30 * SECOND);
        assertThat(server.heldBytes()).isLessThan(100);
    }

    @Test
    void whatPingsProveIsBounded() {
        var pings = new PendingPings(1, SECOND, new RetransmissionTimeout());
        for (int ping = 0; ping < 1_000; ping++) {
            pings.begin();
            for (int message = 0; message < 233; message++) {
                pings.onMessage(message, true);
            }
            pings.add(ping, ping);
        }

        assertThat(pings.heldBytes()).isBetween(128L * 233 * 4, 128L * 233 * 4 + 128 * 16);
        pings.stop();
        assertThat(pings.heldBytes()).isZero();
    }

    @Test
    void theMemoryOfABurstComesBackWithTheNextPing() {
        open();
        for (int i = 0; i < 500; i++) {
            assertThat(server.send(ByteBuffer.allocate(1_000).put(0, (byte) 250), Channel.UNRELIABLE, MS))
                    .isTrue();
        }
        assertThat(server.heldBytes()).isGreaterThanOrEqualTo(1 << 19);

        for (long now = 2 * MS; now < 5 * SECOND; now += MS) {
            server.flush(_ -> true, now);
        }

        assertThat(server.heldBytes()).isLessThan(10_000);
    }
}
