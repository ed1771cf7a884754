package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Credit bounds what a receiver must keep, and never stops a connection for good.
@Timeout(120)
class FlowControlTest {
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource({"3, 1048576", "4, 600000", "40, 65536", "64, 1048576"})
    void longMessagesOnManyChannelsArriveOverAPerfectPath(int channels, int length) {
        Pair pair = pair(ExtendedSettings.DEFAULT.largestMessage(), 128 * MEBIBYTE, 0, 1);

        for (int number = 0; number < channels; number++) {
            send(pair, length, new Channel(Channel.Kind.RELIABLE, number));
        }
        pair.runUntil(() -> pair.serverSaw.messages.size() == channels, 60_000);

        pair.assertAlive();
    }

    @Test
    void aMessageOfAByteIsHeldWithTheMemoryThatItTakes() {
        Pair pair = pair(MEBIBYTE, 16 * MEBIBYTE, 0, 1);
        long before = pair.client.heldBytes();

        for (int number = 0; number < 100; number++) {
            send(pair, 1, Channel.RELIABLE);
        }

        assertThat(pair.client.heldBytes() - before).isGreaterThanOrEqualTo(100 * 144); // an object and its array
        pair.runUntil(() -> pair.serverSaw.messages.size() == 100, 1_000);
        pair.runUntil(() -> pair.client.heldBytes() == before, 5_000);
    }

    @Test
    void aMessageThatLacksCreditDoesNotHoldUpOtherChannels() {
        Pair pair = pair(MEBIBYTE, 16 * MEBIBYTE, 0, 1);
        for (int number = 0; number < 8; number++) {
            send(pair, 900_000, new Channel(Channel.Kind.RELIABLE, number)); // credit is for two
        }
        send(pair, 10, Channel.RELIABLE_ORDERED);
        pair.runUntil(() -> pair.serverSaw.messages.stream().anyMatch(message -> message.length == 10), 1_000);

        assertThat(pair.serverSaw.messages).hasSize(1);
    }

    @Test
    void aLongMessageIsNotStarvedByShortOnesOfOtherChannels() {
        Pair pair = pair(MEBIBYTE, 16 * MEBIBYTE, 0, 1);
        int[] shortOnes = new int[1];
        boolean[] hasLong = new boolean[1];
        pair.serverSaw.onMessage = (payload, _) -> {
            shortOnes[0]++;
            hasLong[0] |= payload.remaining() == MEBIBYTE;
        };

        for (int round = 0; round < 2_000 && !hasLong[0]; round++) {
            for (int number = 1; number < 64; number++) {
                Channel channel = new Channel(Channel.Kind.RELIABLE, number);
                while (pair.client.metrics().waiting().outBytes() < 4 * MEBIBYTE && offer(pair, 100_000, channel)) {}
            }
            if (round == 20) {
                send(pair, MEBIBYTE, Channel.RELIABLE);
            }
            pair.run(1);
        }

        assertThat(hasLong[0]).isTrue();
        assertThat(shortOnes[0]).isGreaterThan(10); // the long one had to wait for credit
    }

    /// Any mix arrives, exactly once and in order where a channel promises it.
    @ParameterizedTest
    @CsvSource({"0, 150", "0.01, 100", "0.05, 100"})
    void anyMixOfMessagesArrives(double loss, int mixes) {
        for (int seed = 1; seed <= mixes; seed++) {
            new Mix(seed, loss).run();
        }
    }

    private static Pair pair(int largest, int queue, double loss, long seed) {
        var settings = new ExtendedSettings(Duration.ofSeconds(10), largest, queue, 1400, false);
        PathConditions conditions = PathConditions.losing(loss, 2_000_000);
        return new Pair(conditions, conditions, seed, settings).connect();
    }

    private static boolean offer(Pair pair, int length, Channel channel) {
        return pair.client.send(ByteBuffer.wrap(new byte[length]), channel, pair.now);
    }

    private static void send(Pair pair, int length, Channel channel) {
        assertThat(offer(pair, length, channel)).isTrue();
    }

    /// Messages of random sizes on random channels, given as fast as they are taken.
    private static final class Mix {
        private final Random random;
        private final Pair pair;
        private final String name;
        private final List<Channel> channels = new ArrayList<>();
        private final Map<Channel, Integer> given = new HashMap<>();
        private final Map<Channel, List<Integer>> came = new HashMap<>();
        private int reliableGiven;
        private int reliableCame;

        Mix(int seed, double loss) {
            random = new Random(seed);
            int largest = 1 << (4 + random.nextInt(17)); // to 1 MiB
            int queue = Math.max(2 * (largest + 32), 1 << (16 + random.nextInt(8)));
            pair = pair(largest, queue, loss, seed);
            name = "seed " + seed + ", loss " + loss + ", largest " + largest + ", queue " + queue;
            int count = 1 + random.nextInt(64);
            for (int i = 0; i < count; i++) {
                Channel.Kind kind = List.of(Channel.Kind.values()).get(random.nextInt(4));
                channels.add(new Channel(kind, random.nextInt(64)));
            }
            pair.serverSaw.onMessage = this::onMessage;
        }

        void run() {
            int largest = pair.client.maxPayload();
            long bytes = 0;
            for (int number = 0; number < 200 && bytes < 3 * MEBIBYTE; number++) {
                Channel channel = channels.get(random.nextInt(channels.size()));
                int length = 4 + random.nextInt(1 + random.nextInt(1 + random.nextInt(largest - 4)));
                bytes += length;
                ByteBuffer payload = ByteBuffer.allocate(length).putInt(0, given.merge(channel, 1, Integer::sum) - 1);
                while (!pair.client.send(payload, channel, pair.now)) {
                    pair.run(5);
                    assertGoesOn();
                }
                reliableGiven += channel.kind().isReliable() ? 1 : 0;
            }
            long end = pair.now + 600_000_000_000L;
            while (reliableCame < reliableGiven && pair.now < end) {
                pair.run(100);
                assertGoesOn();
            }
            assertThat(reliableCame).as(name).isEqualTo(reliableGiven);
            pair.run(200);
            came.forEach(this::assertPromiseKept);
        }

        private void assertGoesOn() {
            assertThat(pair.clientSaw.closed).as(name).isNull();
            assertThat(pair.serverSaw.closed).as(name).isNull();
        }

        private void onMessage(ByteBuffer payload, Channel channel) {
            came.computeIfAbsent(channel, _ -> new ArrayList<>()).add(payload.getInt(payload.position()));
            reliableCame += channel.kind().isReliable() ? 1 : 0;
        }

        private void assertPromiseKept(Channel channel, List<Integer> numbers) {
            assertThat(numbers).as(name).doesNotHaveDuplicates();
            if (channel.kind() == Channel.Kind.RELIABLE_ORDERED
                    || channel.kind() == Channel.Kind.UNRELIABLE_SEQUENCED) {
                assertThat(numbers).as(name).isSorted();
            }
            if (channel.kind().isReliable()) {
                assertThat(numbers).as(name).hasSize(given.getOrDefault(channel, 0));
            }
        }
    }
}
