package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// What came behind a gap of an ordered channel is acknowledged, and dropped by an end that closes.
    @Test
    void whatWaitsBehindAGapIsNotConfirmed() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(100);
        SentMessages client = new SentMessages(pair.client, pair.serverSaw);
        client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        pair.run(50);
        pair.up.down(true);
        client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        pair.flush();
        pair.up.down(false);
        for (int i = 0; i < 5; i++) {
            client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        }
        client.offer(Channel.RELIABLE, 100, pair.now);
        pair.flush();
        pair.up.down(true);
        pair.run(3); // there and back

        assertThat(pair.client.metrics().waiting().pendingAcks()).isOne(); // that in the gap
        assertThat(client.confirmed()).containsExactly(0, 1, 8);
        pair.up.down(false);
        pair.server().abort(LEAVING, pair.now);
        pair.runUntil(() -> pair.clientSaw.closed != null && pair.serverSaw.closed != null, 5_000);

        assertThat(reason(pair.clientSaw)).isEqualTo(new CloseReason(CloseReason.Cause.REMOTE, "leaving", 6));
        client.assertHonest(reason(pair.clientSaw));
        assertThat(pair.client.heldBytes()).isZero();
    }

    @Test
    void whatWaitsBehindAGapIsConfirmedWhenItIsFilled() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        SentMessages client = new SentMessages(pair.client, pair.serverSaw);
        pair.up.down(true);
        client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        pair.flush();
        pair.up.down(false);
        client.offer(Channel.RELIABLE_ORDERED, 100, pair.now);
        pair.run(100);

        assertThat(client.confirmed()).containsExactly(0, 1);
        assertThat(pair.client.undelivered()).isZero();
        assertThat(pair.client.heldBytes()).isZero();
    }

    /// However a connection ends, whoever ends it and whether the other end hears of it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noEndOfAConnectionLosesAMessageThatWasConfirmedOrLeavesOneOut(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            connectAndEnd(random);
        }
    }

    private static void connectAndEnd(Random random) {
        double loss = random.nextDouble() * 0.15;
        double burst = random.nextDouble() * 0.3;
        PathConditions conditions =
                new PathConditions(loss, burst, 0.05, 0, 1_000_000 + random.nextInt(20_000_000), 5_000_000);
        var settings = new ExtendedSettings(Duration.ofSeconds(40), 1 << 20, 4 << 20, 1400, false); // to connect
        Pair pair = new Pair(conditions, conditions, random.nextLong(), settings).connect();
        SentMessages client = new SentMessages(pair.client, pair.serverSaw);
        SentMessages server = new SentMessages(pair.server(), pair.clientSaw);
        int messages = random.nextInt(600);
        for (int i = 0; i < messages; i++) {
            Channel.Kind kind = random.nextInt(3) == 0 ? Channel.Kind.RELIABLE : Channel.Kind.RELIABLE_ORDERED;
            int length = random.nextInt(20) == 0 ? 4 + random.nextInt(10_000) : 4 + random.nextInt(100);
            (random.nextBoolean() ? client : server).offer(new Channel(kind, random.nextInt(3)), length, pair.now);
            if (random.nextInt(10) == 0) {
                pair.run(random.nextInt(10));
            }
        }
        pair.run(random.nextInt(100));
        ExtendedLink ending = random.nextBoolean() ? pair.client : pair.server();
        switch (random.nextInt(4)) {
            case 0 -> ending.close(LEAVING, pair.now);
            case 1, 2 -> ending.abort(LEAVING, pair.now);
            default -> { // nobody hears of anything any more
                pair.up.down(true);
                pair.down.down(true);
            }
        }
        pair.runUntil(() -> pair.clientSaw.closed != null && pair.serverSaw.closed != null, 600_000);
        client.assertHonest(reason(pair.clientSaw));
        server.assertHonest(reason(pair.serverSaw));
    }

    /// Messages of one end, each with its number.
    private static final class SentMessages {
        private final ExtendedLink sender;
        private final BitSet came = new BitSet();
        private final List<CompletableFuture<Void>> futures = new ArrayList<>();

        SentMessages(ExtendedLink sender, Recorder receiver) {
            this.sender = sender;
            receiver.onMessage = (payload, _) -> came.set(payload.getInt(payload.position()));
        }

        void offer(Channel channel, int length, long now) {
            ByteBuffer payload = ByteBuffer.allocate(length).putInt(0, futures.size());
            if (sender.send(payload, channel, now)) {
                var confirmed = new CompletableFuture<Void>();
                sender.whenConfirmed(confirmed);
                futures.add(confirmed);
            }
        }

        List<Integer> confirmed() {
            return IntStream.range(0, futures.size())
                    .filter(i -> futures.get(i).isDone() && !futures.get(i).isCompletedExceptionally())
                    .boxed()
                    .toList();
        }

        void assertHonest(CloseReason reason) {
            List<Integer> confirmed = confirmed();
            assertThat(futures).allMatch(CompletableFuture::isDone);
            assertThat(confirmed).allMatch(came::get);
            assertThat(confirmed.size() + reason.undelivered()).isEqualTo(futures.size());
            assertThat(futures.size() - came.cardinality()).isBetween(0, (int) reason.undelivered());
        }
    }
}
