package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The AOT cache in the packages. With `-XX:AOTMode=on` the JVM does not start without it.
@Tag("slow")
@Needs(Tool.PACKAGE)
class AotCacheTest {
    private static final Map<String, String> REQUIRED = Map.of("PITOT_JAVA_OPTS", "-XX:AOTMode=on");

    @Test
    void isUsedAtAnotherPath() throws Exception {
        ChildProcess.Exit exit = version(LinkedTree.at(LinkedTree.folder().resolve("elsewhere")), REQUIRED);

        assertThat(exit.code()).as(exit.stdout()).isZero();
    }

    @Test
    void isLeftAsideIfTheJarsHaveAnotherTime() throws Exception {
        Path folder = LinkedTree.folder().resolve("elsewhere");
        Path pitot = LinkedTree.at(folder);
        Path jar = anyJar(folder);
        byte[] content = Files.readAllBytes(jar);
        Files.delete(jar); // a link to the tested tree
        Files.write(jar, content);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

        assertThat(version(pitot, REQUIRED).code()).isEqualTo(1);
        assertThat(version(pitot, Map.of()).stdout()).startsWith("iperf 3.");
    }

    @Test
    void isNotMissedWhereThereIsNone() throws Exception {
        Path folder = LinkedTree.folder().resolve("elsewhere");
        Path pitot = LinkedTree.at(folder);
        Files.delete(folder.resolve("lib/pitot").resolve(AotCache.FILE));

        assertThat(version(pitot, Map.of()).stdout()).startsWith("iperf 3.");
    }

    @Test
    void hasWhatALoopbackTestLoads() throws Exception {
        Path pitot = BuiltPackages.tree().file("bin/pitot");

        try (ChildProcess loopback = ChildProcess.start(
                List.of(pitot.toString(), "loopback", "-t", "1"),
                Map.of("PITOT_JAVA_OPTS", "-Xlog:class+load:stdout"))) {
            ChildProcess.Exit exit = loopback.awaitExit();
            List<String> loaded = exit.stdout()
                    .lines()
                    .filter(line -> line.contains("source: "))
                    .toList();

            assertThat(exit.code()).as(exit.stderr()).isZero();
            assertThat(loaded).hasSizeGreaterThan(1000);
            // some of an old library's classes cannot be in a cache
            assertThat(loaded.stream().filter(line -> line.contains(".jar"))).hasSizeLessThan(20);
        }
    }

    private static Path anyJar(Path folder) throws Exception {
        return BuiltPackages.tree().entries().stream()
                .filter(entry -> entry.path().endsWith(".jar"))
                .map(entry -> folder.resolve(entry.path()))
                .findFirst()
                .orElseThrow();
    }

    private static ChildProcess.Exit version(Path pitot, Map<String, String> variables) throws Exception {
        try (ChildProcess version = ChildProcess.start(List.of(pitot.toString(), "--version"), variables)) {
            return version.awaitExit();
        }
    }
}
