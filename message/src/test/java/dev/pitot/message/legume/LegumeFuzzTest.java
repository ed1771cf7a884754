package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.LinkListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A million datagrams that nobody sent for good.
final class LegumeFuzzTest {
    /// A million in each build; more by `-Dpitot.fuzz.datagrams` (docs/messages.md, "Fuzzing").
    private static final int DATAGRAMS = Integer.getInteger("pitot.fuzz.datagrams", 1_000_000);

    private final Random random = new Random(Long.getLong("pitot.fuzz.seed", 42));

    /// Counts.
    private static final class Tally implements LinkListener {
        int messages;
        boolean closed;

        @Override
        public void opened() {}

        @Override
        public void message(ByteBuffer payload, Channel channel) {
            messages++;
        }

        @Override
        public void closed(CloseReason reason) {
            closed = true;
        }
    }

    private static LegumeLink open(Tally tally, long now) {
        var link = LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, tally, now);
        link.receive(ByteBuffer.wrap(new byte[] {0, 1, 0, 0, 2, 2, 4}), now);
        link.flush(_ -> true, now);
        link.receive(ByteBuffer.wrap(new byte[] {0, 2, 0, 0, 0, 8, 0, 0, 0, 1}), now);
        link.flush(_ -> true, now);
        return link;
    }

    /// Rubbish of any length, or a recorded datagram with bytes changed, added or cut off.
    private ByteBuffer any(List<byte[]> recorded) {
        if (random.nextInt(4) == 0) {
            byte[] rubbish = new byte[random.nextInt(20) == 0 ? random.nextInt(1_500) : random.nextInt(30)];
            random.nextBytes(rubbish);
            return ByteBuffer.wrap(rubbish);
        }
        byte[] original = recorded.get(random.nextInt(recorded.size()));
        byte[] mutated = Arrays.copyOf(original, Math.max(0, original.length + length()));
        for (int i = random.nextInt(4); i > 0 && mutated.length > 0; i--) {
            mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return ByteBuffer.wrap(mutated);
    }

    private int length() {
        return random.nextInt(3) == 0 ? random.nextInt(9) - 4 : 0;
    }

    private static List<byte[]> recorded() throws IOException {
        return Recordings.all().stream().map(Recordings.Recorded::bytes).toList();
    }

    @Test
    @Timeout(180)
    void whatIsMalformedLeavesAnOngoingConnectionAsItWas() throws IOException {
        List<byte[]> recorded = recorded();
        var tally = new Tally();
        LegumeLink link = open(tally, 0);
        var reader = new DatagramReader(UserTypes.PYTHON_2);
        Metrics before = link.metrics();
        long wake = link.wakeAt();
        int malformed = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            ByteBuffer datagram = any(recorded);
            if (!reader.begin(datagram)) { // what is well formed cannot be told from the peer's own
                malformed++;
                link.receive(datagram, 0);
                assertThat(datagram.position()).isZero();
            }
        }

        assertThat(malformed).isGreaterThan(DATAGRAMS / 2);
        Metrics after = link.metrics();
        assertThat(after.errors().malformed()).isEqualTo(malformed);
        assertThat(List.of(after.received(), after.sent(), after.waiting()))
                .isEqualTo(List.of(before.received(), before.sent(), before.waiting()));
        assertThat(link.wakeAt()).isEqualTo(wake);
        link.flush(datagram -> datagram.remaining() == 0, 0);
        assertThat(link.metrics().sent()).isEqualTo(before.sent());
        link.receive(ByteBuffer.wrap(new byte[] {0, 3, 0, 0, 0, -1}), 0);
        assertThat(tally.messages).isEqualTo(1);
        assertThat(tally.closed).isFalse();
    }

    @Test
    @Timeout(180)
    void evenWhatIsWellFormedThrowsNothingAndFillsNothing() throws IOException {
        List<byte[]> recorded = recorded();
        var tally = new Tally();
        long now = 0;
        LegumeLink link = open(tally, now);
        for (int i = 0; i < DATAGRAMS; i++) {
            now += 10_000;
            link.send(RecordingListener.one(i), i % 3 == 0 ? Channel.UNRELIABLE : Channel.RELIABLE_ORDERED, now);
            link.receive(any(recorded), now);
            if (i % 16 == 0) {
                link.flush(_ -> true, now);
                Metrics.Waiting waiting = link.metrics().waiting();
                assertThat(waiting.reorderQueue()).isLessThanOrEqualTo(64);
                assertThat(waiting.outBytes()).isBetween(0L, 1L << 20);
                assertThat(waiting.pendingAcks()).isBetween(0L, 512L);
            }
            if (tally.closed) {
                tally.closed = false;
                link = open(tally, now);
            }
        }
    }
}
