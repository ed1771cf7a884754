package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No counter of the protocol ends a connection: each goes on beyond what the wire carries of it.
@Timeout(60)
class CounterWrapTest {
    private static final PathConditions BAD = new PathConditions(0.1, 0.1, 0.1, 0, 5_000_000, 10_000_000);
    private static final int MESSAGES = 2_000;

    /// Packet numbers, ranges of acknowledgements, sequence numbers of all kinds of channel, numbers of
    /// messages in fragments, and credit, all just before a power of two.
    @ParameterizedTest
    @ValueSource(ints = {31, 32, 33, 41, 62})
    void allCountersGoOn(int power) {
        long start = (1L << power) - 500;
        Pair pair = new Pair(BAD, power).startAt(start, start, start).connect();
        Map<Channel.Kind, List<Integer>> came = new TreeMap<>();
        pair.serverSaw.onMessage = (payload, channel) ->
                came.computeIfAbsent(channel.kind(), _ -> new ArrayList<>()).add(payload.getInt(payload.position()));

        for (int number = 0; number < MESSAGES; number++) {
            for (Channel.Kind kind : Channel.Kind.values()) {
                ByteBuffer payload = ByteBuffer.allocate(number % 50 == 0 ? 3_000 : 10);
                assertThat(pair.client.send(payload.putInt(0, number), new Channel(kind, 5), pair.now))
                        .isTrue();
            }
            pair.run(3);
        }
        pair.run(10_000);

        pair.assertAlive();
        assertThat(pair.client.lossDetection().nextNumber()).isGreaterThan(start + 500);
        assertThat(came.get(Channel.Kind.RELIABLE_ORDERED)).isSorted().hasSize(MESSAGES);
        assertThat(came.get(Channel.Kind.RELIABLE)).doesNotHaveDuplicates().hasSize(MESSAGES);
        assertThat(came.get(Channel.Kind.UNRELIABLE))
                .doesNotHaveDuplicates()
                .hasSizeBetween(MESSAGES * 8 / 10, MESSAGES);
        assertThat(came.get(Channel.Kind.UNRELIABLE_SEQUENCED))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeBetween(MESSAGES / 5, MESSAGES);
    }
}
