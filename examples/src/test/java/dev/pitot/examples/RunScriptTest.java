package dev.pitot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Runs `examples/run` in a copy of the repository that is already built, with this test's classes.
@DisabledOnOs(OS.WINDOWS)
@Timeout(180) // each run starts a compiler
class RunScriptTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path SOURCES = Path.of("examples/src/main/java/dev/pitot/examples");

    @TempDir
    private Path folder;

    @BeforeEach
    void build() throws IOException {
        Path app = Files.createDirectories(folder.resolve("cli/target/app"));
        List<String> classPath = Stream.of(
                        System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .filter(path -> !path.isEmpty() && !isOfExamples(path))
                .toList();
        for (int i = 0; i < classPath.size(); i++) { // folders work like jars, whatever their names
            Files.createSymbolicLink(
                    app.resolve(i + ".jar"), Path.of(classPath.get(i)).toAbsolutePath());
        }
        Files.createFile(app.resolve("ready"));
        Files.createDirectories(folder.resolve("libexec"));
        Files.createDirectories(folder.resolve(SOURCES));
        for (String file : List.of("libexec/find-java", "examples/run")) {
            Files.copy(REPOSITORY.resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (Stream<Path> sources = Files.list(REPOSITORY.resolve(SOURCES))) {
            for (Path source : sources.toList()) {
                Files.copy(source, folder.resolve(SOURCES).resolve(source.getFileName()));
            }
        }
    }

    /// True for this module's own classes, which must not stand in for what the script compiles.
    private static boolean isOfExamples(String entry) {
        return Path.of(entry).toAbsolutePath().startsWith(REPOSITORY.resolve("examples/target"));
    }

    private ChildProcess.Exit run(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("examples/run").toString()));
        command.addAll(List.of(words));
        try (ChildProcess script =
                ChildProcess.start(command, Map.of("PITOT_JAVA_HOME", System.getProperty("java.home")))) {
            return script.awaitExit();
        }
    }

    @Test
    void runsAnExampleFromItsFile() throws Exception {
        ChildProcess.Exit exit = run("MessageChat");

        assertThat(exit.code()).as(exit.stderr()).isZero();
        assertThat(exit.stdout().lines()).containsExactlyInAnyOrder("Ann: hello", "Ann is at 1.5, -2.0");
    }

    @Test
    void passesArgumentsAndTheExitCodeOn() throws Exception {
        ChildProcess.Exit exit = run("FactorySuite", "127.0.0.1", "1");

        assertThat(exit.code()).as(exit.stderr()).isEqualTo(1);
        assertThat(exit.stdout()).contains("bandwidth/up FAILED unable to connect to server");
    }

    @Test
    void withoutANameItListsThem() throws Exception {
        ChildProcess.Exit none = run();
        ChildProcess.Exit wrong = run("LiveClint");

        assertThat(none.code()).isEqualTo(1);
        assertThat(none.stderr())
                .startsWith("usage: ")
                .contains("\n    LiveClient\n")
                .doesNotContain("package-info");
        assertThat(wrong.stderr())
                .startsWith("examples/run: there is no example 'LiveClint'.\nusage: ")
                .endsWith(none.stderr());
    }
}
