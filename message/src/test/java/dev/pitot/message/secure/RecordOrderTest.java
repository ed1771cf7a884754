package dev.pitot.message.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordOrderTest {
    private final RecordOrder order = new RecordOrder();

    private static ByteBuffer record(int type, int epoch, int number) {
        return ByteBuffer.wrap(new byte[] {
            (byte) type,
            (byte) 0xFE,
            (byte) 0xFD,
            0,
            (byte) epoch,
            0,
            0,
            0,
            0,
            (byte) (number >> 8),
            (byte) number,
            0,
            1,
            7
        });
    }

    private List<String> polled() {
        List<String> polled = new ArrayList<>();
        for (ByteBuffer next = order.poll(); next != null; next = order.poll()) {
            polled.add(Records.epoch(next) + "." + Records.number(next));
        }
        return polled;
    }

    @Test
    void aLastFlightThatComesBackwardsIsPutInOrder() {
        order.offer(record(Records.HANDSHAKE, 1, 0));
        order.offer(record(Records.CHANGE_CIPHER_SPEC, 0, 2));
        order.offer(record(Records.HANDSHAKE, 0, 1));
        assertThat(polled()).isEmpty();

        order.offer(record(Records.HANDSHAKE, 0, 0));

        assertThat(polled()).containsExactly("0.0", "0.1", "0.2", "1.0");
    }

    @Test
    void whatCameBeforeDoesNotComeAgain() {
        order.offer(record(Records.HANDSHAKE, 0, 0));
        order.offer(record(Records.HANDSHAKE, 0, 0));
        assertThat(polled()).containsExactly("0.0");

        order.offer(record(Records.HANDSHAKE, 0, 0));

        assertThat(polled()).isEmpty();
    }

    @Test
    void whatIsTooFarAheadIsNotKept() {
        for (int number = 1; number < 1_000; number++) {
            order.offer(record(Records.HANDSHAKE, 0, number));
        }
        order.offer(record(Records.HANDSHAKE, 0, 0));

        assertThat(polled()).hasSize(RecordOrder.MAX_AHEAD);
    }
}
