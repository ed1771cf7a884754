package dev.pitot.message.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossyHandshakeTest {
    private final Identity identity = Authority.selfSigned();
    private final Identity clientIdentity = Authority.selfSigned();
    private final SecureContext serverContext =
            SecureContext.server(identity, Authority.pin(clientIdentity), Duration.ofSeconds(60));
    private final SecureContext clientContext =
            SecureContext.client("", Authority.pin(identity), clientIdentity, Duration.ofSeconds(60));

    @Test
    void succeedsAlthoughDatagramsAreLostReorderedAndDoubled() {
        List<Long> seconds = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            var ends = new Ends(clientContext, serverContext, seed, 20);
            ends.runUntil(() -> ends.clientHeard.opened == 1);

            assertThat(ends.clientHeard.opened).as("seed " + seed).isEqualTo(1);
            assertThat(ends.server().peer()).isEqualTo(clientIdentity.fingerprint());
            seconds.add(ends.now() / 1_000_000_000);
        }

        seconds.sort(null);
        assertThat(seconds.get(seconds.size() / 2)).isLessThan(5);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        var ends = new Ends(Authority.client(Authority.pin(identity)), serverContext);
        ends.filter(_ -> false);
        ends.settle();

        assertThat(ends.clientHeard.end())
                .isEqualTo(
                        new CloseReason(
                                CloseReason.Cause.TIMEOUT,
                                "the secure handshake was not finished within PT10S; is the peer reached, and set to use DTLS?"));
        assertThat(ends.toServer).hasSizeBetween(30, 60); // hellos of the fake, ClientHellos, two alerts
    }

    @Test
    void repeatsItsFlightAfterDoublingPauses() {
        var ends = new Ends(clientContext, serverContext);
        ends.filter(_ -> false);
        List<Long> millis = new ArrayList<>();
        ends.filter(datagram -> {
            if (datagram[0] == Records.HANDSHAKE) {
                millis.add((ends.now() - 1_000) / 1_000_000);
            }
            return false;
        });

        ends.runUntil(() -> millis.size() == 7);

        assertThat(millis).containsExactly(0L, 400L, 1_200L, 2_800L, 6_000L, 10_000L, 14_000L);
    }

    @Test
    void aLostLastFlightIsSentAgain() {
        var ends = new Ends(clientContext, serverContext);
        int[] finished = new int[1];
        ends.filter(
                datagram -> !(isEncryptedHandshake(datagram) && ends.toClient.contains(datagram) && finished[0]++ < 3));

        ends.runUntil(() -> ends.clientHeard.opened == 1);

        assertThat(finished[0]).isGreaterThan(3);
        assertThat(ends.clientHeard.opened).isEqualTo(1);
    }

    private static boolean isEncryptedHandshake(byte[] datagram) {
        return datagram[0] == Records.HANDSHAKE && datagram[4] == 1;
    }
}
