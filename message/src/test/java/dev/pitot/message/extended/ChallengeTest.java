package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A client whose cookie is not good, or no longer, asks for another.
class ChallengeTest {
    private static ByteBuffer challenge(long cookie) {
        ByteBuffer challenge = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        PacketHeader.begin(challenge, 0, PacketHeader.CHALLENGE);
        challenge.putShort((short) Pair.NONCE).putLong(cookie).flip();
        PacketHeader.seal(challenge, new java.util.zip.CRC32C());
        return challenge;
    }

    @Test
    void aForgedChallengeBeforeTheServersDoesNotKeepAClientOut() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.client.receive(challenge(1), pair.now);
        pair.run(10);

        pair.challenge();
        pair.runUntil(() -> pair.clientSaw.opened == 1 && pair.serverSaw.opened == 1, 100);

        assertThat(pair.admissions).isEqualTo(1);
    }

    @Test
    void aServerThatBeganAnewAfterItsChallengeAnswersTheHelloWithAnother() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();

        pair.restartServer();
        pair.runUntil(() -> pair.clientSaw.opened == 1 && pair.serverSaw.opened == 1, 100);

        assertThat(pair.admissions).isEqualTo(1);
    }

    @Test
    void aCookieThatIsTooOldIsReplaced() {
        var settings = new ExtendedSettings(Duration.ofMinutes(2), 1 << 20, 4 << 20, 1400, false);
        Pair pair = new Pair(PathConditions.CLEAR, PathConditions.CLEAR, 1, settings).challenge();
        pair.up.down(true);
        pair.run(60_000);

        pair.up.down(false);
        pair.runUntil(() -> pair.clientSaw.opened == 1 && pair.serverSaw.opened == 1, 3_000);

        assertThat(pair.admissions).isEqualTo(1);
    }

    /// Its answer to the first hello counts, though the client has repeated it with another cookie.
    @Test
    void aSecondCookieMakesNoSecondConnection() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();
        pair.run(1); // the hello has come
        pair.runTo(pair.now + 20_000_000_000L - pair.now % 10_000_000_000L); // another cookie
        pair.down.down(true);

        pair.client.receive(challenge(77), pair.now);
        pair.down.down(false);
        pair.runUntil(() -> pair.clientSaw.opened == 1 && pair.serverSaw.opened == 1, 100);

        assertThat(pair.admissions).isEqualTo(1);
    }

    @Test
    void challengesWithoutEndAreNotAllAnswered() {
        Pair pair = new Pair(PathConditions.CLEAR, 1);
        pair.up.down(true);

        for (int i = 0; i < 1_000; i++) {
            pair.client.receive(challenge(i), pair.now);
            pair.flush();
        }

        assertThat(pair.client.metrics().sent().packets()).isLessThan(20);
    }

    /// The answer is never longer than what asks for it, and nothing but a whole hello does.
    @Test
    void onlyAHelloWithABadCookieIsAnsweredWithAChallenge() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).challenge();
        ByteBuffer hello = ByteBuffer.allocate(PacketHeader.MAX_SIZE);
        pair.client.flush(
                datagram -> {
                    hello.put(datagram).flip();
                    return true;
                },
                pair.now);
        ByteBuffer answer = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);

        assertThat(pair.addressValidation.verify(hello, pair.address, pair.now)).isNotNull();
        pair.restartServer();
        assertThat(pair.addressValidation.verify(hello, pair.address, pair.now)).isNull();
        assertThat(pair.addressValidation.challengeAgain(hello, pair.address, pair.now, answer))
                .isTrue();
        assertThat(answer.remaining()).isEqualTo(20);
        hello.put(20, (byte) 77);
        assertThat(pair.addressValidation.challengeAgain(hello, pair.address, pair.now, answer))
                .isFalse();
        assertThat(pair.addressValidation.challengeAgain(challenge(1), pair.address, pair.now, answer))
                .isFalse();
    }
}
