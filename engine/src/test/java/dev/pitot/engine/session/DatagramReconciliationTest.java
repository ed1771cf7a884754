package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.interval.StreamSnapshots;
import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.model.result.Datagrams;
import dev.pitot.wire.json.TestResults;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatagramReconciliationTest {
    private static final StreamSnapshots SENT_100 = sent(100, 0);

    private static StreamSnapshots sent(long packets, long omitted) {
        return new StreamSnapshots(
                new CounterSnapshot(0, packets, 0, 0, 0, 0), new CounterSnapshot(0, omitted, 0, 0, 0, 0));
    }

    private static TestResults.Datagrams told(long errors, long packets, TestResults.@Nullable OmittedCounts omitted) {
        return new TestResults.Datagrams(0.5, errors, packets, omitted);
    }

    private static Datagrams received(long packets, @Nullable Long lost) {
        return new Datagrams(packets, new Datagrams.Reception(lost, 0, 0, 0.5));
    }

    @Test
    void whatTheReceiverMissedInBetweenIsLost() {
        DatagramReconciliation ledger =
                DatagramReconciliation.ofSender(SENT_100, told(3, 100, new TestResults.OmittedCounts(0, 0)));

        assertThat(ledger.sent()).isEqualTo(new Datagrams(100, null));
        assertThat(ledger.received()).isEqualTo(received(100, 3L));
    }

    @Test
    void whatWasLostAtTheEndIsLostTooAlthoughNoReceiverCanSeeIt() {
        DatagramReconciliation ledger =
                DatagramReconciliation.ofSender(SENT_100, told(3, 98, new TestResults.OmittedCounts(0, 0)));

        assertThat(ledger.received()).isEqualTo(received(100, 5L));
    }

    @Test
    void whatNeverArrivedAtAllIsLost() {
        DatagramReconciliation ledger =
                DatagramReconciliation.ofSender(SENT_100, told(0, 0, new TestResults.OmittedCounts(0, 0)));

        assertThat(ledger.received()).isEqualTo(received(100, 100L));
    }

    @Test
    void theWarmUpDoesNotCount() {
        DatagramReconciliation ledger =
                DatagramReconciliation.ofSender(sent(100, 40), told(10, 99, new TestResults.OmittedCounts(4, 39)));

        assertThat(ledger.sent()).isEqualTo(new Datagrams(60, null));
        assertThat(ledger.received()).isEqualTo(received(61, 7L));
    }

    @Test
    void anOldReceiverCannotSayWhatOfItsLossBelongsToTheWarmUp() {
        assertThat(DatagramReconciliation.ofSender(sent(100, 40), told(10, 99, null))
                        .received())
                .isEqualTo(received(60, null));
        assertThat(DatagramReconciliation.ofSender(sent(100, 40), told(0, 99, null))
                        .received())
                .isEqualTo(received(60, 0L));
        assertThat(DatagramReconciliation.ofSender(SENT_100, told(3, 100, null)).received())
                .isEqualTo(received(100, 3L));
    }

    @Test
    void aReceiverLearnsFromTheSenderWhatItCouldNotSee() {
        var own = new StreamSnapshots(new CounterSnapshot(0, 98, 3, 7, 8, 0.5), CounterSnapshot.NOTHING);

        DatagramReconciliation ledger =
                DatagramReconciliation.ofReceiver(own, told(0, 100, new TestResults.OmittedCounts(0, 0)));

        assertThat(ledger.sent()).isEqualTo(new Datagrams(100, null));
        assertThat(ledger.received()).isEqualTo(new Datagrams(100, new Datagrams.Reception(5L, 7, 8, 0.5)));
    }

    @Test
    void nonsenseOfAPeerMakesNoNegativeOrImpossibleLoss() {
        DatagramReconciliation ledger =
                DatagramReconciliation.ofSender(SENT_100, told(1_000_000, 3, new TestResults.OmittedCounts(5, 9)));
        DatagramReconciliation other = DatagramReconciliation.ofReceiver(
                new StreamSnapshots(new CounterSnapshot(0, 50, 0, 0, 0, 0.5), CounterSnapshot.NOTHING),
                told(0, -7, new TestResults.OmittedCounts(0, 0)));

        assertThat(Objects.requireNonNull(ledger.received().lostPercent())).isBetween(0.0, 100.0);
        assertThat(other.received()).isEqualTo(received(50, 0L));
        assertThat(other.sent().packets()).isZero();
    }
}
