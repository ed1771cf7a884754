package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exactly once, nothing lost, whatever the path does; in virtual time.
@Tag("slow")
final class LossySimulationTest {
    private static final long START = Long.MAX_VALUE - 30_000_000_000L; // nanoseconds overflow on the way
    private static final long TEN_SECONDS = 10_000_000_000L;

    private final RecordingListener clientSide = new RecordingListener();
    private final RecordingListener serverSide = new RecordingListener();

    private LegumeLink client(int firstId, long now) {
        return LegumeLink.client(
                UserTypes.PYTHON_2, LegumeSettings.USUAL, ConnectRequest.ofLegume(firstId), firstId, clientSide, now);
    }

    private LegumeLink server(int firstId, long now) {
        return LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, firstId, () -> null, serverSide, now);
    }

    /// Sends numbers as fast as the link takes them.
    private static final class Source {
        private final LegumeLink link;
        private final Channel channel;
        private final int count;
        private int next;

        Source(LegumeLink link, Channel channel, int count) {
            this.link = link;
            this.channel = channel;
            this.count = count;
        }

        void fill(long now) {
            while (next < count && link.send(RecordingListener.text(next), channel, now)) {
                next++;
            }
        }
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0, 0.0, 0", "2, 0.05, 0.02, 30", "3, 0.2, 0.1, 60", "4, 0.4, 0.2, 20", "5, 0.4, 0.0, 100"})
    void seventyThousandMessagesWrapTheIdsAndComeExactlyOnce(
            long seed, double loss, double duplication, int jitterMillis) {
        var path = new SimulatedWorld.Path(loss, duplication, 10_000_000, jitterMillis * 1_000_000L);
        LegumeLink client = client(60_000, START);
        LegumeLink server = server((int) seed * 11_111, START);
        var world = new SimulatedWorld(path, seed, START, SimulatedWorld.of(client), SimulatedWorld.of(server));
        var up = new Source(client, Channel.RELIABLE, 70_000);
        var down = new Source(server, Channel.RELIABLE, 5_000);
        BooleanSupplier done = () -> {
            if (clientSide.isOpen() && serverSide.isOpen()) {
                up.fill(world.now);
                down.fill(world.now);
            }
            return serverSide.messages.size() >= 70_000 && clientSide.messages.size() >= 5_000;
        };

        assertThat(world.runUntil(3_000, done)).isTrue();
        assertThat(world.runUntil(60, () -> client.metrics().waiting().pendingAcks() == 0))
                .isTrue();
        world.run(5); // for what would come twice

        assertThat(serverSide.numbers()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(upTo(70_000));
        assertThat(clientSide.numbers()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(upTo(5_000));
        assertThat(client.peerIdsUsed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"11, 0.0", "14, 0.05", "12, 0.1", "13, 0.4"})
    void orderedAndOtherMessagesDoNotDisturbEachOther(long seed, double loss) {
        var path = new SimulatedWorld.Path(loss, 0.1, 5_000_000, 15_000_000);
        LegumeLink client = client(1, 0);
        LegumeLink server = server(1, 0);
        var world = new SimulatedWorld(path, seed, 0, SimulatedWorld.of(client), SimulatedWorld.of(server));
        assertThat(world.runUntil(10, () -> clientSide.isOpen())).isTrue();
        var ordered = new Source(client, Channel.RELIABLE_ORDERED, 4_000);
        var reliable = new Source(server, Channel.RELIABLE, 4_000);

        assertThat(world.runUntil(600, () -> {
                    ordered.fill(world.now);
                    reliable.fill(world.now);
                    return serverSide.messages.size() >= 4_000 && clientSide.messages.size() >= 4_000;
                }))
                .isTrue();

        assertThat(serverSide.numbers()).isEqualTo(upTo(4_000));
        assertThat(clientSide.numbers()).containsExactlyInAnyOrderElementsOf(upTo(4_000));
    }

    @ParameterizedTest
    @CsvSource({"21, 0.0, 0", "22, 0.05, 10", "23, 0.2, 40", "24, 0.4, 40"})
    void anOriginalServerGetsEachOfTwentyThousandMessagesOnce(long seed, double loss, int jitterMillis) {
        var path = new SimulatedWorld.Path(loss, 0.1, 10_000_000, jitterMillis * 1_000_000L);
        LegumeLink client = client(60_000, 0);
        var legume = ScriptedLegume.server(true, TEN_SECONDS, UserTypes.PYTHON_2);
        var world = new SimulatedWorld(path, seed, 0, SimulatedWorld.of(client), legume);
        assertThat(world.runUntil(10, clientSide::isOpen)).isTrue();
        var source = new Source(client, Channel.RELIABLE, 20_000);

        assertThat(world.runUntil(2_000, () -> {
                    source.fill(world.now);
                    return legume.messages.size() >= 20_000;
                }))
                .isTrue();
        assertThat(world.runUntil(30, () -> client.metrics().waiting().pendingAcks() == 0))
                .isTrue();

        assertThat(RecordingListener.numbers(legume.messages))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(upTo(20_000));
        assertThat(clientSide.isOpen()).isTrue();
    }

    @Test
    void anOriginalServerGetsOrderedMessagesInOrderThoughManyAreSentAgain() {
        var path = new SimulatedWorld.Path(0.05, 0.05, 10_000_000, 10_000_000);
        LegumeLink client = client(60_000, 0);
        var legume = ScriptedLegume.server(true, TEN_SECONDS, UserTypes.PYTHON_2);
        var world = new SimulatedWorld(path, 31, 0, SimulatedWorld.of(client), legume);
        assertThat(world.runUntil(10, clientSide::isOpen)).isTrue();
        var source = new Source(client, Channel.RELIABLE_ORDERED, 20_000);

        assertThat(world.runUntil(2_000, () -> {
                    source.fill(world.now);
                    return legume.messages.size() >= 20_000;
                }))
                .isTrue();
        world.run(5); // for what would come twice

        assertThat(RecordingListener.numbers(legume.messages)).isEqualTo(upTo(20_000));
        assertThat(client.metrics().errors().resent()).isGreaterThan(500);
    }

    @Test
    void twoHundredInASecondTowardsAnOriginalAllArriveWhereItLosesFivePercentItself() {
        var path = new SimulatedWorld.Path(0.05, 0, 20_000_000, 0);
        LegumeLink client = client(1, 0);
        var legume = ScriptedLegume.server(true, TEN_SECONDS, UserTypes.PYTHON_2);
        var world = new SimulatedWorld(path, 5, 0, SimulatedWorld.of(client), legume);
        assertThat(world.runUntil(10, clientSide::isOpen)).isTrue();

        for (int i = 0; i < 1_000; i++) {
            assertThat(client.send(RecordingListener.text(i), Channel.RELIABLE, world.now))
                    .isTrue();
            world.run(0.005);
        }

        assertThat(world.runUntil(2, () -> legume.messages.size() >= 1_000)).isTrue();
        assertThat(world.runUntil(5, () -> client.metrics().waiting().pendingAcks() == 0))
                .isTrue();
        assertThat(RecordingListener.numbers(legume.messages)).containsExactlyInAnyOrderElementsOf(upTo(1_000));
        assertThat(client.metrics().errors().resent()).isBetween(50L, 400L);
    }

    @Test
    void anOriginalClientsMessagesAllArriveWhenItsPingsStayUnanswered() {
        var path = new SimulatedWorld.Path(0.1, 0, 20_000_000, 0);
        var legume = ScriptedLegume.client(4, TEN_SECONDS, UserTypes.PYTHON_2);
        var settings = new LegumeSettings(LegumeSettings.USUAL.timeout(), 1 << 20, true, true);
        LegumeLink server = LegumeLink.server(UserTypes.PYTHON_2, settings, 1, () -> null, serverSide, 0);
        var world = new SimulatedWorld(path, 9, 0, SimulatedWorld.of(server), legume);
        assertThat(world.runUntil(10, () -> legume.state == ScriptedLegume.State.CONNECTED))
                .isTrue();

        for (int i = 0; i < 1_000; i++) {
            byte[] payload = new byte[59];
            RecordingListener.text(i).get(payload);
            legume.send(payload, true);
            world.run(0.005);
        }

        assertThat(world.runUntil(10, () -> legume.unacknowledged() == 0)).isTrue();
        assertThat(serverSide.numbers()).containsExactlyInAnyOrderElementsOf(upTo(1_000));
    }

    @Test
    void aFloodOfUnreliableMessagesThroughAHoleLeavesLaterOnesFresh() {
        LegumeLink client = client(1, 0);
        LegumeLink server = server(1, 0);
        var hole = new boolean[1];
        SimulatedWorld.End deaf = new SimulatedWorld.End() {
            private final SimulatedWorld.End link = SimulatedWorld.of(server);

            @Override
            public void receive(ByteBuffer datagram, long now) {
                if (!hole[0]) {
                    link.receive(datagram, now);
                }
            }

            @Override
            public void flush(SimulatedWorld.Wire wire, long now) {
                link.flush(wire, now);
            }

            @Override
            public long wakeAt() {
                return link.wakeAt();
            }
        };
        var world = new SimulatedWorld(SimulatedWorld.Path.PERFECT, 1, 0, SimulatedWorld.of(client), deaf);
        world.runUntil(1, clientSide::isOpen);
        world.run(0.1); // or the server does not know that it is
        var flood = new Source(client, Channel.UNRELIABLE, 100_000);
        hole[0] = true;
        world.runUntil(5, () -> {
            flood.fill(world.now);
            return false;
        });
        hole[0] = false;
        int passed = flood.next;

        assertThat(world.runUntil(30, () -> {
                    flood.fill(world.now);
                    return flood.next == 100_000 && client.metrics().waiting().outBytes() == 0;
                }))
                .isTrue();
        world.run(1);
        client.send(RecordingListener.text(100_000), Channel.RELIABLE, world.now);
        world.run(1);

        assertThat(passed).isLessThan(40_000);
        assertThat(serverSide.numbers()).doesNotHaveDuplicates().contains(99_999, 100_000);
        assertThat(serverSide.messages.size()).isGreaterThan(90_000);
    }

    @Test
    void closingDrainsWhatIsReliableThroughLossAndEndsBothEnds() {
        var path = new SimulatedWorld.Path(0.3, 0, 10_000_000, 5_000_000);
        LegumeLink client = client(1, 0);
        LegumeLink server = server(1, 0);
        var world = new SimulatedWorld(path, 3, 0, SimulatedWorld.of(client), SimulatedWorld.of(server));
        world.runUntil(10, clientSide::isOpen);
        new Source(client, Channel.RELIABLE, 2_000).fill(world.now);

        client.close(new CloseReason(Cause.LOCAL, ""), world.now);
        assertThat(client.send(RecordingListener.text(0), Channel.RELIABLE, world.now))
                .isFalse();

        assertThat(world.runUntil(60, () -> !clientSide.closed.isEmpty())).isTrue();
        world.run(12);
        assertThat(serverSide.numbers()).containsExactlyInAnyOrderElementsOf(upTo(2_000));
        assertThat(clientSide.closed).extracting(CloseReason::cause).containsExactly(Cause.LOCAL);
        assertThat(serverSide.closed).hasSize(1);
    }

    @Test
    void closingTowardsADeadPeerEndsWithinTheTimeout() {
        LegumeLink client = client(1, 0);
        LegumeLink server = server(1, 0);
        var world = new SimulatedWorld(
                SimulatedWorld.Path.PERFECT, 3, 0, SimulatedWorld.of(client), SimulatedWorld.of(server));
        world.runUntil(10, clientSide::isOpen);
        world.cut();
        client.send(RecordingListener.text(0), Channel.RELIABLE, world.now);

        client.close(new CloseReason(Cause.LOCAL, ""), world.now);

        assertThat(world.runUntil(10.5, () -> !clientSide.closed.isEmpty())).isTrue();
        assertThat(clientSide.cause()).isEqualTo(Cause.TIMEOUT);
    }
}
