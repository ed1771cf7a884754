package dev.pitot.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/// Third-party packages that may be used in a few packages only, or nowhere.
final class DependencyRules {
    private DependencyRules() {}

    static Stream<HouseRule> rules() {
        return Stream.of(
                fenceOfLibrary("picocli", "dev.pitot.cli..", "dev.pitot.dist.manual.."),
                fenceOfLibrary(
                        "com.fasterxml.jackson.core",
                        "dev.pitot.wire..",
                        "dev.pitot.output..",
                        "dev.pitot.metrics..",
                        "dev.pitot.probe.rpm.."),
                fenceOfLibrary(
                        "org.HdrHistogram",
                        "dev.pitot.engine.stream..",
                        "dev.pitot.engine.latency..",
                        "dev.pitot.message.probe..",
                        "dev.pitot.probe.."),
                fenceOfLibrary("io.prometheus.metrics", "dev.pitot.metrics.."),
                fenceOfLibrary("io.opentelemetry", "dev.pitot.metrics.otel.."),
                fenceOfLibrary("io.micrometer", "dev.pitot.metrics.micrometer.."),
                fenceOfLibrary("org.snakeyaml", "dev.pitot.lab.plan.."),
                fenceOfLibrary("org.apache.sshd", "dev.pitot.lab.remote.."),
                fenceOfLibrary("org.apache.commons.net", "dev.pitot.lab.remote.."),
                fence(
                        "javax.net.ssl",
                        "SSLEngine",
                        "dev.pitot.message.dtls..",
                        "dev.pitot.metrics.push..",
                        "dev.pitot.probe.rpm.."),
                fenceOfLibrary("org.junit.jupiter.api", "dev.pitot.testkit.."),
                fenceOfLibrary("org.openjdk.jmh"), // GPL: nothing that is published may have it
                fence("java.lang.foreign", "Arena", "dev.pitot.socket.linux.."),
                fence("java.util.logging", "Logger"),
                noMocks());
    }

    private static HouseRule fence(String guests, String guest, String... hosts) {
        return HouseRule.main(only(guests, hosts), host(guests, guest));
    }

    /// The violation declares its own class of the library, since the library may be absent here.
    private static HouseRule fenceOfLibrary(String guests, String... hosts) {
        return HouseRule.main(
                only(guests, hosts), "package " + guests + "; public class Stub {}", host(guests, "Stub"));
    }

    private static ArchRule only(String guests, String... hosts) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(hosts)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(guests + "..");
    }

    private static String host(String guests, String guest) {
        return "package dev.pitot.engine; final class Host { " + guests + "." + guest + " it; }";
    }

    private static HouseRule noMocks() {
        return HouseRule.all(
                noClasses().should().dependOnClassesThat().resideInAnyPackage("org.mockito..", "org.easymock.."),
                "package org.mockito; public class Mockito {}",
                "package dev.pitot.engine; class Mocking { org.mockito.Mockito it; }");
    }
}
