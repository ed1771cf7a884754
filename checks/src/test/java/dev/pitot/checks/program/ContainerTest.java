package dev.pitot.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.SourceTree;
import dev.pitot.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Checks the container image's description, as far as possible without Docker.
@Tag("slow")
class ContainerTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (--from=build )?(\\S+) \\S+$");

    private final Path root = SourceTree.root();
    private final String image;

    ContainerTest() throws IOException {
        image = Files.readString(root.resolve("deploy/Dockerfile"));
    }

    private List<String> entryPoint() {
        String line = image.lines()
                .filter(words -> words.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        return WORD.matcher(line).results().map(word -> word.group(1)).toList();
    }

    @Test
    @Timeout(180)
    void theEntryPointRunsTheProgram() throws Exception {
        List<String> command = new ArrayList<>(entryPoint());
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.replaceAll(word -> word.equals("/app/*") ? System.getProperty("java.class.path") : word);
        command.add("--version");

        try (ChildProcess program = ChildProcess.start(command)) {
            ChildProcess.Exit exit = program.awaitExit();

            assertThat(exit.code()).as(exit.stderr()).isZero();
            assertThat(exit.stdout()).startsWith("iperf 3.");
        }
    }

    @Test
    void theJvmHasTheLaunchersOptions() throws IOException {
        List<String> options = Files.readAllLines(root.resolve("libexec/jvm-options")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();

        assertThat(options).hasSizeGreaterThan(5);
        assertThat(entryPoint()).containsAll(options);
    }

    @Test
    void whatIsCopiedIsThere() throws IOException {
        List<MatchResult> copies = COPY.matcher(image).results().toList();

        assertThat(copies).hasSize((int)
                image.lines().filter(line -> line.startsWith("COPY ")).count());
        for (MatchResult copy : copies) {
            if (copy.group(1) == null) {
                assertThat(root.resolve(copy.group(2))).exists();
            } else { // made by the previous stage, at the path set in module cli
                assertThat(copy.group(2)).isEqualTo("/src/cli/target/app/");
                assertThat(Files.readString(root.resolve("cli/pom.xml")))
                        .contains("<outputDirectory>${project.build.directory}/app</outputDirectory>");
            }
        }
    }

    @Test
    void itRunsWithoutPrivilegesAndShowsItsPorts() {
        assertThat(image)
                .containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$")
                .contains("5201/tcp", "5201/udp", "9579/tcp");
    }

    @Test
    void theComposeFileBuildsIt() throws IOException {
        assertThat(Files.readString(root.resolve("deploy/compose.yaml"))).contains("dockerfile: deploy/Dockerfile");
    }
}
