package dev.pitot.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one message by the index of their field: numbers unboxed, a real number by its
/// bits so that every NaN stays what it was. Filled by one thread, and not changed once a
/// [Message] holds it.
final class MessageValues {
    private final long[] numbers;
    private final @Nullable Object[] objects; // String or byte[]; absent for numbers

    MessageValues(int fields) {
        numbers = new long[fields];
        objects = new @Nullable Object[fields];
    }

    private MessageValues(MessageValues other) {
        numbers = other.numbers.clone();
        objects = other.objects.clone();
    }

    MessageValues copy() {
        return new MessageValues(this);
    }

    /// @param value as [FieldValue] makes it
    void put(int field, Object value) {
        switch (value) {
            case Long number -> numbers[field] = number;
            case Double number -> numbers[field] = Double.doubleToRawLongBits(number);
            default -> objects[field] = value;
        }
    }

    void putNumber(int field, long number) {
        numbers[field] = number;
    }

    void putObject(int field, Object object) {
        objects[field] = object;
    }

    long number(int field) {
        return numbers[field];
    }

    @Nullable Object object(int field) {
        return objects[field];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageValues that
                && Arrays.equals(numbers, that.numbers)
                && Arrays.deepEquals(objects, that.objects);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.deepHashCode(objects);
    }
}
