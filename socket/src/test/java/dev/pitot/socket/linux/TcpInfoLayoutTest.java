package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TcpInfoLayoutTest {
    private static final int NOW_BYTES = 280; // what Linux 6.18 returns
    private static final int WINDOW_SCALING = 4;

    private final ByteBuffer info =
            ByteBuffer.allocateDirect(TcpInfoLayout.MAX_BYTES).order(ByteOrder.nativeOrder());

    private KernelValues<TcpField> decoded(int length) {
        return Objects.requireNonNull(TcpInfoLayout.decode(MemorySegment.ofBuffer(info.slice(0, length))))
                .fields();
    }

    private KernelValues<TcpField> decoded() {
        return decoded(NOW_BYTES);
    }

    @Test
    void iperfsFieldsAreWhereTheHeaderHasThem() {
        info.putInt(16, 1448); // tcpi_snd_mss
        info.putInt(60, 1500); // tcpi_pmtu
        info.putInt(68, 250); // tcpi_rtt
        info.putInt(72, 125); // tcpi_rttvar
        info.putInt(80, 10); // tcpi_snd_cwnd
        info.putInt(100, -1); // tcpi_total_retrans: unsigned
        info.putInt(220, 3); // tcpi_reord_seen
        info.putInt(228, 65_535); // tcpi_snd_wnd

        assertThat(Objects.requireNonNull(TcpInfoLayout.decode(MemorySegment.ofBuffer(info)))
                        .sample())
                .isEqualTo(new TcpSample(
                        0xFFFF_FFFFL,
                        new TcpSample.SendWindow(14_480, 65_535),
                        new TcpSample.RoundTrip(250, 125),
                        1500,
                        3));
    }

    /// A kernel that returns any number of bytes: a field is there exactly if its bytes are.
    @Test
    void aFieldIsThereIfTheLengthCoversIt() {
        measured();
        for (int length = 0; length <= TcpInfoLayout.MAX_BYTES; length++) {
            if (length < 104) { // Linux 2.6
                assertThat(TcpInfoLayout.decode(MemorySegment.ofBuffer(info.slice(0, length))))
                        .isNull();
                continue;
            }
            KernelValues<TcpField> fields = decoded(length);
            for (TcpField field : TcpField.values()) {
                assertThat(fields.get(field).isPresent())
                        .as("%s of %d bytes", field, length)
                        .isEqualTo(length >= TcpInfoLayout.lengthWith(field));
            }
        }
    }

    /// Bytes of a connection on which everything was measured: no field has the value that means nothing.
    private void measured() {
        for (int i = 0; i < TcpInfoLayout.MAX_BYTES; i++) {
            info.put(i, (byte) 0x3f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFieldIsReadFromItsOwnBytesAlone(TcpField field) {
        measured();
        KernelValues<TcpField> before = decoded();
        int bytes = Math.max(1, field.bits() / Byte.SIZE);

        for (int i = 0; i < NOW_BYTES; i++) {
            if (i < TcpInfoLayout.offset(field) || i >= TcpInfoLayout.offset(field) + bytes) {
                info.put(i, (byte) (i == 5 ? WINDOW_SCALING : 1));
            }
        }

        assertThat(decoded().get(field)).isEqualTo(before.get(field));
        if (field.bits() >= Byte.SIZE) {
            assertThat(before.get(field)).hasValue(0x3f3f_3f3f_3f3f_3f3fL >>> (Long.SIZE - field.bits()));
        }
    }

    @Test
    void allBytesAreUnsigned() {
        for (int i = 0; i < NOW_BYTES; i++) {
            info.put(i, (byte) 0x80);
        }
        info.put(5, (byte) 0x84);

        for (TcpField field : TcpField.values()) {
            if (field.bits() < Long.SIZE && decoded().get(field).isPresent()) {
                assertThat(decoded().get(field).getAsLong()).as(field.key()).isNotNegative();
            }
        }
        assertThat(decoded().get(TcpField.RTT)).hasValue(0x8080_8080L);
        assertThat(decoded().get(TcpField.TOTAL_RTO)).hasValue(0x8080);
        assertThat(decoded().get(TcpField.STATE)).hasValue(0x80);
    }

    /// Values that stand for "not measured" and "no limit" in net/ipv4/tcp.c.
    @ParameterizedTest
    @CsvSource({
        "MIN_RTT, -1",
        "SND_SSTHRESH, 2147483647",
        "SND_SSTHRESH, -1",
        "PACING_RATE, -1",
        "MAX_PACING_RATE, -1",
        "DELIVERY_RATE, 0",
        "RTT, 0",
        "RCV_RTT, 0"
    })
    void whatTheKernelDoesNotKnowIsAbsent(TcpField field, long value) {
        measured();
        put(field, value);

        assertThat(decoded().get(field)).isEmpty();
    }

    private void put(TcpField field, long value) {
        int offset = TcpInfoLayout.offset(field);
        switch (field.bits()) {
            case Long.SIZE -> info.putLong(offset, value);
            case Integer.SIZE -> info.putInt(offset, (int) value);
            default -> info.put(offset, (byte) value);
        }
    }

    @Test
    void whatDependsOnAnUnknownValueIsUnknownToo() {
        measured();
        put(TcpField.RTT, 0);
        put(TcpField.DELIVERY_RATE, 0);
        put(TcpField.OPTIONS, 0);
        info.put(7, (byte) 1);

        assertThat(decoded().get(TcpField.RTTVAR)).isEmpty();
        assertThat(decoded().get(TcpField.DELIVERY_RATE_APP_LIMITED)).isEmpty();
        assertThat(decoded().get(TcpField.FASTOPEN_CLIENT_FAIL)).isEmpty();
        assertThat(decoded().get(TcpField.SND_WSCALE)).isEmpty();
        assertThat(decoded().get(TcpField.RCV_WSCALE)).isEmpty();
    }

    @Test
    void zeroIsAValueWhereItMeansZero() {
        assertThat(decoded().get(TcpField.SND_WND)).hasValue(0);
        assertThat(decoded().get(TcpField.BYTES_RETRANS)).hasValue(0);
        assertThat(decoded().get(TcpField.BUSY_TIME)).hasValue(0);
        assertThat(decoded().get(TcpField.MIN_RTT)).hasValue(0);
    }

    @Test
    void bitsAreReadInTheOrderOfTheCompiler() {
        measured();
        boolean isLittle = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        info.put(6, (byte) (isLittle ? 0xA7 : 0x7A)); // of the peer 7, own 10
        info.put(7, (byte) (isLittle ? 0b101 : 0b1100_0000)); // limited, no answer to data in the SYN

        assertThat(decoded().get(TcpField.SND_WSCALE)).hasValue(7);
        assertThat(decoded().get(TcpField.RCV_WSCALE)).hasValue(10);
        assertThat(decoded().get(TcpField.DELIVERY_RATE_APP_LIMITED)).hasValue(1);
        assertThat(decoded().get(TcpField.FASTOPEN_CLIENT_FAIL)).hasValue(2);
    }

    @Test
    void anyBytesOfAnyLengthAreDecoded() {
        var random = new SplittableRandom(17);
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < TcpInfoLayout.MAX_BYTES; i++) {
                info.put(i, (byte) random.nextInt());
            }
            assertThat(decoded(random.nextInt(104, TcpInfoLayout.MAX_BYTES + 1)).size())
                    .isPositive();
        }
    }
}
