package dev.pitot.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;
import java.util.stream.Stream;

/// Rules for types: values, names, fields, inheritance, nullness and exceptions.
final class StyleRules {
    private static final String BAD_NAMES = ".*\\.((Abstract|Base)[A-Z]\\w*|\\w*(Impl|Utils?|Helper|Manager))";
    private static final Set<String> NAMELESS =
            Set.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException");

    private StyleRules() {}

    static Stream<HouseRule> rules() {
        return Stream.of(
                names(),
                values(),
                noPublicInstanceFields(),
                noStaticMutableState(),
                inheritanceDepth(),
                finalClasses(),
                nullMarked(),
                exceptionsHaveNames(),
                testsArePackagePrivate());
    }

    private static HouseRule names() {
        return HouseRule.all(
                classes().should().haveNameNotMatching(BAD_NAMES),
                "package dev.pitot.engine; final class SocketUtil {}");
    }

    private static HouseRule values() {
        return HouseRule.main(
                classes()
                        .that()
                        .resideInAPackage("dev.pitot.model..")
                        .and()
                        .resideOutsideOfPackages(
                                "dev.pitot.model.metric", // counting, and labels
                                "dev.pitot.model.sample", // arithmetic
                                "dev.pitot.model.text") // an encoding
                        .should(ArchCondition.from(describe(
                                "be records, enums, sealed, exceptions, builders or interfaces for others to implement",
                                StyleRules::isValue))),
                "package dev.pitot.model.config; public final class Settings { int port; }");
    }

    /// True for value types, and for interfaces that others implement: listeners, reporters, clocks and
    /// user directories.
    private static boolean isValue(JavaClass type) {
        return type.isRecord()
                || type.isEnum()
                || type.isAnonymousClass()
                || type.getSimpleName().equals("package-info")
                || type.getSimpleName().equals("Builder")
                || type.getSimpleName().equals("KernelValues") // a value: as a record its array could be changed
                || type.getPackageName().matches("dev.pitot.model.(finding|latency)") // arithmetic over values
                || type.isAssignableTo(Throwable.class)
                || ClassFiles.isSealed(type)
                || (type.isInterface() && type.getSimpleName().matches("\\w*(Listener|Reporter|Clock|Users)"));
    }

    private static HouseRule noPublicInstanceFields() {
        return HouseRule.main(
                fields().that().areNotStatic().should().notBePublic(),
                "package dev.pitot.engine; final class Open { public final int door = 1; }");
    }

    private static HouseRule noStaticMutableState() {
        return HouseRule.main(
                fields().that().areStatic().should().beFinal(),
                "package dev.pitot.engine; final class Shared { static int count; }");
    }

    private static HouseRule inheritanceDepth() {
        return HouseRule.main(
                classes()
                        .should(ArchCondition.from(
                                describe("have at most one superclass of our own", StyleRules::isFlat))),
                "package dev.pitot.engine; class First {}",
                "package dev.pitot.engine; class Second extends First {}",
                "package dev.pitot.engine; final class Third extends Second {}");
    }

    private static boolean isFlat(JavaClass type) {
        return type.getAllRawSuperclasses().stream()
                        .filter(ancestor -> ancestor.getPackageName().startsWith("dev.pitot"))
                        .count()
                <= 1;
    }

    private static HouseRule finalClasses() {
        return HouseRule.main(
                classes()
                        .that()
                        .areTopLevelClasses()
                        .and()
                        .areNotInterfaces()
                        .and()
                        .areNotEnums()
                        .and()
                        .doNotHaveModifier(ABSTRACT)
                        .should()
                        .haveModifier(FINAL),
                "package dev.pitot.engine; class Extensible {}");
    }

    private static HouseRule nullMarked() {
        return HouseRule.all(
                classes()
                        .should(ArchCondition.from(
                                describe("live in a @NullMarked package", StyleRules::isNullMarked))),
                "package dev.pitot.engine.unmarked; final class Unmarked {}");
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
    }

    private static HouseRule exceptionsHaveNames() {
        return HouseRule.main(
                noClasses().should().callConstructorWhere(makesNamelessException()),
                "package dev.pitot.engine; final class Vague { RuntimeException it() { return new RuntimeException(); } }");
    }

    /// Constructors of named exceptions may call those of the general ones.
    private static DescribedPredicate<JavaConstructorCall> makesNamelessException() {
        return describe(
                "create an exception of a general type",
                call -> NAMELESS.contains(call.getTargetOwner().getName())
                        && !call.getOriginOwner().isAssignableTo(Throwable.class));
    }

    private static HouseRule testsArePackagePrivate() {
        return HouseRule.tests(
                classes().that().haveSimpleNameEndingWith("Test").should().bePackagePrivate(),
                "package dev.pitot.engine; public class LoudTest {}");
    }
}
