package dev.pitot.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Allowed dependencies between modules, as in docs/design.md, and restrictions of the lowest ones.
final class LayerRules {
    private LayerRules() {}

    static Stream<HouseRule> rules() {
        return Stream.concat(layers(), Stream.of(noCycles(), valuesKnowNoMachine()));
    }

    private static Stream<HouseRule> layers() {
        return Stream.of(
                layer("model"),
                layer("wire", "model"),
                layer("socket", "model"),
                layer("command", "model", "wire"),
                layer("engine", "model", "wire", "socket"),
                layer("output", "model"),
                layer("client", "model", "command", "socket", "engine", "output"),
                layer("metrics", "model"),
                layer(
                        "message",
                        "model",
                        "message-probe"), // whose packages are below; Maven keeps message from using it
                layer("probe", "model"),
                layer("lab", "model", "command", "output"),
                layer(
                        "cli",
                        "model",
                        "wire",
                        "command",
                        "socket",
                        "engine",
                        "output",
                        "client",
                        "metrics",
                        "message",
                        "message-probe",
                        "probe",
                        "lab"),
                layer("testkit", "model"),
                layer("examples", "model", "engine", "output", "client", "metrics", "message", "message-probe", "lab"),
                layer("dist", "command", "cli"));
    }

    private static HouseRule layer(String module, String... below) {
        Set<String> known = Set.of(below);
        List<String> foreign = SourceTree.MODULES.stream()
                .filter(other -> !other.equals(module) && !known.contains(other))
                .toList();
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.pitot." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign.stream()
                        .map(other -> "dev.pitot." + other.replace('-', '.') + "..")
                        .toArray(String[]::new));
        String stranger = foreign.getFirst();
        return HouseRule.main(
                rule,
                "package dev.pitot." + stranger + "; public final class Stranger {}",
                "package dev.pitot." + module + "; final class Guest { dev.pitot." + stranger + ".Stranger it; }");
    }

    private static HouseRule noCycles() {
        return HouseRule.main(
                slices().matching("dev.pitot.(**)").should().beFreeOfCycles(),
                "package dev.pitot.engine.egg; public final class Egg { dev.pitot.engine.hen.Hen of; }",
                "package dev.pitot.engine.hen; public final class Hen { dev.pitot.engine.egg.Egg of; }");
    }

    private static HouseRule valuesKnowNoMachine() {
        return HouseRule.main(
                noClasses()
                        .that()
                        .resideInAnyPackage("dev.pitot.model..", "dev.pitot.wire..")
                        .and() // converts text to a path, but opens no file
                        .doNotHaveFullyQualifiedName("dev.pitot.model.text.SystemPath")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent.."),
                "package dev.pitot.model; record Address(java.net.InetAddress host) {}");
    }
}
