package dev.pitot.message;

import static java.lang.invoke.MethodHandles.explicitCastArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a Java type of a record's component becomes a field, and its values the `long` that
/// [MessageValues] keep.
///
/// @param toSlot from the Java type to `long`, of which a field takes the lower bits: a negative
///     `short` or `byte` stays negative
/// @param fromSlot back
record PrimitiveMapping(FieldType type, MethodHandle toSlot, MethodHandle fromSlot) {
    private static final MethodHandle IDENTITY = MethodHandles.identity(long.class);

    private static final Map<Class<?>, PrimitiveMapping> NUMBERS = Map.of(
            long.class, new PrimitiveMapping(FieldType.INT64, IDENTITY, IDENTITY),
            int.class, new PrimitiveMapping(FieldType.INT, widened(int.class), narrowed(int.class)),
            short.class, new PrimitiveMapping(FieldType.USHORT, widened(short.class), narrowed(short.class)),
            char.class, new PrimitiveMapping(FieldType.USHORT, widened(char.class), narrowed(char.class)),
            byte.class, new PrimitiveMapping(FieldType.UCHAR, widened(byte.class), narrowed(byte.class)),
            boolean.class,
                    new PrimitiveMapping(
                            FieldType.BOOL, widened(boolean.class), own("toFlag", boolean.class, long.class)),
            float.class,
                    new PrimitiveMapping(
                            FieldType.FLOAT64,
                            own("ofFloat", long.class, float.class),
                            own("toFloat", float.class, long.class)),
            double.class,
                    new PrimitiveMapping(
                            FieldType.FLOAT64,
                            own("ofDouble", long.class, double.class),
                            own("toDouble", double.class, long.class)));

    /// Absent for types that are no numbers.
    static @Nullable PrimitiveMapping of(Class<?> component) {
        return NUMBERS.get(component);
    }

    private static MethodHandle widened(Class<?> from) {
        return explicitCastArguments(IDENTITY, methodType(long.class, from));
    }

    private static MethodHandle narrowed(Class<?> to) {
        return explicitCastArguments(IDENTITY, methodType(to, long.class));
    }

    private static MethodHandle own(String name, Class<?> result, Class<?> argument) {
        MethodType type = methodType(result, argument);
        try {
            return MethodHandles.lookup().findStatic(PrimitiveMapping.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method below is missing", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by its name, as those below
    private static long ofFloat(float value) {
        return Double.doubleToRawLongBits(value);
    }

    @SuppressWarnings("UnusedMethod")
    private static long ofDouble(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @SuppressWarnings("UnusedMethod")
    private static boolean toFlag(long slot) {
        return slot != 0;
    }

    @SuppressWarnings("UnusedMethod")
    private static float toFloat(long slot) {
        return (float) Double.longBitsToDouble(slot);
    }

    @SuppressWarnings("UnusedMethod")
    private static double toDouble(long slot) {
        return Double.longBitsToDouble(slot);
    }
}
