package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Both roles towards a scripted original.
final class WithTheOriginalTest {
    private static final long TEN_SECONDS = 10_000_000_000L;
    private static final byte[] ONE_7 = {(byte) 200, 0, 0, 0, 7};

    private final RecordingListener listener = new RecordingListener();
    private ScriptedLegume legume = ScriptedLegume.server(true, TEN_SECONDS, UserTypes.PYTHON_2);
    private LegumeLink link = client(LegumeSettings.USUAL);
    private SimulatedWorld world = world();

    private LegumeLink client(LegumeSettings settings) {
        return LegumeLink.client(UserTypes.PYTHON_2, settings, ConnectRequest.ofLegume(1), 1, listener, 0);
    }

    private SimulatedWorld world() {
        var made = new SimulatedWorld(SimulatedWorld.Path.PERFECT, 1, 0, SimulatedWorld.of(link), legume);
        made.records = true;
        return made;
    }

    private void asServer(int protocol, LegumeSettings settings, boolean accepts) {
        legume = ScriptedLegume.client(protocol, TEN_SECONDS, UserTypes.PYTHON_2);
        link = LegumeLink.server(
                UserTypes.PYTHON_2,
                settings,
                1,
                () -> accepts ? null : new CloseReason(Cause.FULL, "full"),
                listener,
                0);
        world = world();
    }

    private List<String> sentByLink() {
        return world.sent.getFirst().stream().map(HexFormat.of()::formatHex).toList();
    }

    @Test
    void aClientConnectsWithTheBytesThatWereRecorded() {
        assertThat(world.runUntil(1, listener::isOpen)).isTrue();
        world.run(0.1);

        assertThat(sentByLink()).containsExactly("00010000020204", "00020000000800000002");
        assertThat(world.sent.getLast().stream().map(HexFormat.of()::formatHex))
                .containsExactly("00010000000800000001", "000200000204");
        assertThat(legume.events).containsExactly("connect request");
    }

    @Test
    void aServerAcceptsAndAcknowledgesTheRequestWhenThatHasArrived() {
        asServer(4, LegumeSettings.USUAL, true);

        assertThat(world.runUntil(1, () -> legume.state == ScriptedLegume.State.CONNECTED))
                .isTrue();

        assertThat(world.runUntil(1, () -> legume.unacknowledged() == 0)).isTrue();
        assertThat(sentByLink()).containsExactly("000100000204", "00020000000800000001");
        assertThat(listener.opened).isEqualTo(1);
        assertThat(legume.unacknowledged()).isZero();
    }

    @Test
    void aClientThatIsRejectedSaysSoAndAcknowledges() {
        legume = ScriptedLegume.server(false, TEN_SECONDS, UserTypes.PYTHON_2);
        world = world();

        world.run(1);

        assertThat(listener.opened).isZero();
        assertThat(listener.closed).hasSize(1);
        assertThat(listener.cause()).isEqualTo(Cause.REJECTED);
        assertThat(legume.unacknowledged()).isZero();
    }

    @Test
    void aServerRejectsWhomItDoesNotWantAndOtherVersions() {
        asServer(4, LegumeSettings.USUAL, false);
        world.run(1);
        assertThat(legume.events).containsExactly("rejected");
        assertThat(sentByLink()).containsExactly("000100000203", "00020000000800000001");

        asServer(3, LegumeSettings.USUAL, true);
        world.run(5);
        assertThat(legume.state).isEqualTo(ScriptedLegume.State.ERRORED);
        assertThat(listener.opened).isZero();
        assertThat(listener.closed).extracting(CloseReason::cause).contains(Cause.VERSION);
    }

    @Test
    void messagesOfBothKindsGoBothWays() {
        world.runUntil(1, listener::isOpen);

        link.send(RecordingListener.one(1), Channel.UNRELIABLE, world.now);
        link.send(RecordingListener.one(2), Channel.RELIABLE, world.now);
        legume.send(ONE_7, false);
        legume.send(ONE_7, true);
        world.run(0.5);

        assertThat(RecordingListener.numbers(legume.messages)).containsExactlyInAnyOrder(1, 2);
        assertThat(listener.numbers()).containsExactly(7, 7);
        assertThat(listener.channels).containsExactly(Channel.UNRELIABLE, Channel.RELIABLE);
        assertThat(legume.unacknowledged()).isZero();
        assertThat(link.metrics().waiting().pendingAcks()).isZero();
        assertThat(link.metrics().sent().messages()).isEqualTo(2);
        assertThat(link.metrics().received().messages()).isEqualTo(2);
    }

    @Test
    void orderedMessagesComeInOrderThoughTheOriginalKnowsNone() {
        var lossy = new SimulatedWorld.Path(0.3, 0.1, 5_000_000, 20_000_000);
        world = new SimulatedWorld(lossy, 7, 0, SimulatedWorld.of(link), legume);
        assertThat(world.runUntil(10, listener::isOpen)).isTrue();

        for (int i = 0; i < 3_000; i++) {
            assertThat(link.send(RecordingListener.one(i), Channel.RELIABLE_ORDERED, world.now))
                    .isTrue();
        }

        assertThat(world.runUntil(120, () -> legume.messages.size() >= 3_000)).isTrue();
        assertThat(RecordingListener.numbers(legume.messages))
                .isEqualTo(IntStream.range(0, 3_000).boxed().toList());
    }

    @Test
    void whatTheOriginalSendsByItsInternalOrderedCallComesInOrder() {
        world.runUntil(1, listener::isOpen);

        legume.sendInOrder(ONE_7);
        legume.sendInOrder(new byte[] {(byte) 200, 0, 0, 0, 8});
        world.run(0.1);

        assertThat(listener.numbers()).containsExactly(7, 8);
        assertThat(listener.channels).containsOnly(Channel.RELIABLE_ORDERED);
        assertThat(legume.unacknowledged()).isZero();
    }

    @Test
    void anIdleConnectionStaysUpAndPingsAreAnswered() {
        world.runUntil(1, listener::isOpen);
        int before = sentByLink().size();

        world.run(60);

        assertThat(listener.isOpen()).isTrue();
        assertThat(legume.events).doesNotContain("timed out");
        assertThat(legume.resendSeconds()).isGreaterThan(1); // the original's fault: milliseconds for seconds
        assertThat(sentByLink().size() - before).isBetween(58, 62);
        assertThat(link.metrics().latency()).isNotNull();
    }

    @Test
    void unansweredPingsKeepTheOriginalRepeatingSoon() {
        link = client(new LegumeSettings(Duration.ofSeconds(10), 1 << 20, true, true));
        world = world();
        world.runUntil(1, listener::isOpen);

        world.run(60);

        assertThat(listener.isOpen()).isTrue();
        assertThat(legume.events).doesNotContain("timed out");
        assertThat(legume.resendSeconds()).isEqualTo(0.3);
    }

    @Test
    void keepAliveRequestsAreAnswered() {
        legume = ScriptedLegume.server(true, 1_000_000_000L, UserTypes.PYTHON_2);
        world = world();

        world.runUntil(3, () -> legume.events.contains("keep-alive response"));

        assertThat(legume.events).contains("keep-alive response").doesNotContain("timed out");
    }

    @Test
    void aPeerThatFallsSilentIsGivenUpAfterTheTimeout() {
        world.runUntil(1, listener::isOpen);
        long from = world.now;
        world.cut();

        assertThat(world.runUntil(20, () -> !listener.closed.isEmpty())).isTrue();

        assertThat(listener.cause()).isEqualTo(Cause.TIMEOUT);
        assertThat((world.now - from) / 1e9).isBetween(8.0, 10.1);
    }

    @Test
    void aClosingClientDeliversWhatWaitsAndIsHeardOnce() {
        world.runUntil(1, listener::isOpen);
        link.send(RecordingListener.one(5), Channel.RELIABLE, world.now);

        link.close(new CloseReason(Cause.LOCAL, "done"), world.now);
        world.run(2);

        assertThat(RecordingListener.numbers(legume.messages)).containsExactly(5);
        assertThat(legume.events).containsExactly("connect request", "disconnected");
        assertThat(listener.closed).containsExactly(new CloseReason(Cause.LOCAL, "done"));
        assertThat(sentByLink().stream().filter(hex -> hex.endsWith("00000007") && hex.length() == 12))
                .hasSize(3)
                .containsOnly("000400000007");
        assertThat(link.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theOriginalsDisconnectEndsTheConnection() {
        asServer(4, LegumeSettings.USUAL, true);
        world.runUntil(1, () -> legume.state == ScriptedLegume.State.CONNECTED);

        legume.disconnect();
        world.run(1);

        assertThat(listener.closed).hasSize(1);
        assertThat(listener.cause()).isEqualTo(Cause.REMOTE);
    }

    @Test
    void anOriginalServersDisconnectEndsTheConnectionToo() {
        world.runUntil(1, listener::isOpen);

        legume.disconnect();
        world.run(1);

        assertThat(listener.closed).hasSize(1);
        assertThat(listener.cause()).isEqualTo(Cause.REMOTE);
    }

    @Test
    void aClosingServerIsHeardByAnOriginalClient() {
        asServer(4, LegumeSettings.USUAL, true);
        world.runUntil(1, () -> legume.state == ScriptedLegume.State.CONNECTED);

        link.close(new CloseReason(Cause.LOCAL, "done"), world.now);
        world.run(1);

        assertThat(legume.events).containsExactly("accepted", "disconnected");
        assertThat(listener.cause()).isEqualTo(Cause.LOCAL);
    }

    @Test
    void aServerGivesUpAnOriginalThatFallsSilent() {
        asServer(4, LegumeSettings.USUAL, true);
        world.runUntil(1, () -> legume.state == ScriptedLegume.State.CONNECTED);
        world.cut();

        world.run(11);

        assertThat(listener.cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(legume.events).contains("timed out");
    }

    @Test
    void theIdsOfAnOriginalAreCounted() {
        asServer(4, LegumeSettings.USUAL, true);
        world.runUntil(1, () -> legume.state == ScriptedLegume.State.CONNECTED);

        for (int i = 0; i < 100; i++) {
            legume.send(ONE_7, false);
        }
        world.run(0.5);

        assertThat(link.peerIdsUsed()).isEqualTo(102); // a request, an acknowledgement, and these
    }
}
