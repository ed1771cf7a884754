package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@Needs({Tool.DEBIAN, Tool.PACKAGE})
class DebianPackageTest {
    private static final Path DEBIAN = Path.of("src/main/debian");

    @Test
    void lintianHasNoErrors() throws Exception {
        ChildProcess.Exit exit = run("lintian", "--allow-root", "--fail-on=error", deb());

        assertThat(exit.code()).as(exit.stdout() + exit.stderr()).isZero();
        assertThat(exit.stdout()).doesNotContain("E: ");
    }

    @Test
    void everyOverrideHasAReason() throws IOException {
        List<String> unexplained = new ArrayList<>();
        boolean isExplained = false;
        boolean wasComment = false;
        for (String line : Files.readAllLines(DEBIAN.resolve("lintian-overrides"))) {
            boolean isComment = line.startsWith("#");
            isExplained = isComment || (isExplained && !line.isBlank());
            if (!isExplained) {
                unexplained.add(line);
            }
            wasComment |= isComment;
        }

        assertThat(wasComment).isTrue();
        assertThat(unexplained).isEmpty();
    }

    @Test
    void needsTheCLibraryAloneAndConflictsWithNothing() throws Exception {
        assertThat(field("Depends")).matches("libc6 \\(>= 2\\.\\d+\\)");
        assertThat(field("Conflicts") + field("Breaks") + field("Replaces")).isEmpty();
        assertThat(field("Architecture"))
                .isEqualTo(BuiltPackages.tree().build().platform().debianName());
    }

    @Test
    void aSnapshotSortsBeforeItsRelease() throws Exception {
        assertThat(run(
                                "dpkg",
                                "--compare-versions",
                                DebianPackage.version("1.2.0-SNAPSHOT"),
                                "lt",
                                DebianPackage.version("1.2.0"))
                        .code())
                .isZero();
        assertThat(run(
                                "dpkg",
                                "--compare-versions",
                                DebianPackage.version("1.2.0"),
                                "lt",
                                DebianPackage.version("1.2.1-SNAPSHOT"))
                        .code())
                .isZero();
    }

    @Test
    void everyJarHasItsLicence() throws IOException {
        List<Pattern> known = Files.readAllLines(DEBIAN.resolve("copyright")).stream()
                .map(line -> line.replaceFirst("^Files:", "").strip())
                .filter(line -> line.startsWith("usr/lib/pitot/app/"))
                .map(line -> Pattern.compile(
                        line.replaceFirst(".*/", "").replace(".", "\\.").replace("*", ".*")))
                .toList();

        try (Stream<Path> jars = Files.list(BuiltPackages.tree().file(ProgramTree.HOME + "/app"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(jar -> !jar.startsWith("pitot-")))
                    .isNotEmpty()
                    .allMatch(jar -> known.stream()
                            .anyMatch(pattern -> pattern.matcher(jar).matches()));
        }
    }

    @Test
    void theSandboxOfTheServiceIsTight() throws Exception {
        for (String unit : List.of("pitot.service", "pitot@.service")) {
            ChildProcess.Exit exit = run(
                    "systemd-analyze",
                    "security",
                    "--offline=true",
                    "--threshold=20",
                    DEBIAN.resolve(unit).toAbsolutePath().toString());

            assertThat(exit.code()).as(exit.stdout()).isZero();
        }
    }

    @Test
    void theSandboxIsTheSameForEveryPort() throws IOException {
        assertThat(sandbox("pitot@.service")).isEqualTo(sandbox("pitot.service"));
    }

    private static String sandbox(String unit) throws IOException {
        String content = Files.readString(DEBIAN.resolve(unit));
        return content.substring(content.indexOf("Restart="));
    }

    private static String deb() {
        return BuiltPackages.named(".deb").toString();
    }

    private static String field(String name) throws Exception {
        return run("dpkg-deb", "--field", deb(), name).stdout().strip();
    }

    private static ChildProcess.Exit run(String... command) throws Exception {
        try (ChildProcess process = ChildProcess.start(List.of(command))) {
            return process.awaitExit();
        }
    }
}
