package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.accounting.LinkCounters;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// What an ACK costs follows from what is on its way, and not from what its ranges span.
class AcknowledgementCostTest {
    private static final int WITHOUT_ACK = 50_000;
    private static final int IN_FLIGHT = 20;
    private static final int MANY_IN_FLIGHT = 60_000;
    private static final int PATH_CHALLENGES = 5_000;

    private final BufferPool pool = new BufferPool(new Random(1));
    private final LinkCounters counters = new LinkCounters();
    private final LossDetection lossDetection =
            new LossDetection(new SendBuffer(pool, counters, 1 << 20), pool, counters, ExtendedSettings.DEFAULT);
    private long leftOut = -1;

    private void note(long before) {
        leftOut = lossDetection.nextNumber() == before + 2 ? before + 1 : leftOut;
    }

    private void send() {
        long before = lossDetection.nextNumber();
        lossDetection.onSent(new SentPacket(), 100, before);
        note(before);
    }

    @Test
    void anAckThatSpansManyNumbersCostsWhatIsInFlight() {
        send(); // the oldest, which keeps all numbers behind it in mind
        for (int i = 0; i < WITHOUT_ACK; i++) {
            long before = lossDetection.nextNumber();
            lossDetection.onSentNonEliciting(before);
            note(before);
        }
        for (int i = 1; i < IN_FLIGHT; i++) {
            send();
        }
        long largest = lossDetection.nextNumber() - 1;
        assertThat(leftOut).isBetween(1L, largest - 1);
        ByteBuffer ack = ByteBuffer.allocate(100)
                .put((byte) Frames.ACK)
                .putInt((int) largest)
                .putShort((short) 0)
                .put((byte) 1)
                .putShort((short) (largest - leftOut - 1))
                .putShort((short) 0) // the gap: the number that was left out
                .putShort((short) (leftOut - 1)) // down to 0
                .flip();
        long before = lossDetection.inFlight().lookups();

        assertThat(lossDetection.onAck(ack, 0, largest + 1_000_000)).isNull();

        assertThat(lossDetection.inFlight().isEmpty()).isTrue();
        assertThat(lossDetection.inFlight().lookups() - before).isLessThan(4 * IN_FLIGHT);
    }

    private static int count(PacketsInFlight inFlight) {
        int count = 0;
        for (SentPacket packet = inFlight.first(); packet != null; packet = packet.newer) {
            count++;
        }
        return count;
    }

    /// So a second ACK does not walk past them.
    @Test
    void anAckOfANumberThatWantsNoneLeavesNothingOlderInFlight() {
        for (int i = 0; i < MANY_IN_FLIGHT; i++) {
            send();
        }
        long plain = lossDetection.nextNumber();
        lossDetection.onSentNonEliciting(plain);
        assertThat(count(lossDetection.inFlight())).isEqualTo(MANY_IN_FLIGHT);
        ByteBuffer ack = ByteBuffer.allocate(100)
                .put((byte) Frames.ACK)
                .putInt((int) plain)
                .clear();

        assertThat(lossDetection.onAck(ack, 0, plain)).isNull();

        assertThat(count(lossDetection.inFlight())).isLessThan(3);
    }

    @Test
    void answersToPathChallengesAreNotInFlight() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(100);
        long number = pair.client.lossDetection().nextNumber();
        ByteBuffer packet = ByteBuffer.allocate(Frames.PACKET_HEADER + Frames.PATH_SIZE);
        int[] sent = {0};
        for (int i = 0; i < PATH_CHALLENGES; i++) {
            packet.clear();
            PacketHeader.begin(packet, pair.server().connectionId(), PacketHeader.PACKET);
            packet.putInt((int) number + i).put((byte) Frames.PATH_CHALLENGE).putLong(i);
            packet.flip();
            PacketHeader.seal(packet, new CRC32C());
            pair.server().receive(packet, pair.now);
            pair.server()
                    .flush(
                            _ -> {
                                sent[0]++;
                                return true;
                            },
                            pair.now);
        }

        assertThat(sent[0]).isGreaterThanOrEqualTo(PATH_CHALLENGES); // each is answered
        assertThat(count(pair.server().lossDetection().inFlight())).isLessThan(3);
    }
}
