package dev.pitot.message;

import static java.lang.invoke.MethodHandles.explicitCastArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The field of a record's component of a primitive type, and the handles that turn its values into the `long`
/// that [MessageValues] keep.
///
/// @param toSlot from the Java type to `long`, of which a field takes the lower bits: a negative
///     `short` or `byte` stays negative
/// @param fromSlot back
record PrimitiveMapping(FieldType type, MethodHandle toSlot, MethodHandle fromSlot) {
    private static final MethodHandle SAME = MethodHandles.identity(long.class);
    private static final MethodHandle IS_SET = find(PrimitiveMapping.class, "isSet", boolean.class, long.class);
    private static final MethodHandle BITS = find(Double.class, "doubleToRawLongBits", long.class, double.class);
    private static final MethodHandle REAL = find(Double.class, "longBitsToDouble", double.class, long.class);

    private static final Map<Class<?>, PrimitiveMapping> NUMBERS = Map.of(
            long.class, cast(long.class, FieldType.INT64, SAME, SAME),
            int.class, cast(int.class, FieldType.INT, SAME, SAME),
            short.class, cast(short.class, FieldType.USHORT, SAME, SAME),
            char.class, cast(char.class, FieldType.USHORT, SAME, SAME),
            byte.class, cast(byte.class, FieldType.UCHAR, SAME, SAME),
            boolean.class, cast(boolean.class, FieldType.BOOL, SAME, IS_SET),
            float.class, cast(float.class, FieldType.FLOAT64, BITS, REAL),
            double.class, cast(double.class, FieldType.FLOAT64, BITS, REAL));

    /// Returns null for types that are not numbers.
    static @Nullable PrimitiveMapping of(Class<?> component) {
        return NUMBERS.get(component);
    }

    private static PrimitiveMapping cast(Class<?> java, FieldType type, MethodHandle toSlot, MethodHandle fromSlot) {
        return new PrimitiveMapping(
                type,
                explicitCastArguments(toSlot, methodType(long.class, java)),
                explicitCastArguments(fromSlot, methodType(java, long.class)));
    }

    private static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?> argument) {
        try {
            return MethodHandles.lookup().findStatic(owner, name, methodType(result, argument));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of the JDK, or the one below, is missing", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by its name; a cast to boolean would look at one bit only
    private static boolean isSet(long slot) {
        return slot != 0;
    }
}
