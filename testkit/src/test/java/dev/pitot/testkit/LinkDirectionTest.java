package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkDirectionTest {
    private static final int DATA_BYTES = 16;

    private final List<Byte> left = new ArrayList<>();

    private void send(LinkDirection direction, int count) {
        for (int number = 1; number <= count; number++) {
            note(direction.onDatagram(data(number)));
        }
    }

    private void note(List<byte[]> leaving) {
        leaving.forEach(datagram -> left.add(datagram[0]));
    }

    private static byte[] data(int number) {
        byte[] datagram = new byte[DATA_BYTES];
        datagram[0] = (byte) number;
        return datagram;
    }

    private static List<Byte> numbers(int... numbers) {
        List<Byte> bytes = new ArrayList<>();
        for (int number : numbers) {
            bytes.add((byte) number);
        }
        return bytes;
    }

    @Test
    void whatIsDroppedNeverLeaves() {
        var direction = new LinkDirection(DatagramRule.dropEvery(2), 0);

        send(direction, 5);

        assertThat(left).isEqualTo(numbers(1, 3, 5));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(3, 2, 0, 0, 0, 0));
        assertThat(direction.tally().data()).isEqualTo(5);
    }

    @Test
    void whatIsDuplicatedLeavesTwiceAndCountsOnce() {
        var direction = new LinkDirection(DatagramRule.duplicateEvery(3), 0);

        send(direction, 4);

        assertThat(left).isEqualTo(numbers(1, 2, 3, 3, 4));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(4, 0, 1, 0, 0, 0));
    }

    @Test
    void neighboursAreSwapped() {
        var direction = new LinkDirection(DatagramRule.swapEvery(2), 0);

        send(direction, 5);

        assertThat(left).isEqualTo(numbers(1, 3, 2, 5, 4));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(5, 0, 0, 2, 0, 0));
    }

    @Test
    void aLateOneIsOvertakenByAsManyAsPlanned() {
        var direction = new LinkDirection(DatagramRule.delay(1, 3).or(DatagramRule.drop(2)), 0);

        send(direction, 6);

        assertThat(left).isEqualTo(numbers(3, 4, 5, 1, 6));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(5, 1, 0, 1, 0, 0));
    }

    @Test
    void silenceReleasesWhatWaits() {
        var direction = new LinkDirection(DatagramRule.delay(2, 5), 0);
        send(direction, 4);

        note(direction.onSilence());

        assertThat(left).isEqualTo(numbers(1, 3, 4, 2));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(4, 0, 0, 1, 0, 0));
        assertThat(direction.onSilence()).isEmpty();
    }

    @Test
    void theLastOneIsNotReorderedByWaitingInVain() {
        var direction = new LinkDirection(DatagramRule.delay(2, 1), 0);
        send(direction, 2);

        note(direction.onSilence());

        assertThat(left).isEqualTo(numbers(1, 2));
        assertThat(direction.tally().reordered()).isZero();
    }

    @Test
    void handshakesAreNoDataAndTheFirstOfThemMayGetLost() {
        var direction = new LinkDirection(DatagramRule.dropEvery(1), 2);
        byte[] handshake = {57, 56, 55, 54};

        for (int i = 0; i < 3; i++) {
            note(direction.onDatagram(handshake));
        }

        assertThat(left).isEqualTo(numbers(57));
        assertThat(direction.tally()).isEqualTo(new StreamLinkCounts(0, 0, 0, 0, 1, 2));
    }
}
