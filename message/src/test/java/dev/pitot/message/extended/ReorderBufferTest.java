package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a channel keeps ahead, against the collections of the platform.
class ReorderBufferTest {
    private static final int STEPS = 200_000;
    private static final long FAR = (1L << 32) - 2L * Frames.SEQUENCE_SPAN;

    private final Random random = new Random(1);

    @Test
    void whatIsHeldIsFoundUntilItIsRemoved() {
        ReorderBuffer held = new ReorderBuffer(random.nextInt());
        Map<Long, Object> model = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            int spread = i / 20_000 % 2 == 0 ? Frames.SEQUENCE_SPAN : 200;
            long sequence = FAR + random.nextInt(spread);
            Object before = model.get(sequence);
            assertThat(held.find(sequence)).isSameAs(before);
            if (before == null && random.nextInt(3) > 0) {
                Object content = new byte[0];
                held.add(sequence, content);
                model.put(sequence, content);
            } else if (i / 50_000 % 2 == 1 || before != null) {
                held.remove(sequence);
                model.remove(sequence);
            }
            assertThat(held.isEmpty()).isEqualTo(model.isEmpty());
        }
        Set<Object> left = new HashSet<>(model.values());
        held.clear(content -> assertThat(left.remove(content)).isTrue());
        assertThat(left).isEmpty();
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void aBitIsKeptForEachNumberOfTheSpan() {
        DeliveredBitmap done = new DeliveredBitmap();
        Set<Long> model = new HashSet<>();
        long next = FAR;
        for (int i = 0; i < STEPS; i++) {
            long sequence = next + random.nextInt(Frames.SEQUENCE_SPAN);
            assertThat(done.contains(sequence)).isEqualTo(model.contains(sequence));
            if (model.add(sequence)) {
                done.add(sequence);
            }
            assertThat(done.contains(next)).isEqualTo(model.remove(next));
            done.remove(next);
            next++;
            done.trim();
            assertThat(done.isEmpty()).isEqualTo(model.isEmpty());
        }
        assertThat(done.contains(next)).isEqualTo(model.contains(next));
    }
}
