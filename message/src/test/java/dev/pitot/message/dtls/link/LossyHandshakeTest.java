package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossyHandshakeTest {
    private final Identity identity = Authority.selfSigned();
    private final Identity clientIdentity = Authority.selfSigned();
    private final DtlsContext serverContext =
            DtlsContext.server(identity, Authority.pin(clientIdentity), Duration.ofSeconds(60));
    private final DtlsContext clientContext =
            DtlsContext.client("", Authority.pin(identity), clientIdentity, Duration.ofSeconds(60));

    @Test
    void succeedsAlthoughDatagramsAreLostReorderedAndDoubled() {
        List<Long> seconds = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            var pair = new DtlsPair(clientContext, serverContext, seed, 20);
            pair.runUntil(() -> pair.clientReceived.opened == 1);

            assertThat(pair.clientReceived.opened).as("seed " + seed).isEqualTo(1);
            assertThat(pair.server().peer()).isEqualTo(clientIdentity.fingerprint());
            seconds.add(pair.now() / 1_000_000_000);
        }

        seconds.sort(null);
        assertThat(seconds.get(seconds.size() / 2)).isLessThan(5);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        var pair = new DtlsPair(DtlsPair.client(Authority.pin(identity)), serverContext);
        pair.filter(_ -> false);
        pair.settle();

        assertThat(pair.clientReceived.end())
                .isEqualTo(
                        new CloseReason(
                                CloseReason.Cause.TIMEOUT,
                                "the secure handshake was not finished within 10 s; is the peer reached, and set to use DTLS?"));
        assertThat(pair.toServer).hasSizeBetween(30, 60); // hellos of the fake, ClientHellos, two alerts
    }

    @Test
    void repeatsItsFlightAfterDoublingPauses() {
        var pair = new DtlsPair(clientContext, serverContext);
        pair.filter(_ -> false);
        List<Long> millis = new ArrayList<>();
        pair.filter(datagram -> {
            if (datagram[0] == DtlsRecords.HANDSHAKE) {
                millis.add((pair.now() - 1_000) / 1_000_000);
            }
            return false;
        });

        pair.runUntil(() -> millis.size() == 7);

        assertThat(millis).containsExactly(0L, 400L, 1_200L, 2_800L, 6_000L, 10_000L, 14_000L);
    }

    @Test
    void aLostLastFlightIsSentAgain() {
        var pair = new DtlsPair(clientContext, serverContext);
        int[] finished = new int[1];
        pair.filter(
                datagram -> !(isEncryptedHandshake(datagram) && pair.toClient.contains(datagram) && finished[0]++ < 3));

        pair.runUntil(() -> pair.clientReceived.opened == 1);

        assertThat(finished[0]).isGreaterThan(3);
        assertThat(pair.clientReceived.opened).isEqualTo(1);
    }

    private static boolean isEncryptedHandshake(byte[] datagram) {
        return datagram[0] == DtlsRecords.HANDSHAKE && datagram[4] == 1;
    }
}
