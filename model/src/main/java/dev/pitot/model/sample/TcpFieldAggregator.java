package dev.pitot.model.sample;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Combines TCP_INFO values, of several streams or of several intervals. Each field is combined over the
/// readings that have it; a field that none has is absent. Takes constant memory.
final class TcpFieldAggregator {
    private final Map<TcpField, Values> all = new EnumMap<>(TcpField.class);
    private boolean isEmpty = true;

    /// Values of one field.
    private static final class Values {
        private long sum;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;
        private int count;

        void add(long value) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
            count++;
        }
    }

    /// @param reading counters as differences; null is ignored
    void add(@Nullable KernelValues<TcpField> reading) {
        if (reading != null) {
            isEmpty = false;
            for (TcpField field : TcpField.values()) {
                reading.get(field)
                        .ifPresent(value ->
                                all.computeIfAbsent(field, _ -> new Values()).add(value));
            }
        }
    }

    /// Returns the values of streams at the same time as one; null if nothing was added.
    @Nullable KernelValues<TcpField> overStreams() {
        return combined(EnumSet.of(TcpField.Kind.COUNTER, TcpField.Kind.AMOUNT));
    }

    /// Returns the values of intervals that follow each other as one; null if nothing was added.
    @Nullable KernelValues<TcpField> overTime() {
        return combined(EnumSet.of(TcpField.Kind.COUNTER));
    }

    private @Nullable KernelValues<TcpField> combined(Set<TcpField.Kind> summed) {
        if (isEmpty) {
            return null;
        }
        KernelValues.Builder<TcpField> result = KernelValues.builder(TcpField.class);
        all.forEach((field, values) -> {
            if (field.kind() != TcpField.Kind.CODE || values.min == values.max) {
                result.put(field, summed.contains(field.kind()) ? values.sum : combined(field, values));
            }
        });
        return result.build();
    }

    private static long combined(TcpField field, Values values) {
        return switch (field.kind()) {
            case MINIMUM, CODE -> values.min;
            case COUNTER, AMOUNT, LEVEL -> Math.round((double) values.sum / values.count);
        };
    }
}
