package dev.pitot.model.result;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/// Values that a kernel reported, by key. A value that the kernel does not have is absent, which is not
/// the same as 0. Immutable.
///
/// @param <K> keys: fields of TCP_INFO ([TcpField]) or counters of a host ([HostCounter])
@SuppressWarnings("EnumOrdinal") // an array is a third of a map: a reading is kept for each stream and interval
public final class KernelValues<K extends Enum<K>> {
    /// Stands for an absent value in the array, which has a place for each key.
    private static final long ABSENT = Long.MIN_VALUE;

    private final long[] values;

    private KernelValues(long[] values) {
        this.values = values;
    }

    /// Returns the given values; every other key is absent.
    ///
    /// @param keys type of the keys
    public static <K extends Enum<K>> KernelValues<K> of(Class<K> keys, Map<K, Long> given) {
        Builder<K> builder = builder(keys);
        given.forEach(builder::put);
        return builder.build();
    }

    /// Returns an empty builder.
    ///
    /// @param keys type of the keys
    public static <K extends Enum<K>> Builder<K> builder(Class<K> keys) {
        return new Builder<>(keys.getEnumConstants().length);
    }

    /// Collects values. For one thread, and one result.
    public static final class Builder<K extends Enum<K>> {
        private final long[] values;

        private Builder(int size) {
            values = new long[size];
            Arrays.fill(values, ABSENT);
        }

        /// Sets a value, or replaces it.
        ///
        /// @throws IllegalArgumentException for Long.MIN_VALUE, which no kernel reports
        public Builder<K> put(K key, long value) {
            if (value == ABSENT) {
                throw new IllegalArgumentException("no value of a kernel: " + value);
            }
            values[key.ordinal()] = value;
            return this;
        }

        /// Returns the values set so far.
        public KernelValues<K> build() {
            return new KernelValues<>(values.clone());
        }
    }

    /// Returns the value of a key; empty if the kernel does not have it.
    public OptionalLong get(K key) {
        long value = values[key.ordinal()];
        return value == ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /// True if no value is known.
    public boolean isEmpty() {
        return Arrays.stream(values).allMatch(value -> value == ABSENT);
    }

    /// Returns the number of known values.
    public int size() {
        return (int) Arrays.stream(values).filter(value -> value != ABSENT).count();
    }

    /// Returns the known values by key, in the order of the keys.
    ///
    /// @param keys type of the keys
    public Map<K, Long> toMap(Class<K> keys) {
        var map = new EnumMap<K, Long>(keys);
        for (K key : keys.getEnumConstants()) {
            get(key).ifPresent(value -> map.put(key, value));
        }
        return map;
    }

    /// Returns what happened since an earlier reading: counters as differences, all others as they are
    /// now. A counter is absent if one of the readings lacks it, and if it went back by more than a
    /// counter of its size that started again at 0: then something else was counted, such as another
    /// subflow of Multipath TCP.
    ///
    /// @param counterBits number of bits of a counter in the kernel, 1..64; 0 for keys that do not count
    public KernelValues<K> since(KernelValues<K> before, Class<K> keys, ToIntFunction<K> counterBits) {
        long[] result = values.clone();
        for (K key : keys.getEnumConstants()) {
            int bits = counterBits.applyAsInt(key);
            int i = key.ordinal();
            if (bits > 0 && result[i] != ABSENT) {
                result[i] = before.values[i] == ABSENT ? ABSENT : growth(result[i] - before.values[i], bits);
            }
        }
        return new KernelValues<>(result);
    }

    /// Returns a difference of readings modulo the size of the counter.
    private static long growth(long difference, int bits) {
        int unused = Long.SIZE - bits;
        long signed = difference << unused >> unused;
        return signed < 0 ? ABSENT : signed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelValues<?> that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            if (values[i] != ABSENT) {
                text.append(text.length() > 1 ? ", " : "").append(i).append('=').append(values[i]);
            }
        }
        return text.append('}').toString();
    }
}
