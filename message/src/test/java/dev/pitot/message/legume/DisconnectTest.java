package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of messages that were taken before the end.
@Tag("slow")
final class DisconnectTest {
    private static final CloseReason DONE = new CloseReason(Cause.LOCAL, "done");

    private final RecordingListener clientSide = new RecordingListener();
    private final RecordingListener serverSide = new RecordingListener();
    private final LegumeLink client =
            LegumeLink.client(UserTypes.PYTHON_2, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, clientSide, 0);
    private final LegumeLink server =
            LegumeLink.server(UserTypes.PYTHON_2, LegumeSettings.USUAL, 1, () -> null, serverSide, 0);

    private SimulatedWorld opened(SimulatedWorld.Path path, SimulatedWorld.End serversEnd) {
        var world = new SimulatedWorld(path, 7, 0, SimulatedWorld.of(client), serversEnd);
        assertThat(world.runUntil(10, () -> clientSide.isOpen() && serverSide.isOpen()))
                .isTrue();
        return world;
    }

    private int fill(long now) {
        int taken = 0;
        while (client.send(RecordingListener.text(taken), Channel.RELIABLE, now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void closingTakesAsLongAsItMakesProgress() {
        SimulatedWorld world =
                opened(new SimulatedWorld.Path(0.3, 0, 100_000_000, 100_000_000), SimulatedWorld.of(server));
        int taken = fill(world.now);
        long from = world.now;

        client.close(DONE, world.now);
        assertThat(world.runUntil(600, () -> !clientSide.closed.isEmpty())).isTrue();

        assertThat((world.now - from) / 1e9).isGreaterThan(20); // twice the timeout
        assertThat(clientSide.closed).containsExactly(DONE);
        assertThat(serverSide.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, taken).boxed().toList());
    }

    /// The server's end, which answers pings and acknowledges nothing: messages of users do not reach it.
    private static SimulatedWorld.End deaf(LegumeLink link, boolean[] isDeaf) {
        SimulatedWorld.End end = SimulatedWorld.of(link);
        return new SimulatedWorld.End() {
            @Override
            public void receive(ByteBuffer datagram, long now) {
                if (!isDeaf[0] || datagram.get(datagram.position() + 5) != (byte) UserTypes.TEXT) {
                    end.receive(datagram, now);
                }
            }

            @Override
            public void flush(SimulatedWorld.Wire wire, long now) {
                end.flush(wire, now);
            }

            @Override
            public long wakeAt() {
                return end.wakeAt();
            }
        };
    }

    @Test
    void withoutProgressClosingEndsWithTheNumberOfUndeliveredMessages() {
        boolean[] isDeaf = {true};
        SimulatedWorld world = opened(SimulatedWorld.Path.PERFECT, deaf(server, isDeaf));
        for (int i = 0; i < 40; i++) {
            client.send(RecordingListener.text(i), i % 2 == 0 ? Channel.RELIABLE : Channel.RELIABLE_ORDERED, world.now);
        }
        client.send(RecordingListener.one(1), Channel.RELIABLE, world.now);
        assertThat(client.undelivered()).isEqualTo(41);

        client.close(DONE, world.now);
        assertThat(world.runUntil(25, () -> !clientSide.closed.isEmpty())).isTrue();

        assertThat(clientSide.closed).hasSize(1);
        assertThat(clientSide.closed.getFirst().cause()).isEqualTo(Cause.LOCAL);
        assertThat(clientSide.closed.getFirst().undelivered()).isBetween(40L, 41L);
        assertThat(client.undelivered()).isEqualTo(clientSide.closed.getFirst().undelivered());
    }

    @Test
    void everyOtherEndingSaysItToo() {
        boolean[] isDeaf = {true};
        SimulatedWorld world = opened(SimulatedWorld.Path.PERFECT, deaf(server, isDeaf));
        client.send(RecordingListener.text(1), Channel.RELIABLE, world.now);
        server.close(DONE, world.now);
        world.run(1);
        assertThat(clientSide.closed)
                .containsExactly(new CloseReason(Cause.REMOTE, "the peer closed the connection", 1));
        assertThat(serverSide.closed).containsExactly(DONE);
    }

    @Test
    void aTimeoutSaysItToo() {
        SimulatedWorld world = opened(SimulatedWorld.Path.PERFECT, SimulatedWorld.of(server));
        world.cut();
        client.send(RecordingListener.text(1), Channel.RELIABLE, world.now);
        world.run(12);

        assertThat(clientSide.cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(clientSide.closed.getFirst().undelivered()).isEqualTo(1);
    }
}
