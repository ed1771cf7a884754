package dev.pitot.message;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record as a type of messages: takes its instances apart and puts them together, without
/// boxing a number. Immutable.
///
/// It uses method handles that are made once; reflection only finds them.
final class RecordBinding {
    private final Class<? extends Record> record;
    private final List<MessageField> fields;
    private final MethodHandle[] getters; // (Record)long, or (Record)Object for texts and bytes
    private final MethodHandle constructor; // (Message)Record

    /// @param access to records that are not open to this module
    /// @throws IllegalArgumentException with one sentence, if the record cannot be reached, or has a
    ///     component that no field can be made of
    RecordBinding(Class<? extends Record> record, MethodHandles.@Nullable Lookup access) {
        this.record = record;
        RecordComponent[] components = record.getRecordComponents();
        this.getters = new MethodHandle[components.length];
        var readers = new MethodHandle[components.length];
        var found = new ArrayList<MessageField>();
        try {
            MethodHandle made = constructor(record, components, access);
            for (int i = 0; i < components.length; i++) {
                found.add(field(components[i]));
                getters[i] = getter(components[i], access);
                readers[i] = reader(components[i].getType(), i);
            }
            this.constructor = fromMessage(made, readers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "record " + record.getName() + " cannot be reached: open its package to dev.pitot.message,"
                            + " or give MessageTypes.builder a Lookup of its module",
                    e);
        }
        this.fields = List.copyOf(found);
    }

    /// Returns the name of messages of this record.
    String name() {
        return name(record, record.getSimpleName());
    }

    Class<? extends Record> record() {
        return record;
    }

    /// Returns the fields, in the order of the components.
    List<MessageField> fields() {
        return fields;
    }

    /// Returns a number of a record, as [MessageValues] keep it.
    long number(Record source, int field) {
        try {
            return (long) getters[field].invokeExact(source);
        } catch (RuntimeException | Error thrownByAccessor) {
            throw thrownByAccessor;
        } catch (Throwable impossible) { // an accessor declares nothing that is checked
            throw new AssertionError(impossible);
        }
    }

    /// Returns a text or the bytes of a record.
    @Nullable Object object(Record source, int field) {
        try {
            return (Object) getters[field].invokeExact(source);
        } catch (RuntimeException | Error thrownByAccessor) {
            throw thrownByAccessor;
        } catch (Throwable impossible) { // as above
            throw new AssertionError(impossible);
        }
    }

    /// Returns a message as a record.
    ///
    /// @param message of a type that was made of this record
    /// @throws IllegalArgumentException if the record's constructor throws an exception
    Record recordOf(Message message) {
        try {
            return (Record) constructor.invokeExact(message);
        } catch (Error machines) {
            throw machines;
        } catch (Throwable refused) { // whatever a constructor may throw at values from the network
            throw new IllegalArgumentException(
                    "record " + record.getSimpleName() + " does not take the values of the message", refused);
        }
    }

    private MessageField field(RecordComponent component) {
        return new MessageField(name(component, component.getName()), type(component));
    }

    private static String name(AnnotatedElement element, String own) {
        WireName wireName = element.getAnnotation(WireName.class);
        return wireName == null ? own : wireName.value();
    }

    private FieldType type(RecordComponent component) {
        Class<?> javaType = component.getType();
        FixedLength fixedLength = component.getAnnotation(FixedLength.class);
        PrimitiveMapping number = PrimitiveMapping.of(javaType);
        if (javaType == String.class) {
            return fixedLength == null ? FieldType.VAR_STRING : FieldType.string(fixedLength.value());
        }
        if (fixedLength == null && number != null) {
            return number.type();
        }
        if (fixedLength == null && javaType == byte[].class) {
            return FieldType.RAW;
        }
        String where = "component " + component.getName() + " of record " + record.getSimpleName();
        throw new IllegalArgumentException(
                fixedLength == null
                        ? where + " is of type " + javaType.getSimpleName()
                                + ": only int, long, short, char, byte, boolean, float, double, String and byte[] can be sent"
                        : where + " is @FixedLength, which only a String can be");
    }

    private static MethodHandle constructor(
            Class<? extends Record> record, RecordComponent[] components, MethodHandles.@Nullable Lookup access)
            throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<? extends Record> canonical = record.getDeclaredConstructor(types);
        return reaching(record, canonical, access).unreflectConstructor(canonical);
    }

    private MethodHandle getter(RecordComponent component, MethodHandles.@Nullable Lookup access)
            throws ReflectiveOperationException {
        MethodHandle accessor =
                reaching(record, component.getAccessor(), access).unreflect(component.getAccessor());
        PrimitiveMapping number = PrimitiveMapping.of(component.getType());
        return number == null
                ? accessor.asType(methodType(Object.class, Record.class))
                : MethodHandles.filterReturnValue(accessor, number.toSlot())
                        .asType(methodType(long.class, Record.class));
    }

    /// Returns a Lookup that reaches a member; the member is made accessible where that is allowed.
    private static MethodHandles.Lookup reaching(
            Class<?> record, AccessibleObject member, MethodHandles.@Nullable Lookup access)
            throws IllegalAccessException {
        return member.trySetAccessible() || access == null
                ? MethodHandles.lookup()
                : MethodHandles.privateLookupIn(record, access);
    }

    /// Returns a handle from Message to the component's Java type.
    private static MethodHandle reader(Class<?> javaType, int index) throws ReflectiveOperationException {
        PrimitiveMapping number = PrimitiveMapping.of(javaType);
        if (number != null) {
            return MethodHandles.filterReturnValue(ofMessage("numberAt", long.class, index), number.fromSlot());
        }
        return javaType == byte[].class
                ? ofMessage("copyOfBytes", byte[].class, index)
                : ofMessage("textAt", String.class, index);
    }

    private static MethodHandle ofMessage(String method, Class<?> result, int index)
            throws ReflectiveOperationException {
        MethodHandle reader = MethodHandles.lookup().findVirtual(Message.class, method, methodType(result, int.class));
        return MethodHandles.insertArguments(reader, 1, index);
    }

    /// Returns the constructor with its arguments read from one message.
    private static MethodHandle fromMessage(MethodHandle constructor, MethodHandle[] readers) {
        MethodHandle ofMessages = MethodHandles.filterArguments(constructor, 0, readers);
        var sameMessage = new int[readers.length];
        return MethodHandles.permuteArguments(
                ofMessages.asType(ofMessages.type().changeReturnType(Record.class)),
                methodType(Record.class, Message.class),
                sameMessage);
    }
}
