package dev.pitot.model.sample;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Readings of TCP_INFO for tests.
public final class TcpReadings {
    private TcpReadings() {}

    public static KernelValues<TcpField> of(Map<TcpField, Long> values) {
        return KernelValues.of(TcpField.class, values);
    }

    /// Returns a reading in which each field is there or not.
    static KernelValues<TcpField> random(RandomGenerator random) {
        KernelValues.Builder<TcpField> builder = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            if (random.nextBoolean()) {
                builder.put(field, random.nextLong(1L << Math.min(field.bits(), Integer.SIZE)));
            }
        }
        return builder.build();
    }
}
