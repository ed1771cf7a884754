package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever happens to datagrams, channels keep what they promise.
@Timeout(180)
class SimulationTest {
    /// Of each test; more with `-Dpitot.simulation.messages=10000000`.
    private static final int MESSAGES = Integer.getInteger("pitot.simulation.messages", 100_000);

    private static final int CHANNELS = 3;

    enum Conditions {
        LOSS_40,
        BURSTS,
        LONG_BURSTS,
        REORDER,
        ALL,
        STORM;

        PathConditions conditions() {
            return switch (this) {
                case LOSS_40 -> new PathConditions(0.4, 0.4, 0, 0, 5_000_000, 0);
                case BURSTS -> new PathConditions(0.02, 0.75, 0, 0, 5_000_000, 0);
                case LONG_BURSTS -> new PathConditions(0.02, 0.9, 0, 0, 5_000_000, 0);
                case REORDER -> new PathConditions(0, 0, 0, 0, 5_000_000, 30_000_000);
                case ALL -> new PathConditions(0.1, 0.3, 0.1, 0.05, 5_000_000, 10_000_000);
                case STORM -> new PathConditions(0.4, 0.4, 0.1, 0.05, 5_000_000, 10_000_000);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void reliableMessagesComeExactlyOnce(Conditions conditions) {
        Traffic traffic = traffic(conditions, Channel.Kind.RELIABLE);

        assertThat(traffic.delivered).isEqualTo(MESSAGES);
        assertThat(traffic.repeated).isZero();
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void orderedMessagesComeExactlyOnceInOrder(Conditions conditions) {
        Traffic traffic = traffic(conditions, Channel.Kind.RELIABLE_ORDERED);

        assertThat(traffic.delivered).isEqualTo(MESSAGES);
        assertThat(traffic.repeated + traffic.older).isZero();
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void unreliableMessagesComeAtMostOnce(Conditions conditions) {
        Traffic traffic = traffic(conditions, Channel.Kind.UNRELIABLE);

        assertThat(traffic.delivered).isBetween(MESSAGES / 2, MESSAGES);
        assertThat(traffic.repeated).isZero();
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void sequencedMessagesAreNeverOlderThanTheOneBefore(Conditions conditions) {
        Traffic traffic = traffic(conditions, Channel.Kind.UNRELIABLE_SEQUENCED);

        assertThat(traffic.delivered).isBetween(MESSAGES / 20, MESSAGES);
        assertThat(traffic.repeated + traffic.older).isZero();
    }

    @Test
    void packetNumbersGoOnWhenTheirLowerHalfWraps() {
        Pair pair = new Pair(new PathConditions(0.1, 0.1, 0.1, 0, 5_000_000, 10_000_000), 5);
        pair.startAt((1L << 32) - 500).connect();

        Traffic traffic = new Traffic(pair, Channel.Kind.RELIABLE_ORDERED).run();

        assertThat(pair.client.lossDetection().nextNumber()).isGreaterThan((1L << 32) + 500);
        assertThat(traffic.delivered).isEqualTo(MESSAGES);
        assertThat(traffic.repeated + traffic.older).isZero();
    }

    private static Traffic traffic(Conditions conditions, Channel.Kind kind) {
        return new Traffic(new Pair(conditions.conditions(), 17).connect(), kind).run();
    }

    /// Messages from the client, dealt to some channels of a kind; each says where it belongs.
    private static final class Traffic {
        private final Pair pair;
        private final Channel[] channels = new Channel[CHANNELS];
        private final BitSet seen = new BitSet(MESSAGES);
        private final int[] newest = new int[CHANNELS];
        private final boolean isReliable;
        private int delivered;
        private int repeated;
        private int older;

        Traffic(Pair pair, Channel.Kind kind) {
            this.pair = pair;
            Arrays.setAll(channels, number -> new Channel(kind, number * 31));
            Arrays.fill(newest, -1);
            isReliable = kind.isReliable();
            pair.serverSaw.onMessage = this::onMessage;
        }

        private void onMessage(ByteBuffer payload, Channel channel) {
            int number = payload.getInt(payload.position());
            int lane = channel.number() / 31;
            assertThat(payload.remaining()).isEqualTo(length(number));
            assertThat(lane).isEqualTo(number % CHANNELS);
            assertThat(payload.get(payload.limit() - 1)).isEqualTo((byte) (payload.remaining() == 4 ? number : 7));
            delivered++;
            repeated += seen.get(number) ? 1 : 0;
            seen.set(number);
            older += number <= newest[lane] ? 1 : 0;
            newest[lane] = number;
        }

        /// Some take fragments.
        private static int length(int number) {
            return number % 1000 == 0 ? 5000 : 4 + number % 37;
        }

        Traffic run() {
            ByteBuffer payload = ByteBuffer.allocate(5000);
            for (int number = 0; number < MESSAGES; number++) {
                int length = length(number);
                payload.clear().putInt(0, number);
                if (length > 4) {
                    payload.put(length - 1, (byte) 7);
                }
                payload.limit(length);
                Channel channel = channels[number % CHANNELS];
                while (!pair.client.send(payload, channel, pair.now)) {
                    pair.run(5);
                    pair.assertAlive();
                }
                if (number % 64 == 0) {
                    pair.run(1);
                }
            }
            if (isReliable) {
                pair.runUntil(() -> delivered == MESSAGES, 3_600_000);
                pair.run(5_000);
                assertThat(pair.client.metrics().waiting().pendingAcks()).isZero();
            } else {
                pair.runUntil(() -> pair.client.metrics().waiting().outBytes() == 0, 3_600_000);
                pair.run(1_000);
            }
            pair.assertAlive();
            return this;
        }
    }
}
