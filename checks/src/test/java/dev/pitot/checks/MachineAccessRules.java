package dev.pitot.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Rules for access to the machine: clock, threads, output, environment and exit, each allowed in a few
/// packages only.
final class MachineAccessRules {
    private static final String[] MAY_START_THREADS = {
        "dev.pitot.engine..",
        "dev.pitot.client..",
        "dev.pitot.metrics..",
        "dev.pitot.message..",
        "dev.pitot.probe..",
        "dev.pitot.lab..",
        "dev.pitot.cli..",
        "dev.pitot.testkit..",
        "dev.pitot.dist..",
        "dev.pitot.examples.."
    };

    private MachineAccessRules() {}

    static Stream<HouseRule> rules() {
        return Stream.of(clock(), threads(), executors(), output(), exit(), environment(), sleep());
    }

    private static HouseRule clock() {
        return door(
                nameMatching(
                                "dev\\.pitot\\.(engine\\..*SystemClock|lab\\.time\\.MachineClock|message\\.MonotonicClock|probe\\..*Clock"
                                        + "|testkit\\.(DelayedLink|QueueReader))")
                        .forSubtype(),
                access(System.class, "nanoTime", "currentTimeMillis"),
                "final java.util.function.LongSupplier it = System::nanoTime;");
    }

    private static HouseRule threads() {
        return door(
                resideInAnyPackage(MAY_START_THREADS),
                access(Thread.class, "ofVirtual", "ofPlatform", "startVirtualThread", "<init>"),
                "final Thread it = new Thread();");
    }

    private static HouseRule executors() {
        return door(
                resideInAnyPackage(MAY_START_THREADS),
                describe(
                        "create an executor",
                        access -> access.getTargetOwner().getName().equals("java.util.concurrent.Executors")),
                "final Object it = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();");
    }

    private static HouseRule output() {
        return HouseRule.main(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("dev.pitot.cli..", "dev.pitot.dist..", "dev.pitot.examples..")
                        .should(ACCESS_STANDARD_STREAMS),
                inSocket("final Object it = System.out;"));
    }

    private static HouseRule exit() {
        return door(
                resideInAnyPackage("dev.pitot.cli..", "dev.pitot.dist..", "dev.pitot.examples.."),
                access(System.class, "exit").or(access(Runtime.class, "exit", "halt")),
                "void it() { Runtime.getRuntime().halt(1); }");
    }

    private static HouseRule environment() {
        return door(
                resideInAnyPackage("dev.pitot.cli..", "dev.pitot.testkit.."),
                access(System.class, "getenv"),
                "final Object it = System.getenv();");
    }

    private static HouseRule sleep() {
        return HouseRule.tests(
                noClasses()
                        .should()
                        .accessTargetWhere(access(Thread.class, "sleep").or(access(TimeUnit.class, "sleep"))),
                inSocket("void it() throws InterruptedException { Thread.sleep(1); }"));
    }

    private static HouseRule door(
            DescribedPredicate<JavaClass> mayUse, DescribedPredicate<JavaAccess<?>> use, String violation) {
        return HouseRule.main(noClasses().that(not(mayUse)).should().accessTargetWhere(use), inSocket(violation));
    }

    private static DescribedPredicate<JavaAccess<?>> access(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                "call " + owner.getSimpleName() + " " + wanted,
                access -> access.getTargetOwner().isEquivalentTo(owner) && wanted.contains(access.getName()));
    }

    /// Returns a class in a package where none of these is allowed.
    private static String inSocket(String member) {
        return "package dev.pitot.socket; class Intruder { " + member + " }";
    }
}
