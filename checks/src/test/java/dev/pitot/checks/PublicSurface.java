package dev.pitot.checks;

import static com.tngtech.archunit.core.domain.JavaModifier.BRIDGE;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Size of the public API, counted per package that a module exports to all modules.
///
/// A type counts if it and every enclosing type are public. A member counts if it is a public or
/// protected field, constructor or method that such a type declares itself, including enum constants
/// and record accessors. Not counted are `equals`, `hashCode` and `toString`, an enum's `values` and
/// `valueOf`, and members that only the compiler needs (bridges, synthetic members).
final class PublicSurface {
    private static final Pattern EXPORT = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);
    private static final Set<String> COMMON = Set.of("equals", "hashCode", "toString");
    private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

    private PublicSurface() {}

    /// Returns one line per package, and a line with the totals: name, public types, public members.
    ///
    /// @param packages in the order of the lines
    static List<String> count(JavaClasses classes, List<String> packages) {
        List<String> lines = new ArrayList<>();
        long allTypes = 0;
        long allMembers = 0;
        for (String name : packages) {
            List<JavaClass> types = classes.stream()
                    .filter(type -> type.getPackageName().equals(name) && isPublic(type))
                    .toList();
            long members = types.stream().mapToLong(PublicSurface::members).sum();
            lines.add(name + " " + types.size() + " " + members);
            allTypes += types.size();
            allMembers += members;
        }
        lines.add("all " + allTypes + " " + allMembers);
        return lines;
    }

    /// Names of the packages that any other module may use.
    static List<String> exportedPackages() throws IOException {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.map(module -> module.resolve("src/main/java/module-info.java"))
                    .filter(Files::isRegularFile)
                    .flatMap(PublicSurface::exports)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> exports(Path descriptor) {
        try {
            return EXPORT.matcher(Files.readString(descriptor)).results().map(export -> export.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(PUBLIC)
                && type.getEnclosingClass().map(PublicSurface::isPublic).orElse(true)
                && !type.getSimpleName().equals("package-info");
    }

    private static long members(JavaClass type) {
        return Stream.of(type.getFields(), type.getConstructors(), type.getMethods())
                .flatMap(Set::stream)
                .filter(member -> isSaid(type, member))
                .count();
    }

    private static boolean isSaid(JavaClass type, JavaMember member) {
        Set<?> modifiers = member.getModifiers();
        boolean isVisible = modifiers.contains(PUBLIC) || modifiers.contains(PROTECTED);
        boolean isMade = modifiers.contains(SYNTHETIC) || modifiers.contains(BRIDGE);
        boolean isCommon = COMMON.contains(member.getName()) || (type.isEnum() && OF_ENUMS.contains(member.getName()));
        return isVisible && !isMade && !isCommon;
    }
}
