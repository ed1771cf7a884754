package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final ByteBuffer PAYLOAD = ByteBuffer.wrap(new byte[] {20, 1, 2, 3});

    @Test
    void aClientDoesNothingBeforeItsChallenge() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);

        pair.run(60_000);

        assertThat(pair.client.hasBegun()).isFalse();
        assertThat(pair.client.wakeAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(pair.client.metrics().sent().packets()).isZero();
        assertThat(pair.clientSaw.closed).isNull();
    }

    @Test
    void aChallengeForAnotherNonceIsIgnored() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        ByteBuffer challenge = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);

        pair.addressValidation.challenge(Pair.NONCE + 1, pair.address, pair.now, challenge);
        pair.client.receive(challenge, pair.now);

        assertThat(pair.client.hasBegun()).isFalse();
        assertThat(pair.client.metrics().errors().malformed()).isEqualTo(1);
    }

    @Test
    void bothEndsOpenAndAgree() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();

        assertThat(pair.admissions).isEqualTo(1);
        assertThat(pair.client.maxPayload()).isEqualTo(1 << 20);
        assertThat(pair.server().maxPayload()).isEqualTo(1 << 20);
        assertThat(pair.client.send(PAYLOAD, Channel.RELIABLE, pair.now)).isTrue();
        assertThat(pair.server().send(PAYLOAD, Channel.RELIABLE, pair.now)).isTrue();
        pair.run(10);
        assertThat(pair.serverSaw.messages).containsExactly(PAYLOAD.array());
        assertThat(pair.clientSaw.messages).containsExactly(PAYLOAD.array());
    }

    @Test
    void helloIsRepeatedWithGrowingGapsAndThenSmaller() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.up.down(true);
        pair.challenge();

        pair.run(0);
        assertSent(pair, 1, 1400);
        pair.run(299);
        assertSent(pair, 1, 1400);
        pair.run(1);
        assertSent(pair, 2, 2800);
        pair.run(600);
        assertSent(pair, 3, 4200);
        pair.run(1200);
        assertSent(pair, 4, 5400);
        pair.run(2000);
        assertSent(pair, 5, 6600);
    }

    private static void assertSent(Pair pair, long datagrams, long bytes) {
        assertThat(pair.client.metrics().sent().packets()).isEqualTo(datagrams);
        assertThat(pair.client.metrics().sent().bytes()).isEqualTo(bytes);
    }

    @Test
    void aClientGivesUpAfterItsTimeout() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.up.down(true);

        pair.challenge().run(9_999);
        assertThat(pair.clientSaw.closed).isNull();
        pair.run(1);

        assertThat(pair.clientSaw.cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
    }

    @Test
    void aPathThatCarriesOnlySmallDatagramsIsUsedWithSmallOnes() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();

        pair.up.down(true);
        pair.run(1_000);
        pair.up.down(false);
        pair.runUntil(() -> pair.serverSaw.opened == 1, 5_000);

        pair.client.send(ByteBuffer.allocate(100_000), Channel.RELIABLE, pair.now);
        long before = pair.client.metrics().sent().bytes();
        pair.up.down(true);
        pair.flush();
        assertThat(pair.client.metrics().sent().bytes() - before).isEqualTo(10 * 1150);
    }

    @Test
    void aWelcomeThatIsLostIsSentAgain() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();

        pair.down.down(true);
        pair.run(10);
        pair.down.down(false);
        pair.runUntil(() -> pair.serverSaw.opened == 1, 1_000);

        assertThat(pair.admissions).isEqualTo(1);
        assertThat(pair.clientSaw.opened).isEqualTo(1);
    }

    @Test
    void aReasonOfAPeerCannotMoveATerminalsCursorOrReverseItsText() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.refusal = new CloseReason(CloseReason.Cause.FULL, "a\u001b[2Jb\u009b2Jc\u202ed\u2028e");

        pair.challenge().run(10);

        assertThat(pair.clientSaw.closed).isEqualTo(new CloseReason(CloseReason.Cause.FULL, "a?[2Jb?2Jc?d?e"));
    }

    @Test
    void aRefusalClosesBothEndsWithTheReason() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.refusal = new CloseReason(CloseReason.Cause.FULL, "16 clients are here");

        pair.challenge().run(10);

        assertThat(pair.clientSaw.closed).isEqualTo(pair.refusal);
        assertThat(pair.serverSaw.closed).isEqualTo(pair.refusal);
        assertThat(pair.clientSaw.opened + pair.serverSaw.opened).isZero();
    }

    @Test
    void anAcceptorRefusesWithoutALink() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();
        pair.up.at(pair.now);
        pair.client.flush(pair.up, pair.now);
        Hello hello = Objects.requireNonNull(pair.addressValidation.verify(pair.up.take(), pair.address, pair.now));
        ByteBuffer refusal = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);

        pair.addressValidation.refusal(hello, new CloseReason(CloseReason.Cause.REJECTED, "ä".repeat(150)), refusal);
        pair.client.receive(refusal, pair.now);

        assertThat(pair.clientSaw.closed).isEqualTo(new CloseReason(CloseReason.Cause.REJECTED, "ä".repeat(100)));
    }

    @Test
    void anotherVersionIsRefused() {
        Recorder saw = new Recorder();
        Hello.TransportParameters parameters = new Hello.TransportParameters(100, 1000, 1200);
        Hello hello = new Hello(2, new Hello.HandshakeToken(Pair.NONCE, 5), 77, 0, parameters);
        ExtendedLink server =
                ExtendedLink.server(hello, () -> null, ExtendedSettings.DEFAULT, new BufferPool(new Random(1)), saw, 0);

        server.flush(_ -> true, 0);

        assertThat(saw.cause()).isEqualTo(CloseReason.Cause.VERSION);
    }

    @Test
    void idleEndsStayConnectedAndASilentPeerTimesOut() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();

        pair.run(Duration.ofMinutes(10).toMillis());
        assertThat(pair.clientSaw.closed).isNull();
        assertThat(pair.serverSaw.closed).isNull();
        long datagrams = pair.client.metrics().sent().packets();
        assertThat(datagrams).isLessThan(600);
        pair.up.down(true);
        pair.run(20_000);

        assertThat(pair.serverSaw.cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
    }

    @Test
    void whatWasQueuedIsDeliveredBeforeAnEndCloses() {
        Pair pair = new Pair(PathConditions.losing(0.2, 5_000_000), 7).connect();
        for (int i = 0; i < 500; i++) {
            assertThat(pair.client.send(ByteBuffer.allocate(1000), Channel.RELIABLE, pair.now))
                    .isTrue();
        }

        pair.client.close(new CloseReason(CloseReason.Cause.LOCAL, "bye"), pair.now);
        assertThat(pair.client.send(PAYLOAD, Channel.RELIABLE, pair.now)).isFalse();
        pair.runUntil(() -> pair.clientSaw.closed != null && pair.serverSaw.closed != null, 30_000);

        assertThat(pair.serverSaw.messages).hasSize(500);
        assertThat(pair.clientSaw.closed).isEqualTo(new CloseReason(CloseReason.Cause.LOCAL, "bye"));
        assertThat(pair.serverSaw.closed).isEqualTo(new CloseReason(CloseReason.Cause.REMOTE, "bye"));
        assertThat(pair.clientSaw.closings).isEqualTo(1);
        assertThat(pair.client.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }
}
