package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static final int PAGE_BYTES = 4096;

    private static long address(ByteBuffer block) {
        return MemorySegment.ofBuffer(block.duplicate().clear()).address();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 4095, 4096, 4097, 65_507, 131_072, 1_048_576})
    void blocksBeginOnAPage(int bytes) {
        ByteBuffer block = Payload.block(bytes);

        assertThat(block.isDirect()).isTrue();
        assertThat(block.capacity()).isEqualTo(bytes);
        assertThat(block.remaining()).isEqualTo(bytes);
        assertThat(address(block) % PAGE_BYTES).isZero();
    }

    @Test
    void payloadsDoToo() {
        assertThat(address(Payload.random(131_072, new SplittableRandom(1))) % PAGE_BYTES)
                .isZero();
        assertThat(address(Payload.repeating(131_072)) % PAGE_BYTES).isZero();
    }
}
