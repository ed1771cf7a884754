package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A client of an original server that runs out of ids.
@Tag("slow")
final class PortMigrationTest {
    private static final long INTERVAL = 2_500_000; // 400 messages a second
    private static final double LOSS = 0.01;

    private final RecordingListener listener = new RecordingListener();
    private final ScriptedLegume legume = ScriptedLegume.server(true, 10_000_000_000L, UserTypes.PYTHON_2);
    private int taken;

    private LegumeLink opened(boolean migrates, SimulatedWorld[] made) {
        LegumeSettings usual = LegumeSettings.USUAL;
        var settings = new LegumeSettings(usual.timeout(), usual.queueLimitBytes(), true, migrates);
        var link = LegumeLink.client(UserTypes.PYTHON_2, settings, ConnectRequest.ofLegume(1), 1, listener, 0);
        var path = new SimulatedWorld.Path(LOSS, 0, 20_000_000, 0);
        made[0] = new SimulatedWorld(path, 1, 0, SimulatedWorld.of(link), legume);
        assertThat(made[0].runUntil(10, listener::isOpen)).isTrue();
        return link;
    }

    /// Sends as many as asked for, or until the link wants another port.
    private void send(LegumeLink link, SimulatedWorld world, int count) {
        for (int i = 0; i < count && !link.idsExhausted(); i++) {
            if (link.send(RecordingListener.one(taken), Channel.RELIABLE, world.now)) {
                taken++;
            }
            world.run(INTERVAL / 1e9);
        }
    }

    @Test
    void atSteadyFourHundredASecondItWantsAnotherPortEarlyAndWhenNothingIsOnItsWay() {
        var made = new SimulatedWorld[1];
        LegumeLink link = opened(true, made);

        send(link, made[0], 60_000);

        assertThat(link.idsExhausted()).isTrue();
        assertThat(link.undelivered()).isZero();
        assertThat(link.peerIdsUsed()).isBetween(32_000, 42_000);
        assertThat(RecordingListener.numbers(legume.messages))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, taken).boxed().toList());
        assertThat(link.send(RecordingListener.one(taken), Channel.RELIABLE, made[0].now))
                .isFalse();
    }

    @Test
    void whenNoOtherPortTakesOverItGoesOnAfterTwoSecondsAndAsksAgainLater() {
        var made = new SimulatedWorld[1];
        LegumeLink link = opened(true, made);
        send(link, made[0], 60_000);
        int used = link.peerIdsUsed();

        made[0].run(2.1);

        assertThat(link.idsExhausted()).isFalse();
        assertThat(link.send(RecordingListener.one(taken++), Channel.RELIABLE, made[0].now))
                .isTrue();
        send(link, made[0], 4_000);
        assertThat(link.idsExhausted()).isTrue();
        assertThat(link.peerIdsUsed()).isBetween(used + 2_000, used + 3_000);
    }

    @Test
    void switchedOffItNeverAsks() {
        var made = new SimulatedWorld[1];
        LegumeLink link = opened(false, made);

        send(link, made[0], 45_000);

        assertThat(link.peerIdsUsed()).isGreaterThan(42_000);
        assertThat(link.idsExhausted()).isFalse();
    }
}
