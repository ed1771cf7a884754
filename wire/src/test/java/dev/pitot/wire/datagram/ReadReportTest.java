package dev.pitot.wire.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReadReportTest {
    @Test
    void hasItsForm() {
        ByteBuffer block = ByteBuffer.allocate(ReadReport.BYTES);

        ReadReport.write(block, 1063, 0x1_0000_0002L);

        assertThat(HexFormat.of().formatHex(block.array())).isEqualTo("50525244" + "00000427" + "0000000100000002");
        assertThat(block.position()).isZero();
        assertThat(ReadReport.isReport(block, 0, ReadReport.BYTES)).isTrue();
        assertThat(ReadReport.room(block, 0)).isEqualTo(1063);
        assertThat(ReadReport.highest(block, 0)).isEqualTo(0x1_0000_0002L);
    }

    @Test
    void isReadAtAnyOffset() {
        ByteBuffer block = ByteBuffer.allocate(3 * ReadReport.BYTES);
        ReadReport.write(block.slice(2 * ReadReport.BYTES, ReadReport.BYTES), 7, 9);

        assertThat(ReadReport.isReport(block, 0, 48)).isFalse();
        assertThat(ReadReport.isReport(block, 2 * ReadReport.BYTES, 48)).isTrue();
        assertThat(ReadReport.room(block, 2 * ReadReport.BYTES)).isEqualTo(7);
        assertThat(ReadReport.highest(block, 2 * ReadReport.BYTES)).isEqualTo(9);
    }

    @Test
    void whatIsTooShortOrHasNoRoomIsNotAReport() {
        ByteBuffer block = ByteBuffer.allocate(ReadReport.BYTES);
        ReadReport.write(block, 1, 0);

        assertThat(ReadReport.isReport(block, 0, ReadReport.BYTES - 1)).isFalse();
        assertThat(ReadReport.isReport(block, 0, 4)).isFalse();
        ReadReport.write(block, 0, 0);
        assertThat(ReadReport.isReport(block, 0, ReadReport.BYTES)).isFalse();
        ReadReport.write(block, -1, 0);
        assertThat(ReadReport.isReport(block, 0, ReadReport.BYTES)).isFalse();
    }
}
