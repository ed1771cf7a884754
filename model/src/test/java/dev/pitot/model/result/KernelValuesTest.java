package dev.pitot.model.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelValuesTest {
    private static KernelValues<TcpField> reading(TcpField field, long value) {
        return KernelValues.of(TcpField.class, Map.of(field, value));
    }

    private static KernelValues<TcpField> growth(TcpField field, long before, long now) {
        return reading(field, now).since(reading(field, before), TcpField.class, TcpField::counterBits);
    }

    @Test
    void absentIsNotZero() {
        KernelValues<TcpField> values = reading(TcpField.SND_WND, 0);

        assertThat(values.get(TcpField.SND_WND)).hasValue(0);
        assertThat(values.get(TcpField.RCV_WND)).isEmpty();
        assertThat(values.size()).isEqualTo(1);
        assertThat(values).isNotEqualTo(KernelValues.builder(TcpField.class).build());
        assertThat(KernelValues.builder(TcpField.class).build().isEmpty()).isTrue();
    }

    @Test
    void theMarkOfAbsenceIsNoValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> reading(TcpField.RTT, Long.MIN_VALUE));
    }

    @Test
    void countersGrowAndStatesStay() {
        var before = KernelValues.of(TcpField.class, Map.of(TcpField.BYTES_SENT, 100L, TcpField.RTT, 30L));
        var now = KernelValues.of(
                TcpField.class, Map.of(TcpField.BYTES_SENT, 350L, TcpField.RTT, 20L, TcpField.SEGS_OUT, 3L));

        assertThat(now.since(before, TcpField.class, TcpField::counterBits))
                .isEqualTo(KernelValues.of(TcpField.class, Map.of(TcpField.BYTES_SENT, 250L, TcpField.RTT, 20L)));
    }

    @Test
    void aCounterOf32BitsStartsAgain() {
        assertThat(growth(TcpField.SEGS_OUT, 0xFFFF_FFF0L, 0x10).get(TcpField.SEGS_OUT))
                .hasValue(0x20);
        assertThat(growth(TcpField.TOTAL_RTO, 0xFFFF, 1).get(TcpField.TOTAL_RTO))
                .hasValue(2);
    }

    @Test
    void aCounterThatWentBackIsAbsent() {
        assertThat(growth(TcpField.SEGS_OUT, 1_000, 10).isEmpty()).isTrue();
        assertThat(growth(TcpField.BYTES_SENT, 1L << 40, 10).isEmpty()).isTrue();
    }
}
