package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a connection says it holds is what it takes: the budget of a server is made of it.
class HeldMemoryTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final RecordingListener listener = new RecordingListener();
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, listener, 0);

    private int nextId = 3; // of the peer's messages

    private void receive(String hex, long now) {
        server.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
    }

    private void open() {
        receive("00010000020204", 0);
        server.flush(_ -> true, 0);
        receive("00020000000800000001", 0);
        server.flush(_ -> true, 0);
    }

    /// Lets time pass, in which the peer answers pings that come by themselves.
    private void idle(long from, long to) {
        for (long now = from; now < to; now += 10 * MS) {
            long at = now;
            server.flush(
                    datagram -> {
                        if (datagram.remaining() == DatagramPacker.PING_BYTES
                                && datagram.get(datagram.position() + 5) == SystemMessage.PING) {
                            int ping = datagram.getShort(datagram.position() + 6) & 0xFFFF;
                            receive("%04x0000000a%04x".formatted(nextId++, ping), at);
                        }
                        return true;
                    },
                    at);
        }
    }

    @Test
    void aConnectionThatIsIdleHoldsNothing() {
        open();
        assertThat(server.heldBytes()).isLessThan(100);
        for (Channel channel : List.of(Channel.UNRELIABLE, Channel.RELIABLE, Channel.RELIABLE_ORDERED)) {
            assertThat(server.send(ByteBuffer.allocate(1_000).put(0, (byte) 250), channel, MS))
                    .isTrue();
        }
        assertThat(server.heldBytes()).isBetween(3_000L, 3_100L);
        server.flush(_ -> true, MS);
        for (int id = 2; id < 10; id++) { // the server's ids began at 1
            receive("%04x000000080000%04x".formatted(nextId++, id), 2 * MS);
        }

        idle(2 * MS, 9 * SECOND);

        assertThat(listener.isOpen()).isTrue();
        assertThat(server.undelivered()).isZero();
        assertThat(server.heldBytes()).isLessThan(100);
    }

    @Test
    void listsOfAnsweredPingsStayWhileMessagesAreOnTheirWay() {
        var unacked = new UnackedMessages();
        var numbers = new SequenceNumbers(1, unacked);
        var pings = new PendingPings(1, SECOND, new RetransmissionTimeout());
        var packer = new DatagramPacker(new LinkCounters(), new LegumeServerHandshake(null));
        int slot = unacked.add(numbers.take(), 0, false);
        pings.start(true, 0);
        for (int i = 0; i < 10; i++) {
            packer.begin();
            pings.begin();
            pings.pack(packer, numbers, new LinkCounters(), false, i * SECOND);
            int ping = packer.finish().getShort(SystemMessage.HEADER_BYTES) & 0xFFFF;
            assertThat(pings.answered(ping, i * SECOND)).isEqualTo(i);
        }
        assertThat(pings.heldBytes()).isEqualTo(10 * 48);

        unacked.remove(slot);
        packer.begin();
        pings.begin();
        pings.pack(packer, numbers, new LinkCounters(), false, 10 * SECOND);

        assertThat(pings.heldBytes()).isEqualTo(48);
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
        assertThat(server.heldBytes() - before).isGreaterThanOrEqualTo(2L * 16_000); // until the next ping
        nextId = 20_000;
        idle(MS, 3 * SECOND);
        assertThat(server.heldBytes()).isLessThanOrEqualTo(before + 200);
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
