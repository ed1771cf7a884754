package dev.pitot.message;

import dev.pitot.message.FieldType.Kind;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// One message: a type and a value for each of its fields. Immutable. Two messages are equal if
/// type and values are; NaNs of different bits differ.
///
/// The readers throw an [IllegalArgumentException] with one sentence, if there is no such
/// field, or it is of another kind.
public final class Message {
    private final MessageType type;
    private final MessageValues values;

    /// @param values the message's from now on
    Message(MessageType type, MessageValues values) {
        this.type = type;
        this.values = values;
    }

    /// Returns the type of the message.
    public MessageType type() {
        return type;
    }

    /// Returns a whole number: of an `int`, `short`, `uchar`, an [FieldType#INT64], or a `bool`, which
    /// may be something else than 0 and 1.
    public long number(String field) {
        return values.number(
                indexOf(field, "a whole number", Kind.INT, Kind.INT64, Kind.USHORT, Kind.UCHAR, Kind.BOOL));
    }

    /// Returns whether a `bool` is something else than 0.
    public boolean flag(String field) {
        return values.number(indexOf(field, "a bool", Kind.BOOL)) != 0;
    }

    /// Returns a real number: of a `float`.
    public double real(String field) {
        return Double.longBitsToDouble(values.number(indexOf(field, "a float", Kind.FLOAT64)));
    }

    /// Returns a text, whether it has a fixed length on the wire or not.
    public String text(String field) {
        return textAt(indexOf(field, "a text", Kind.STRING, Kind.VAR_STRING));
    }

    /// Returns a copy of the bytes of a [FieldType#RAW].
    public byte[] bytes(String field) {
        return copyOfBytes(indexOf(field, "bytes", Kind.RAW));
    }

    /// Returns the value of any field: a [Long], [Double], [String] or `byte[]`.
    public Object value(String field) {
        int index = type.index(field);
        return switch (type.typeOf(index).kind()) {
            case INT, INT64, USHORT, UCHAR, BOOL -> values.number(index);
            case FLOAT64 -> Double.longBitsToDouble(values.number(index));
            case STRING, VAR_STRING -> textAt(index);
            case RAW -> copyOfBytes(index);
        };
    }

    /// Returns a copy of the message with another value for one field.
    ///
    /// @throws IllegalArgumentException if the field cannot hold it
    public Message with(String field, Object value) {
        int index = type.index(field);
        MessageValues changed = values.copy();
        changed.put(index, type.check(index, value));
        return new Message(type, changed);
    }

    /// Returns the message as the record that its type was made of. Bits are kept: a component of type
    /// `short` or `byte` is negative where the wire's number is in the upper half. A `float`
    /// gets the nearest value, a `boolean` is true for all but 0.
    ///
    /// @throws IllegalArgumentException if the type was not made of this record, or if the record's
    ///     constructor throws, which is the cause then
    public <R extends Record> R as(Class<R> record) {
        RecordBinding binding = type.binding();
        if (binding == null || binding.record() != record) {
            throw new IllegalArgumentException(
                    "message " + type.name() + " was not declared by record " + record.getSimpleName());
        }
        return record.cast(binding.recordOf(this));
    }

    long numberAt(int field) {
        return values.number(field);
    }

    String textAt(int field) {
        return (String) objectAt(field);
    }

    byte[] copyOfBytes(int field) {
        return ((byte[]) objectAt(field)).clone();
    }

    /// Returns a text, or bytes that the caller must not change.
    Object objectAt(int field) {
        return Objects.requireNonNull(values.object(field), "a number is not an object");
    }

    private int indexOf(String field, String wanted, Kind... kinds) {
        int index = type.index(field);
        Kind actual = type.typeOf(index).kind();
        for (Kind kind : kinds) {
            if (kind == actual) {
                return index;
            }
        }
        throw new IllegalArgumentException(type.where(index) + " is of type " + actual + ", not " + wanted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Message that && type.equals(that.type) && values.equals(that.values));
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringJoiner(", ", type.name() + "[", "]");
        for (MessageField field : type.fields()) {
            Object value = value(field.name());
            text.add(field.name() + "=" + (value instanceof byte[] bytes ? bytes.length + " bytes" : value));
        }
        return text.toString();
    }
}
