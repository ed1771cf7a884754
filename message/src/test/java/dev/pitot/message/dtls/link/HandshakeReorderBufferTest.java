package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeReorderBufferTest {
    private final HandshakeReorderBuffer reorderBuffer = new HandshakeReorderBuffer();

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
        for (ByteBuffer next = reorderBuffer.poll(); next != null; next = reorderBuffer.poll()) {
            polled.add(DtlsRecords.epoch(next) + "." + DtlsRecords.number(next));
        }
        return polled;
    }

    @Test
    void aLastFlightThatComesBackwardsIsPutInOrder() {
        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 1, 0));
        reorderBuffer.offer(record(DtlsRecords.CHANGE_CIPHER_SPEC, 0, 2));
        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 1));
        assertThat(polled()).isEmpty();

        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));

        assertThat(polled()).containsExactly("0.0", "0.1", "0.2", "1.0");
    }

    @Test
    void whatCameBeforeDoesNotComeAgain() {
        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));
        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));
        assertThat(polled()).containsExactly("0.0");

        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));

        assertThat(polled()).isEmpty();
    }

    @Test
    void whatIsTooFarAheadIsNotKept() {
        for (int number = 1; number < 1_000; number++) {
            reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, number));
        }
        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));

        assertThat(polled()).hasSize(HandshakeReorderBuffer.MAX_AHEAD);
    }

    @Test
    void whatIsKeptIsCounted() {
        for (int number = 1; number < 1_000; number++) {
            reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, number));
            reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, number));
        }
        assertThat(reorderBuffer.heldBytes()).isBetween(63L * 14, 63L * (14 + 100));

        reorderBuffer.offer(record(DtlsRecords.HANDSHAKE, 0, 0));
        assertThat(polled()).hasSize(HandshakeReorderBuffer.MAX_AHEAD);

        assertThat(reorderBuffer.heldBytes()).isZero();
    }
}
