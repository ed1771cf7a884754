package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A peer that keeps to the form of packets and to nothing else.
class HostilePeerTest {
    private static final int ID = 0x0102_0304;
    private static final int ORDERED = SendChannel.wire(Channel.RELIABLE_ORDERED);
    private static final int RELIABLE = SendChannel.wire(Channel.RELIABLE);
    private static final int MEBIBYTE = 1 << 20;

    private final CRC32C crc = new CRC32C();
    private final Recorder saw = new Recorder();
    private final BufferPool pool = new BufferPool(new Random(1));
    private ExtendedLink server = server();
    private int serverId;
    private int next;
    private long now;

    private ExtendedLink server() {
        Hello.TransportParameters parameters = new Hello.TransportParameters(MEBIBYTE, 2 * MEBIBYTE, 1400);
        Hello hello = new Hello(1, new Hello.HandshakeToken(1, 2), ID, 0, parameters);
        return ExtendedLink.server(hello, () -> null, ExtendedSettings.DEFAULT, pool, saw, 0);
    }

    @BeforeEach
    void open() {
        server.flush(
                welcome -> {
                    serverId = welcome.getInt(12);
                    return true;
                },
                0);
        attack(frame().put((byte) Frames.PING));
        assertThat(saw.opened).isEqualTo(1);
    }

    private static ByteBuffer frame() {
        return ByteBuffer.allocate(PacketHeader.MAX_SIZE);
    }

    /// Sends frames as a packet that is intact.
    private void attack(ByteBuffer frames) {
        ByteBuffer packet = ByteBuffer.allocate(PacketHeader.MAX_SIZE);
        PacketHeader.begin(packet, serverId, PacketHeader.PACKET);
        packet.putInt(next++).put(frames.flip()).flip();
        PacketHeader.seal(packet, crc);
        server.receive(packet, now);
    }

    private ByteBuffer message(int channel, int sequence, int length) {
        return frame().put((byte) Frames.MESSAGE)
                .put((byte) channel)
                .putInt(sequence)
                .putShort((short) length)
                .put(new byte[length]);
    }

    private ByteBuffer fragment(int channel, int sequence, int total, int offset) {
        int length = Math.min(1320, total - offset);
        return frame().put((byte) Frames.FRAGMENT)
                .put((byte) channel)
                .putInt(sequence)
                .putInt(total)
                .putInt(offset)
                .putShort((short) length)
                .put(new byte[length]);
    }

    private static ByteBuffer ack(int largest, int first, int... ranges) {
        ByteBuffer frame = frame().put((byte) Frames.ACK).putInt(largest).putShort((short) 0);
        frame.put((byte) (ranges.length / 2)).putShort((short) first);
        for (int range : ranges) {
            frame.putShort((short) range);
        }
        return frame;
    }

    private void assertClosedWith(String text) {
        for (int i = 0; i < 10 && saw.closed == null; i++) {
            now += 1_100_000_000L;
            server.flush(_ -> true, now);
        }
        assertThat(saw.cause()).isEqualTo(CloseReason.Cause.PROTOCOL);
        assertThat(saw.closed).extracting(CloseReason::text).isEqualTo("the peer sent " + text);
    }

    private void assertUnharmed() {
        server.flush(_ -> true, now);
        assertThat(saw.closed).isNull();
    }

    @Test
    void anAcknowledgementForAPacketThatWasNeverSentCloses() {
        attack(ack(5, 0));

        assertClosedWith("an acknowledgement for a packet that was never sent");
    }

    @Test
    void anAcknowledgementWhoseRangesBeginBeforeTheFirstPacketCloses() {
        server.send(ByteBuffer.allocate(10), Channel.RELIABLE, now);
        server.flush(_ -> true, now);

        attack(ack(0, 1));

        assertClosedWith("an acknowledgement for packets that were never sent");
    }

    @Test
    void furtherRangesAreLookedAtToo() {
        server.send(ByteBuffer.allocate(10), Channel.RELIABLE, now);
        server.flush(_ -> true, now);

        attack(ack(0, 0, 0xFFFF, 0xFFFF));

        assertClosedWith("an acknowledgement for packets that were never sent");
    }

    @Test
    void aPeerThatAcknowledgesWhateverItLikesIsFoundOut() {
        for (int i = 0; i < 3000 && !server.metrics().toString().isEmpty(); i++) {
            server.send(ByteBuffer.allocate(1000), Channel.UNRELIABLE, now);
            now += 10_000_000;
            server.flush(_ -> true, now);
            int newest = (int) server.lossDetection().nextNumber() - 1;
            attack(ack(newest, Math.min(newest, 5)));
        }

        assertClosedWith("an acknowledgement for packets that were never sent");
    }

    /// It wants to make the sender flood the network: RFC 9000, 21.4.
    @Test
    void aPeerThatAcknowledgesBeforeAnythingCanHaveComeGetsNoMoreThanTheWindowAndIsFoundOut() {
        long before = used();
        Congestion congestion = server.lossDetection().congestion();
        int[] sent = new int[1];
        long most = 0;
        for (int i = 0; i < 3000 && saw.closed == null && server.lossDetection().nextNumber() < 5000; i++) {
            while (server.send(ByteBuffer.allocate(1000), Channel.RELIABLE, now)) {
                attack(frame().put((byte) Frames.CREDIT).putLong(Long.MAX_VALUE)); // as generous as can be
            }
            long first = server.lossDetection().nextNumber();
            server.flush(_ -> ++sent[0] > 0, now);
            assertThat(congestion.inFlight()).isLessThanOrEqualTo(congestion.window() + 2 * PacketHeader.MAX_SIZE);
            most = i % 64 == 63 ? Math.max(most, used() - before) : most;
            long next = server.lossDetection().nextNumber();
            if (next > first) {
                attack(ack((int) (next - 1), (int) (next - 1 - first)));
            }
            now += 1_000_000;
        }

        assertClosedWith("an acknowledgement for packets that were never sent");
        assertThat(sent[0]).isLessThan(2 * 1536); // a number is left out at least once in so many
        assertThat(most).isLessThan(8L * MEBIBYTE); // a send queue of 4 MiB, with its bookkeeping
    }

    @Test
    void moreThanTheCreditAllowsCloses() {
        for (int i = 1; i <= 3 * MEBIBYTE / 1350; i++) {
            attack(message(ORDERED, i, 1300)); // number 0 never comes, so nothing is handed over
        }

        assertClosedWith("more than the credit allows");
        assertThat(saw.messages).isEmpty();
    }

    @Test
    void announcedLengthsCountAgainstTheCreditAtOnceAndTakeNoMemory() {
        for (int i = 0; i < 2; i++) {
            attack(fragment(RELIABLE, i, MEBIBYTE, 0));
            assertUnharmed();
        }
        attack(fragment(RELIABLE, 2, MEBIBYTE, 0));

        assertClosedWith("more than the credit allows");
    }

    @Test
    void fragmentsThatContradictEachOtherClose() {
        attack(fragment(RELIABLE, 0, 5000, 0));
        attack(fragment(RELIABLE, 0, 5001, 1320));

        assertClosedWith("fragments that contradict each other");
    }

    @Test
    void unreliableFragmentsThatContradictEachOtherClose() {
        attack(fragment(3, 0, 5000, 0));
        attack(fragment(3, 0, 5001, 1320));

        assertClosedWith("fragments that contradict each other");
    }

    @Test
    void aMessageThatWasFragmentsBeforeCloses() {
        attack(fragment(RELIABLE, 0, 5000, 0));
        attack(message(RELIABLE, 0, 10));

        assertClosedWith("a message that came in fragments before");
    }

    @Test
    void aMessageThatIsTooLongCloses() {
        attack(fragment(RELIABLE, 0, MEBIBYTE + 1, 0));

        assertClosedWith("a message that is longer than allowed");
    }

    @Test
    void aSequenceNumberFarAheadCloses() {
        attack(message(RELIABLE, Frames.SEQUENCE_SPAN - 1, 10));
        assertUnharmed();
        attack(message(RELIABLE, Frames.SEQUENCE_SPAN, 10));

        assertClosedWith("a message too far ahead of the oldest one that lacks");
    }

    @Test
    void allChannelsTogetherTakeLittleMemory() {
        attack(message(0, Frames.SEQUENCE_SPAN - 1, 1)); // loads the classes, which is not measured
        server.flush(_ -> true, now);
        long before = used();
        for (int channel = 1; channel < 256; channel++) {
            attack(message(channel, Frames.SEQUENCE_SPAN - 1, 1));
        }
        server.flush(_ -> true, now);

        assertThat(used() - before).isLessThan(128L * 1024); // for about 4,600 bytes that came
        assertUnharmed();
    }

    @Test
    void oneMessageInEachPageOfAllUnorderedChannelsTakesLittleMemory() {
        attack(message(RELIABLE, 1, 1)); // loads the classes, which is not measured
        server.flush(_ -> true, now);
        long before = used();
        for (int sequence = Frames.SEQUENCE_SPAN - 1; sequence > 0; sequence -= 512) {
            for (int channel = RELIABLE; channel < RELIABLE + 64; channel++) {
                attack(message(channel, sequence, 1));
            }
            server.flush(_ -> true, now);
        }

        assertThat(used() - before).isLessThan(400L * 1024);
        assertUnharmed();
    }

    @Test
    void unreliableFragmentsWithoutEndTakeNoMoreThanTheWindow() {
        long before = used();
        for (int i = 0; i < 100_000; i++) {
            attack(fragment(i % 64, i, MEBIBYTE, 1320 * (i % 700)));
            server.flush(_ -> true, now);
        }

        assertThat(used() - before).isLessThan(8L * MEBIBYTE);
        assertUnharmed();
    }

    /// Returns the least of some readings: other threads of the process allocate between a collection
    /// and its reading.
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void malformedFramesOfAPacketKeepItsOthersFromActing() {
        ByteBuffer[] wrongs = {
            frame().put((byte) 0x77),
            message(RELIABLE, 1, 0),
            frame().put((byte) Frames.MESSAGE).put((byte) 0).putInt(0).putShort((short) 9),
            fragment(RELIABLE, 1, 1320, 0),
            frame().put((byte) Frames.FRAGMENT)
                    .put((byte) 0)
                    .putInt(0)
                    .putInt(5000)
                    .putInt(7)
                    .putShort((short) 1320),
            frame().put((byte) Frames.CREDIT).putInt(1),
            frame().put((byte) Frames.CLOSE).put((byte) 99).put((byte) 0),
            frame().put((byte) Frames.CLOSE).put((byte) 0).put((byte) 201),
            frame().put((byte) Frames.ACK)
                    .putInt(0)
                    .putShort((short) 0)
                    .put((byte) 33)
                    .putShort((short) 0),
            ack(0, 0).put(ack(0, 0).flip()), // one ACK in a packet is enough
        };

        for (ByteBuffer wrong : wrongs) {
            attack(message(RELIABLE, 0, 5).put(wrong.flip()));
        }

        assertUnharmed();
        assertThat(saw.messages).isEmpty();
        assertThat(server.metrics().errors().malformed()).isEqualTo(wrongs.length);
    }

    @Test
    void whatIsKnownOfMessagesThatCameBeforeOthersCountsAsHeld() {
        long before = server.heldBytes();

        for (int page = 0; page < 16; page++) {
            attack(message(RELIABLE, page * 1024 + 1, 5));
        }

        assertThat(saw.messages).hasSize(16);
        assertThat(server.heldBytes() - before).isGreaterThan(16 * 128);
    }

    @Test
    void aPacketLongerThanWasAgreedIsIgnored() {
        ByteBuffer packet = ByteBuffer.allocate(1401);
        PacketHeader.begin(packet, serverId, PacketHeader.PACKET);
        packet.putInt(next).put(message(0, 0, 1401 - 22).flip()).flip();
        PacketHeader.seal(packet, crc);

        server.receive(packet, now);

        assertUnharmed();
        assertThat(saw.messages).isEmpty();
        assertThat(server.metrics().errors().malformed()).isEqualTo(1);
    }

    @Test
    void aPacketThatComesTwiceActsOnce() {
        attack(message(0, 0, 5));
        next--;
        attack(message(0, 0, 5));

        assertThat(saw.messages).hasSize(1);
        assertThat(server.metrics().errors().duplicates()).isEqualTo(1);
    }

    @Test
    void creditThatShrinksIsIgnored() {
        attack(frame().put((byte) Frames.CREDIT).putLong(0));
        attack(frame().put((byte) Frames.CREDIT).putLong(-1));

        assertUnharmed();
        assertThat(server.send(ByteBuffer.allocate(MEBIBYTE), Channel.RELIABLE, now))
                .isTrue();
    }

    @Test
    void aPeerThatNeverAcknowledgesGetsNoMoreThanTheFirstWindowAndProbes() {
        int[] sent = new int[1];
        for (int i = 0; i < 100; i++) {
            server.send(ByteBuffer.allocate(50_000), Channel.UNRELIABLE, now);
        }
        for (int i = 0; i < 90; i++) {
            now += 100_000_000;
            server.flush(_ -> ++sent[0] > 0, now);
        }

        assertThat(sent[0]).isLessThan(40);
        assertUnharmed();
    }

    @Test
    void aPeerThatAcknowledgesEverythingAndGivesNoCreditEndsWithTheTimeout() {
        for (int i = 0; i < 3; i++) {
            server.send(ByteBuffer.allocate(MEBIBYTE), new Channel(Channel.Kind.RELIABLE, i), now);
        }
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 3_000 && saw.closed == null; i++) {
            server.flush(packet -> sent.add(packet.getInt(10)), now);
            sent.forEach(number -> attack(ack(number, 0)));
            sent.clear();
            attack(frame().put((byte) Frames.PING));
            now += 10_000_000;
        }

        assertThat(saw.cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
        assertThat(now).isBetween(10_000_000_000L, 13_000_000_000L);
        assertThat(String.valueOf(saw.closed)).contains("took nothing of what waits for it");
    }
}
