package dev.pitot.checks;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Public API of one module as lines of text: what a program that uses the module can name, call, implement
/// or switch over.
///
/// A line without indent is a type of a package that the module exports to all, if every enclosing type is
/// public too. The indented lines below are what it extends, implements and permits, its enum constants,
/// fields, constructors and methods, all public unless they are `protected`. A type that a program cannot
/// name leaves its members to those that extend it. Types are written without `java.lang` and without the
/// packages of Pitot, in which each name is unique. Left out is what follows from the rest: `equals`,
/// `hashCode` and `toString`, the canonical constructor and the accessors of a record, `values` and `valueOf`
/// of an enum.
final class ApiListing {
    private static final Set<String> COMMON = Set.of("equals", "hashCode", "toString");
    private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

    private final Path classes;
    private final ClassLoader loader;
    private final Set<String> exported;

    /// Reads the class files below a folder.
    ///
    /// @param exported the packages that programs may use, of this and of other modules
    ApiListing(Path classes, ClassLoader loader, Set<String> exported) {
        this.classes = classes;
        this.loader = loader;
        this.exported = exported;
    }

    /// Returns the lines, in an order that does not depend on that of the source.
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types()) {
            lines.add(header(type));
            members(type).map(member -> "    " + member).forEach(lines::add);
        }
        return lines;
    }

    private List<Class<?>> types() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .<Class<?>>map(this::load)
                    .filter(this::isListed)
                    .toList();
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(name + " is not on the class path", e);
        }
    }

    /// True if a program can name the type.
    private boolean isListed(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && exported.contains(type.getPackageName())
                && (outer == null || isListed(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        String components = type.isRecord()
                ? Stream.of(type.getRecordComponents())
                        .map(part -> TypeText.of(part.getAnnotatedType()) + " " + part.getName())
                        .collect(Collectors.joining(", ", "(", ")"))
                : "";
        return modifiers(type)
                + type.getCanonicalName()
                + TypeText.parameters(type.getTypeParameters()).strip()
                + components;
    }

    private static String modifiers(Class<?> type) {
        boolean isPlain = !type.isInterface() && !type.isEnum() && !type.isRecord();
        int kept = isPlain ? type.getModifiers() : type.getModifiers() & Modifier.PROTECTED;
        return deprecated(type)
                + (type.isSealed() && !type.isEnum() ? "sealed " : "")
                + modifiers(kept & ~Modifier.STATIC)
                + kind(type);
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface ";
        }
        if (type.isInterface()) {
            return "interface ";
        }
        return type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
    }

    private static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private Stream<String> members(Class<?> type) {
        List<Class<?>> parts = new ArrayList<>();
        collect(type, parts);
        return Stream.of(
                        supertypes(type, true).map(text -> "extends " + text),
                        supertypes(type, false).map(text -> "implements " + text),
                        permitted(type).map(one -> "permits " + one),
                        parts.stream()
                                .flatMap(part -> Stream.of(part.getDeclaredFields()))
                                .flatMap(ApiListing::field),
                        Stream.of(type.getDeclaredConstructors()).flatMap(made -> constructor(type, made)),
                        parts.stream()
                                .flatMap(part -> Stream.of(part.getDeclaredMethods()))
                                .filter(method -> isSaid(type, method))
                                .map(method -> method(type, method)))
                .flatMap(lines ->
                        lines.sorted(Comparator.comparing(ApiChanges::key)).distinct());
    }

    /// Adds the type, and those that it extends and a program cannot name.
    private void collect(Class<?> type, List<Class<?>> parts) {
        parts.add(type);
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .filter(this::isHidden)
                .forEach(hidden -> collect(hidden, parts));
    }

    /// True for a type of Pitot's that has no lines of its own. Types of libraries are documented by them.
    private boolean isHidden(Class<?> type) {
        return !isListed(type)
                && (loader.equals(type.getClassLoader()) || type.getName().startsWith("dev.pitot."));
    }

    private Stream<String> supertypes(Class<?> type, boolean isClass) {
        Stream<AnnotatedType> direct =
                isClass ? Stream.ofNullable(type.getAnnotatedSuperclass()) : Stream.of(type.getAnnotatedInterfaces());
        Stream<String> own = direct.filter(parent -> !isHidden(TypeText.raw(parent)))
                .map(TypeText::of)
                .filter(text -> !text.equals("Object") && !text.equals("Record") && !text.startsWith("Enum<"));
        Stream<Class<?>> hidden = Stream.concat(
                        Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .filter(this::isHidden);
        return Stream.concat(own, hidden.flatMap(parent -> supertypes(parent, isClass)));
    }

    private static Stream<String> permitted(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).map(TypeText::of) : Stream.empty();
    }

    private static Stream<String> field(Field field) {
        if (!isVisible(field.getModifiers()) || field.isSynthetic()) {
            return Stream.empty();
        }
        return Stream.of(deprecated(field)
                + (field.isEnumConstant()
                        ? "constant "
                        : modifiers(field.getModifiers()) + TypeText.of(field.getAnnotatedType()) + " ")
                + field.getName());
    }

    private static Stream<String> constructor(Class<?> type, Constructor<?> made) {
        boolean isCanonical = type.isRecord()
                && Arrays.equals(
                        made.getParameterTypes(),
                        Stream.of(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
        boolean isSaid = isVisible(made.getModifiers()) && !made.isSynthetic() && !isCanonical && !type.isEnum();
        return isSaid
                ? Stream.of(deprecated(made)
                        + modifiers(made.getModifiers())
                        + TypeText.parameters(made.getTypeParameters())
                        + "new "
                        + type.getSimpleName()
                        + parameters(made))
                : Stream.empty();
    }

    private static boolean isSaid(Class<?> type, Method method) {
        String name = method.getName();
        boolean isAccessor = type.isRecord()
                && method.getParameterCount() == 0
                && Stream.of(type.getRecordComponents())
                        .anyMatch(part -> part.getName().equals(name));
        return isVisible(method.getModifiers())
                && !method.isSynthetic()
                && !isAccessor
                && !COMMON.contains(name)
                && !(type.isEnum() && OF_ENUMS.contains(name));
    }

    private static String method(Class<?> type, Method method) {
        // In a final class or a record, a method is final whether it says so or not.
        boolean isFinal = Modifier.isFinal(type.getModifiers());
        int kept = isFinal ? method.getModifiers() & ~Modifier.FINAL : method.getModifiers();
        boolean hasDefault = method.isDefault() || method.getDefaultValue() != null;
        return deprecated(method)
                + (hasDefault ? "default " : "")
                + modifiers(kept)
                + TypeText.parameters(method.getTypeParameters())
                + TypeText.of(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + parameters(method);
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String parameters(Executable called) {
        AnnotatedType[] types = called.getAnnotatedParameterTypes();
        String list = IntStream.range(0, types.length)
                .mapToObj(index -> called.isVarArgs() && index == types.length - 1
                        ? TypeText.of(types[index]).replaceFirst("\\[]$", "...")
                        : TypeText.of(types[index]))
                .collect(Collectors.joining(", ", "(", ")"));
        String thrown = Stream.of(called.getAnnotatedExceptionTypes())
                .map(TypeText::of)
                .sorted()
                .collect(Collectors.joining(", "));
        return thrown.isEmpty() ? list : list + " throws " + thrown;
    }

    /// A type as the listing writes it.
    private static final class TypeText {
        private TypeText() {}

        static String of(AnnotatedType type) {
            return plain(type.toString());
        }

        static String of(Class<?> type) {
            return plain(type.getName());
        }

        static Class<?> raw(AnnotatedType type) {
            return type.getType() instanceof Class<?> plain
                    ? plain
                    : (Class<?>) ((ParameterizedType) type.getType()).getRawType();
        }

        /// Type parameters with their bounds, and a space where a member follows them.
        static String parameters(TypeVariable<?>[] variables) {
            return variables.length == 0
                    ? ""
                    : Stream.of(variables).map(TypeText::parameter).collect(Collectors.joining(", ", "<", "> "));
        }

        private static String parameter(TypeVariable<?> variable) {
            String bounds = Stream.of(variable.getAnnotatedBounds())
                    .map(TypeText::of)
                    .filter(bound -> !bound.equals("Object"))
                    .collect(Collectors.joining(" & "));
            return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
        }

        private static String plain(String text) {
            return text.replace("@org.jspecify.annotations.Nullable()", "@Nullable")
                    .replace('$', '.')
                    .replaceAll("\\b(?:java\\.lang|dev\\.pitot(?:\\.[a-z]\\w*)*)\\.(?=[A-Z@])", "");
        }
    }
}
