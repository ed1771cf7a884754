package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.TcpSample;
import dev.pitot.socket.TcpInfo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TcpInfoLayoutTest {
    private static final int NOW_BYTES = 232; // sizeof (struct tcp_info) in Linux 5.4

    @Test
    void fieldsAreWhereTheHeaderHasThem() {
        ByteBuffer info = ByteBuffer.allocateDirect(NOW_BYTES).order(ByteOrder.nativeOrder());
        info.putInt(16, 1448); // tcpi_snd_mss
        info.putInt(60, 1500); // tcpi_pmtu
        info.putInt(68, 250); // tcpi_rtt
        info.putInt(72, 125); // tcpi_rttvar
        info.putInt(80, 10); // tcpi_snd_cwnd
        info.putInt(100, -1); // tcpi_total_retrans: unsigned
        info.putLong(120, 1L << 40); // tcpi_bytes_acked
        info.putLong(128, 7); // tcpi_bytes_received
        info.putInt(220, 3); // tcpi_reord_seen
        info.putInt(228, 65_535); // tcpi_snd_wnd

        assertThat(TcpInfoLayout.decode(MemorySegment.ofBuffer(info)))
                .isEqualTo(new TcpInfo(
                        new TcpSample(
                                0xFFFF_FFFFL,
                                new TcpSample.SendWindow(14_480, 65_535),
                                new TcpSample.RoundTrip(250, 125),
                                1500,
                                3),
                        1L << 40,
                        7));
    }

    @Test
    void anOldKernelDoesNotKnowItsBytes() {
        ByteBuffer info = ByteBuffer.allocateDirect(104); // Linux 2.6

        TcpInfo decoded = Objects.requireNonNull(TcpInfoLayout.decode(MemorySegment.ofBuffer(info)));

        assertThat(decoded.bytesAcked()).isEqualTo(-1);
        assertThat(decoded.bytesReceived()).isEqualTo(-1);
    }

    @Test
    void tooLittleIsNothing() {
        assertThat(TcpInfoLayout.decode(MemorySegment.ofBuffer(ByteBuffer.allocateDirect(103))))
                .isNull();
    }
}
