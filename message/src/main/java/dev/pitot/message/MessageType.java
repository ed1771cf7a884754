package dev.pitot.message;

import dev.pitot.message.FieldType.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A type of messages: its name, its number on the wire, and its fields. Immutable. Two
/// types are equal if id, name, fields and order are.
public final class MessageType {
    /// messages.py: BASE_MESSAGETYPEID_USER. Below it are the protocol's own messages.
    static final int FIRST_ID = 20;

    /// The id is one byte.
    static final int LAST_ID = 255;

    private static final int MAX_FIELDS = 255;

    private final int id;
    private final String name;
    private final List<MessageField> fields;
    private final FieldOrder order;
    private final @Nullable RecordBinding binding;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final FieldType[] types; // as declared
    private final int[] wireOrder; // indexes of fields
    private final int minimumLength;
    private final int maximumLength;
    private final @Nullable String openEndedField;
    private final @Nullable String fieldOfPitot;

    MessageType(int id, String name, FieldOrder order, List<MessageField> fields, @Nullable RecordBinding binding) {
        this.id = id;
        this.name = name;
        this.fields = List.copyOf(fields);
        this.order = order;
        this.binding = binding;
        this.types = this.fields.stream().map(MessageField::type).toArray(FieldType[]::new);
        checkNames();
        this.wireOrder = wireOrder();
        this.minimumLength =
                Arrays.stream(types).mapToInt(FieldType::minimumLength).sum();
        this.maximumLength =
                Arrays.stream(types).mapToInt(FieldType::maximumLength).sum();
        checkRaw();
        openEndedField = first(Kind.RAW);
        fieldOfPitot = first(Kind.INT64);
    }

    /// Returns the first field of a kind, for people; null if there is none.
    private @Nullable String first(Kind kind) {
        return Arrays.stream(wireOrder)
                .filter(field -> typeOf(field).kind() == kind)
                .mapToObj(this::where)
                .findFirst()
                .orElse(null);
    }

    /// Returns a type whose fields stand on the wire as they are declared.
    ///
    /// @throws IllegalArgumentException as [#of(int, String, FieldOrder, List)]
    public static MessageType of(int id, String name, MessageField... fields) {
        return of(id, name, FieldOrder.DECLARED, Arrays.asList(fields));
    }

    /// Returns a type with another order of its fields.
    ///
    /// @param id 20..255; 1..19 are the protocol's, and legume refuses most of them
    /// @param name 1..255 characters; it stays at this end
    /// @param fields at most 255, in the order of the definition
    /// @throws IllegalArgumentException with one sentence, if id or name are out of range, two fields
    ///     have the same name, the order does not suit them, or bytes are not the last of them
    public static MessageType of(int id, String name, FieldOrder order, List<MessageField> fields) {
        return new MessageType(id, name, order, fields, null);
    }

    /// Returns its number on the wire, 20..255.
    public int id() {
        return id;
    }

    /// Returns its name at this end.
    public String name() {
        return name;
    }

    /// Returns the fields as declared.
    public List<MessageField> fields() {
        return fields;
    }

    /// Returns the order of the fields on the wire.
    public FieldOrder order() {
        return order;
    }

    /// Returns the fewest bytes that a body can have, without the byte of the id.
    public int minimumLength() {
        return minimumLength;
    }

    /// Returns the most bytes that a body can have, without the byte of the id.
    public int maximumLength() {
        return maximumLength;
    }

    /// Returns whether its bytes say where it ends: all do but those with [FieldType#RAW]. legume's
    /// datagrams need it.
    public boolean isSelfDelimiting() {
        return openEndedField == null;
    }

    /// Returns the field that takes the rest of a message, for people; null if there is none.
    @Nullable String openEndedField() {
        return openEndedField;
    }

    /// Returns the first field that only Pitot can read, for people; null if there is none.
    @Nullable String fieldOfPitot() {
        return fieldOfPitot;
    }

    /// Returns a message with these values.
    ///
    /// @param values one for each field as declared, or none at all for the defaults. Whole numbers may be any
    ///     of Java's, a [Boolean] is 0 or 1
    /// @throws IllegalArgumentException with one sentence, if a field cannot hold its value, or their number
    ///     differs
    public Message message(Object... values) {
        if (values.length != 0 && values.length != fields.size()) {
            throw new IllegalArgumentException(
                    "message " + name + " has " + fields.size() + " fields, not " + values.length);
        }
        var messageValues = new MessageValues(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            messageValues.put(i, values.length == 0 ? fields.get(i).defaultValue() : check(i, values[i]));
        }
        return new Message(this, messageValues);
    }

    /// Returns a message with these values, and defaults for the fields that are not named.
    ///
    /// @throws IllegalArgumentException as [#message(Object...)], or for a name that no field has
    public Message message(Map<String, ?> values) {
        var messageValues = new MessageValues(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            messageValues.put(i, fields.get(i).defaultValue());
        }
        values.forEach((field, value) -> messageValues.put(index(field), check(index(field), value)));
        return new Message(this, messageValues);
    }

    /// @throws IllegalArgumentException if there is none
    int index(String field) {
        Integer index = indexes.get(field);
        if (index == null) {
            throw new IllegalArgumentException("message " + name + " has no field " + field);
        }
        return index;
    }

    Object check(int field, @Nullable Object value) {
        return FieldValue.of(where(field), types[field], value);
    }

    /// Returns field and message as error messages name them.
    String where(int field) {
        return "field " + fields.get(field).name() + " of message " + name;
    }

    /// Returns the indexes of the fields in the order of the wire; the caller must not change the array.
    int[] wireIndexes() {
        return wireOrder;
    }

    FieldType typeOf(int field) {
        return types[field];
    }

    /// Returns null if the type was not made of a record.
    @Nullable RecordBinding binding() {
        return binding;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MessageType that
                        && id == that.id
                        && name.equals(that.name)
                        && fields.equals(that.fields)
                        && order.equals(that.order));
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name);
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }

    private void checkNames() {
        MessageField.checkName("a message's", name);
        if (id < FIRST_ID || id > LAST_ID) {
            throw new IllegalArgumentException("message " + name + " must have an id of " + FIRST_ID + " to " + LAST_ID
                    + ", not " + id + ": the ids below are the protocol's");
        }
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "message " + name + " has " + fields.size() + " fields, but " + MAX_FIELDS + " is the most");
        }
        for (int i = 0; i < fields.size(); i++) {
            if (indexes.put(fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        "message " + name + " has two fields " + fields.get(i).name());
            }
        }
    }

    private int[] wireOrder() {
        List<String> declared = new ArrayList<>(fields.size());
        fields.forEach(field -> declared.add(field.name()));
        try {
            return order.arrange(declared).stream().mapToInt(this::index).toArray();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("message " + name + ": " + e.getMessage(), e);
        }
    }

    private void checkRaw() {
        for (int place = 0; place < wireOrder.length - 1; place++) {
            if (typeOf(wireOrder[place]).kind() == Kind.RAW) {
                throw new IllegalArgumentException(
                        where(wireOrder[place]) + " is the rest of the message and must be the last on the wire");
            }
        }
    }
}
