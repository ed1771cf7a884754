package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An end says how many of its reliable messages the peer has not confirmed, however it comes.
@Timeout(60)
class UndeliveredTest {
    private static final CloseReason LEAVING = new CloseReason(CloseReason.Cause.LOCAL, "leaving");

    private static void send(ExtendedLink link, int messages, Pair pair) {
        for (int i = 0; i < messages; i++) {
            assertThat(link.send(ByteBuffer.allocate(100), Channel.RELIABLE_ORDERED, pair.now))
                    .isTrue();
        }
    }

    private static CloseReason reason(Recorder recorder) {
        return Objects.requireNonNull(recorder.closed);
    }

    @Test
    void whatWaitsIsNotCountedAsSent() {
        Pair pair = new Pair(PathConditions.losing(0, 20_000_000), 1).connect();
        send(pair.client, 20_000, pair);

        assertThat(pair.client.metrics().sent().messages()).isZero();
        pair.run(30); // less than the congestion window needs to grow
        assertThat(pair.client.metrics().sent().messages())
                .isBetween(1L, 10_000L)
                .isGreaterThanOrEqualTo(pair.serverSaw.messages.size());
        pair.runUntil(() -> pair.serverSaw.messages.size() == 20_000, 60_000);
        assertThat(pair.client.metrics().sent().messages()).isEqualTo(20_000);
    }

    @Test
    void closingWaitsAsLongAsMessagesGetThrough() {
        Pair pair = new Pair(PathConditions.losing(0.1, 20_000_000), 1).connect();
        long began = pair.now;
        send(pair.client, 20_000, pair);

        pair.client.close(LEAVING, pair.now);
        pair.runUntil(() -> pair.clientSaw.closed != null && pair.serverSaw.closed != null, 600_000);

        assertThat(pair.serverSaw.messages).hasSize(20_000);
        assertThat(pair.now - began).isGreaterThan(10_000_000_000L); // the timeout
        assertThat(reason(pair.clientSaw)).isEqualTo(LEAVING);
        assertThat(reason(pair.serverSaw)).isEqualTo(new CloseReason(CloseReason.Cause.REMOTE, "leaving"));
    }

    @Test
    void closingOverAPathThatBreaksOffEndsWithTheCount() {
        Pair pair = new Pair(PathConditions.losing(0.1, 20_000_000), 1).connect();
        send(pair.client, 20_000, pair);
        pair.client.close(LEAVING, pair.now);
        pair.run(3_000);

        pair.up.down(true);
        pair.down.down(true);
        pair.run(100); // what was on its way
        int arrived = pair.serverSaw.messages.size();
        pair.runUntil(() -> pair.clientSaw.closed != null, 20_000);

        CloseReason reason = reason(pair.clientSaw);
        assertThat(reason).isEqualTo(LEAVING.withUndelivered(reason.undelivered()));
        assertThat(reason.undelivered()).isBetween(20_000L - arrived, 20_100L - arrived); // some acknowledgements too
        assertThat(pair.client.undelivered()).isEqualTo(reason.undelivered());
    }

    @Test
    void aPeerThatIsClosedOnSaysWhatItHadLeft() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(100);
        pair.up.down(true); // so nothing is confirmed
        send(pair.server(), 7, pair);
        pair.run(5);
        pair.up.down(false);
        pair.server().send(ByteBuffer.allocate(10), Channel.UNRELIABLE, pair.now); // does not count

        pair.client.close(LEAVING, pair.now);
        pair.down.down(true);
        pair.runUntil(() -> pair.serverSaw.closed != null, 5_000);

        assertThat(reason(pair.serverSaw)).isEqualTo(new CloseReason(CloseReason.Cause.REMOTE, "leaving", 7));
    }

    @Test
    void aPeerThatIsGoneLeavesTheCount() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(100);
        pair.up.down(true);
        pair.down.down(true);
        send(pair.client, 3, pair);

        pair.runUntil(() -> pair.clientSaw.closed != null && pair.serverSaw.closed != null, 30_000);

        assertThat(pair.clientSaw.cause()).isEqualTo(CloseReason.Cause.TIMEOUT);
        assertThat(reason(pair.clientSaw).undelivered()).isEqualTo(3);
        assertThat(reason(pair.serverSaw).undelivered()).isZero();
    }
}
