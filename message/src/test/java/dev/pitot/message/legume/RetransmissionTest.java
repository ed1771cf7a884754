package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When messages are sent again (RFC 6298).
final class RetransmissionTest {
    private static final long MS = 1_000_000;

    private final RecordingListener clientSide = new RecordingListener();
    private final RecordingListener serverSide = new RecordingListener();
    private final LegumeLink client =
            LegumeLink.client(UserTypes.PYTHON_2, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, serverSide, 0);

    /// The client's end, which notes when messages of users leave, and can be cut off.
    private static final class Path implements SimulatedWorld.End {
        private final SimulatedWorld.End end;
        final List<Long> sentAt = new ArrayList<>();
        boolean isCut;

        Path(LegumeLink link) {
            end = SimulatedWorld.of(link);
        }

        @Override
        public void receive(ByteBuffer datagram, long now) {
            if (!isCut) {
                end.receive(datagram, now);
            }
        }

        @Override
        public void flush(SimulatedWorld.Wire wire, long now) {
            end.flush(
                    datagram -> {
                        if (datagram.length > 5 && datagram[5] == (byte) UserTypes.ONE) {
                            sentAt.add(now / MS);
                        }
                        if (!isCut) {
                            wire.send(datagram);
                        }
                    },
                    now);
        }

        @Override
        public long wakeAt() {
            return end.wakeAt();
        }
    }

    private SimulatedWorld opened(Path path, long delayNanos) {
        var world =
                new SimulatedWorld(new SimulatedWorld.Path(0, 0, delayNanos, 0), 1, 0, path, SimulatedWorld.of(server));
        assertThat(world.runUntil(5, () -> clientSide.isOpen() && serverSide.isOpen()))
                .isTrue();
        world.run(0.5);
        return world;
    }

    private static List<Long> gaps(List<Long> times) {
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(times.get(i) - times.get(i - 1));
        }
        return gaps;
    }

    @Test
    void withoutAnyRoundTripTheTimeoutIsASecondAndDoubles() {
        var sentAt = new ArrayList<Long>();
        for (long now = 0; now < 10_000 * MS; now = client.wakeAt()) {
            long at = now / MS;
            client.flush(_ -> sentAt.add(at), now);
        }

        assertThat(sentAt).containsExactly(0L, 1_000L, 3_000L, 7_000L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.Kind.class,
            names = {"RELIABLE", "RELIABLE_ORDERED"})
    void inAnOutageTheMeasuredTimeoutDoublesWithoutALowCap(Channel.Kind kind) {
        var path = new Path(client);
        SimulatedWorld world = opened(path, 50 * MS);
        path.isCut = true;

        client.send(RecordingListener.one(1), new Channel(kind, 0), world.now);
        world.run(9);

        List<Long> gaps = gaps(path.sentAt);
        assertThat(gaps.getFirst()).isBetween(100L, 400L);
        assertThat(gaps).hasSizeBetween(4, 6);
        for (int i = 1; i < gaps.size(); i++) {
            assertThat(gaps.get(i)).isBetween(2 * gaps.get(i - 1) - 2, 2 * gaps.get(i - 1) + 2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.Kind.class,
            names = {"RELIABLE", "RELIABLE_ORDERED"})
    void afterAnOutageMessagesAreSentAgainWhenThePathAnswersAndNotWhenTheBackoffIsOver(Channel.Kind kind) {
        var path = new Path(client);
        SimulatedWorld world = opened(path, 10 * MS);
        path.isCut = true;
        for (int i = 0; i < 300; i++) {
            client.send(RecordingListener.one(i), new Channel(kind, 0), world.now);
        }
        world.run(6);
        assertThat(serverSide.messages).isEmpty();

        path.isCut = false;
        assertThat(world.runUntil(2.5, () -> serverSide.messages.size() == 300)).isTrue();

        assertThat(clientSide.isOpen()).isTrue();
        assertThat(serverSide.numbers()).doesNotHaveDuplicates();
    }

    @Test
    void anOutageLeavesTheWindowAtItsLeastAndTheTimeoutAtTheRoundTrip() {
        var path = new Path(client);
        SimulatedWorld world = opened(path, 10 * MS);
        path.isCut = true;
        client.send(RecordingListener.one(1), Channel.RELIABLE, world.now);
        world.run(6);
        path.isCut = false;
        world.run(3);
        int before = path.sentAt.size();

        path.isCut = true;
        client.send(RecordingListener.one(2), Channel.RELIABLE, world.now);
        world.run(0.2);

        assertThat(gaps(path.sentAt.subList(before, path.sentAt.size())).getFirst())
                .isBetween(10L, 100L);
    }

    @Test
    void anOutageNearlyAsLongAsTheTimeoutIsNoStall() {
        var path = new Path(client);
        SimulatedWorld world = opened(path, 10 * MS);
        path.isCut = true;
        client.send(RecordingListener.one(1), Channel.RELIABLE, world.now);
        world.run(7.9);

        path.isCut = false;
        world.run(3);

        assertThat(clientSide.closed).isEmpty();
        assertThat(serverSide.numbers()).containsExactly(1);
    }
}
