package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages longer than a packet.
@Timeout(180)
class FragmentTest {
    private static final ExtendedSettings LARGE =
            new ExtendedSettings(Duration.ofSeconds(10), ExtendedSettings.MAX_MESSAGE, 40 << 20, 1400, false);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.4})
    void messagesOf16MebibytesArriveWhole(double loss) {
        PathConditions conditions = new PathConditions(loss, loss, 0.01, 0.01, 2_000_000, 3_000_000);
        Pair pair = new Pair(conditions, conditions, 3, LARGE).connect();
        byte[] first = random(ExtendedSettings.MAX_MESSAGE);
        byte[] second = random(ExtendedSettings.MAX_MESSAGE - 1);

        assertThat(pair.client.maxPayload()).isEqualTo(ExtendedSettings.MAX_MESSAGE);
        assertThat(send(pair, first, Channel.RELIABLE_ORDERED)).isTrue();
        assertThat(send(pair, second, Channel.RELIABLE_ORDERED)).isTrue();
        long before = used();
        pair.runUntil(() -> pair.serverSaw.messages.size() == 1, 7_200_000);
        pair.run(1_000); // the second has begun to come
        long after = used();
        pair.runUntil(() -> pair.serverSaw.messages.size() == 2, 7_200_000);
        pair.run(20_000); // for what would come twice

        assertThat(after - before).isLessThan(36L << 20); // both, and what else it takes to receive them
        pair.assertAlive();
        assertThat(pair.serverSaw.messages).hasSize(2);
        assertThat(Arrays.equals(pair.serverSaw.messages.get(0), first)).isTrue();
        assertThat(Arrays.equals(pair.serverSaw.messages.get(1), second)).isTrue();
    }

    @Test
    void lengthsAroundTheLimitOfAPacketArriveOnAllKindsOfChannel() {
        for (Channel.Kind kind : Channel.Kind.values()) {
            Pair pair = new Pair(PathConditions.CLEAR, 3).connect();
            List<byte[]> sent = List.of(
                    random(1), random(1319), random(1320), random(1321), random(2640), random(2641), random(99_999));

            sent.forEach(bytes ->
                    assertThat(send(pair, bytes, new Channel(kind, 63))).isTrue());
            pair.run(2_000);

            assertThat(pair.serverSaw.messages).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void aShortMessageOvertakesALongOneOfAnotherChannel() {
        Pair pair = new Pair(PathConditions.CLEAR, 3).connect();
        byte[] small = random(10);

        send(pair, random(1 << 20), Channel.RELIABLE);
        send(pair, small, Channel.RELIABLE_ORDERED);
        pair.runUntil(() -> !pair.serverSaw.messages.isEmpty(), 20);

        assertThat(pair.serverSaw.messages).containsExactly(small);
    }

    @Test
    void aFullQueuePushesBackAndAnEmptyOneTakesAgain() {
        Pair pair = new Pair(PathConditions.CLEAR, 3).connect();
        byte[] message = random(1 << 20);

        int taken = 0;
        while (send(pair, message, Channel.RELIABLE)) {
            taken++;
        }
        assertThat(taken).isEqualTo(3);
        assertThat(pair.client.metrics().waiting().outBytes()).isEqualTo(3 << 20);
        pair.runUntil(() -> pair.serverSaw.messages.size() == 3, 60_000);
        pair.run(10);

        assertThat(send(pair, message, Channel.RELIABLE)).isTrue();
    }

    @Test
    void aSystemWithoutRoomLosesNothing() {
        Pair pair = new Pair(PathConditions.CLEAR, 3).connect();
        byte[] message = random(100_000);

        pair.up.refuse(5);
        send(pair, message, Channel.RELIABLE);
        pair.run(100);

        assertThat(pair.serverSaw.messages).containsExactly(message);
        assertThat(pair.client.metrics().errors().lost()).isZero();
    }

    private static boolean send(Pair pair, byte[] bytes, Channel channel) {
        return pair.client.send(ByteBuffer.wrap(bytes), channel, pair.now);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
