package dev.pitot.message;

import dev.pitot.message.legume.BodyLengths;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages that two ends understand (legume's `MessageFactory`), and their bytes. Immutable,
/// for any number of threads.
///
/// A payload is a message as it travels: a byte with the id of its type, then its body. Messages
/// are written from a [Message], or from a record that was added. What the network brings never
/// throws: bytes that are not a message give null, or -1.
public final class MessageTypes {
    /// Room for the messages that fit a datagram of any path.
    static final int USUAL_BYTES = 1400;

    private final @Nullable MessageType[] byId;
    private final Map<String, MessageType> byName;
    private final Map<Class<?>, MessageType> byRecord;
    private final List<MessageType> all;
    private final BodyCodec codec;

    private MessageTypes(Builder builder) {
        this.byId = builder.byId.clone();
        this.byName = Map.copyOf(builder.byName);
        this.byRecord = Map.copyOf(builder.byRecord);
        this.all = List.copyOf(builder.all);
        this.codec = new BodyCodec(builder.encoding);
    }

    /// Returns a builder without message types. Records that are added must be open to this module, as
    /// all are in a program without modules, or public in an exported package.
    public static Builder builder() {
        return new Builder(null);
    }

    /// Returns a builder without message types, to which all records of the caller's module may be added.
    ///
    /// @param access `MethodHandles.lookup()`
    public static Builder builder(MethodHandles.Lookup access) {
        return new Builder(access);
    }

    /// Returns a registry of these types.
    ///
    /// @throws IllegalArgumentException if two have the same id or name
    public static MessageTypes of(MessageType... types) {
        Builder builder = builder();
        for (MessageType type : types) {
            builder.add(type);
        }
        return builder.build();
    }

    /// Returns all types, in the order in which they were added.
    public List<MessageType> all() {
        return all;
    }

    /// Returns the type of an id; null if there is none.
    ///
    /// @param id any number
    public @Nullable MessageType type(int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /// Returns the type of a name; null if there is none.
    public @Nullable MessageType type(String name) {
        return byName.get(name);
    }

    /// Returns the type that was made of a record; null if there is none.
    public @Nullable MessageType type(Class<? extends Record> record) {
        return byRecord.get(record);
    }

    /// Returns the encoding of texts.
    public TextEncoding encoding() {
        return codec.encoding();
    }

    /// Returns how many bytes [#write] will write: the byte of the id, and the body.
    ///
    /// @param message a [Message] or a record
    /// @throws IllegalArgumentException as [#write]
    public int payloadLength(Object message) {
        return 1 + codec.length(typeOf(message), message);
    }

    /// Writes a payload at the buffer's position, which goes behind it. If it throws, nothing is
    /// written.
    ///
    /// @param message a [Message] or a record
    /// @return the payload's length
    /// @throws IllegalArgumentException with one sentence, if the message's type is not one of these, a
    ///     text does not fit its field or cannot be encoded, a record holds null, or the buffer has not
    ///     enough room
    public int write(Object message, ByteBuffer out) {
        MessageType type = typeOf(message);
        int length = 1 + codec.length(type, message);
        if (length > out.remaining()) {
            throw new IllegalArgumentException("message " + type.name() + " takes " + length + " bytes, but only "
                    + out.remaining() + " are left");
        }
        write(type, message, length, out);
        return length;
    }

    /// Returns a message's payload, which is measured once.
    ///
    /// @param memory to write it into if there is room, at whatever position it is; null for memory of its own
    /// @throws IllegalArgumentException as [#payloadLength]
    ByteBuffer encode(Object message, @Nullable ByteBuffer memory) {
        MessageType type = typeOf(message);
        int length = 1 + codec.length(type, message);
        ByteBuffer out = memory == null || memory.capacity() < length ? ByteBuffer.allocate(length) : memory.clear();
        write(type, message, length, out);
        return out.flip();
    }

    private void write(MessageType type, Object message, int length, ByteBuffer out) {
        int start = out.position();
        out.put(start, (byte) type.id());
        codec.write(type, message, out, start + 1);
        out.position(start + length);
    }

    /// Returns the message that a payload holds, or null if it holds none: its type is unknown, it is too
    /// short or too long, or a text is malformed. Allocates no more than the payload's length and its
    /// type ask for.
    ///
    /// @param payload from position to limit, which stay
    public @Nullable Message read(ByteBuffer payload) {
        int start = payload.position() + 1;
        int end = payload.limit();
        MessageType type = start > end ? null : type(payload.get(start - 1) & 0xFF);
        if (type == null || codec.measure(type, payload, start, end) != end - start) {
            return null;
        }
        return codec.read(type, payload, start, end);
    }

    /// Returns the content of a payload as the program has declared it: an instance of the record for a type
    /// that was made of one, a [Message] for others. Null where [#read] returns null, and if the
    /// record's constructor throws.
    ///
    /// @param payload from position to limit, which stay
    public @Nullable Object readValue(ByteBuffer payload) {
        Message message = read(payload);
        RecordBinding binding = message == null ? null : message.type().binding();
        if (message == null || binding == null) {
            return message;
        }
        try {
            return binding.recordOf(message);
        } catch (IllegalArgumentException _) { // the record refuses what the peer has sent
            return null;
        }
    }

    /// Returns the length of the body of a message that begins at a buffer's position;
    /// [BodyLengths#UNKNOWN_TYPE] if the type is unknown, or does not say where it ends
    /// ([MessageType#isSelfDelimiting()]), -1 if the body goes beyond the limit, or a text in it is
    /// malformed. [#read] accepts what this accepts. Allocates nothing.
    ///
    /// @param typeId any number
    /// @param at position and limit stay
    public int bodyLength(int typeId, ByteBuffer at) {
        MessageType type = type(typeId);
        return type == null || !type.isSelfDelimiting()
                ? BodyLengths.UNKNOWN_TYPE
                : codec.measure(type, at, at.position(), at.limit());
    }

    private MessageType typeOf(Object message) {
        if (message instanceof Message it) {
            MessageType type = it.type();
            if (!type.equals(byId[type.id()])) {
                throw new IllegalArgumentException("message " + type.name() + " is not of the registered types");
            }
            return type;
        }
        MessageType type = message == null ? null : byRecord.get(message.getClass());
        if (type == null) {
            String given = message == null ? "null" : message.getClass().getSimpleName();
            throw new IllegalArgumentException(given + " is neither a Message nor a record that was added");
        }
        return type;
    }

    /// Collects the types of a registry. For one thread.
    public static final class Builder {
        private final MethodHandles.@Nullable Lookup access;
        private final @Nullable MessageType[] byId = new @Nullable MessageType[MessageType.LAST_ID + 1];
        private final Map<String, MessageType> byName = new HashMap<>();
        private final Map<Class<?>, MessageType> byRecord = new HashMap<>();
        private final List<MessageType> all = new ArrayList<>();
        private TextEncoding encoding = TextEncoding.UTF_8;
        private FieldOrder order = FieldOrder.DECLARED;

        private Builder(MethodHandles.@Nullable Lookup access) {
            this.access = access;
        }

        /// Adds a type.
        ///
        /// @throws IllegalArgumentException with one sentence, if id or name are taken
        public Builder add(MessageType type) {
            refuseTaken(type, byId[type.id()]);
            refuseTaken(type, byName.get(type.name()));
            byId[type.id()] = type;
            byName.put(type.name(), type);
            all.add(type);
            return this;
        }

        /// Sets the order of fields on the wire for types that are added after this without one;
        /// [FieldOrder#DECLARED] unless set. All types that one legume defines have the same.
        public Builder fieldOrder(FieldOrder order) {
            this.order = order;
            return this;
        }

        /// Adds a type of these fields, in the order of the set.
        ///
        /// @throws IllegalArgumentException as [MessageType#of(int, String, FieldOrder, List)] and
        ///     [#add(MessageType)]
        public Builder add(int id, String name, MessageField... fields) {
            return add(MessageType.of(id, name, order, List.of(fields)));
        }

        /// Adds a type that is made of a record, in the order of the set.
        ///
        /// @throws IllegalArgumentException as [#add(int, Class, FieldOrder)]
        public Builder add(int id, Class<? extends Record> record) {
            return add(id, record, order);
        }

        /// Adds a type that is made of a record. Its simple name is the type's, its components
        /// are the fields; [WireName] gives other names. `int` is legume's `int`, `long` is
        /// [FieldType#INT64]; `short` and `char` are its `short`, `byte` its `uchar` (all bits are kept:
        /// a negative one is a number in the upper half); `boolean` its `bool`; `float` and `double`
        /// its `float`; a String its `varstring`, or
        /// with [FixedLength] its `string n`; a `byte[]` the rest of the message, [FieldType#RAW].
        ///
        /// @throws IllegalArgumentException with one sentence, if the id is out of range, id, name or
        ///     record are taken, the record cannot be reached, or a component has another type
        public Builder add(int id, Class<? extends Record> record, FieldOrder order) {
            if (byRecord.containsKey(record)) {
                throw new IllegalArgumentException("record " + record.getSimpleName() + " has been added before");
            }
            var binding = new RecordBinding(record, access);
            var type = new MessageType(id, binding.name(), order, binding.fields(), binding);
            add(type);
            byRecord.put(record, type);
            return this;
        }

        /// Sets the encoding of texts; UTF-8 unless set.
        public Builder encoding(TextEncoding encoding) {
            this.encoding = encoding;
            return this;
        }

        /// Returns the registry of the types that were added.
        public MessageTypes build() {
            return new MessageTypes(this);
        }

        private static void refuseTaken(MessageType type, @Nullable MessageType other) {
            if (other != null) {
                throw new IllegalArgumentException("message " + type + " has the id or the name of " + other);
            }
        }
    }
}
