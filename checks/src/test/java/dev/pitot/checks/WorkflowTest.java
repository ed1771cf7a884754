package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The workflow of the code host runs the commands of this tree, on both architectures and with no more
/// rights than it needs.
class WorkflowTest {
    private static final Pattern OWN_COMMAND = Pattern.compile("\\./([\\w/.-]+)");
    private static final Pattern USES = Pattern.compile("(?m)^ *- uses: *(.*)$");
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    private final Path root = SourceTree.root();
    private final Path file = root.resolve(".github/workflows/verify.yml");
    private final Map<String, Object> workflow;
    private final Map<String, Object> job;

    WorkflowTest() throws IOException {
        workflow = YamlFile.read(file);
        job = YamlFile.map(YamlFile.map(workflow.get("jobs")).get("verify"));
    }

    private List<String> commands() {
        return YamlFile.maps(job.get("steps")).stream()
                .flatMap(step -> Stream.ofNullable(step.get("run")))
                .map(Object::toString)
                .toList();
    }

    @Test
    void itRunsTheCommandsOfThisTree() {
        List<String> own = new ArrayList<>();
        commands().forEach(command -> OWN_COMMAND.matcher(command).results().forEach(found -> own.add(found.group(1))));

        assertThat(own)
                .containsExactly("verify", "package")
                .allSatisfy(command -> assertThat(root.resolve(command)).isExecutable());
    }

    @Test
    void whatCannotBeTestedFailsThere() {
        assertThat(YamlFile.map(job.get("env"))).containsEntry("CI", "true");
    }

    @Test
    void itRunsForChangesAndOnBothArchitectures() {
        Map<String, Object> matrix =
                YamlFile.map(YamlFile.map(job.get("strategy")).get("matrix"));

        assertThat(YamlFile.map(workflow.get("on"))).containsKeys("push", "pull_request");
        assertThat(YamlFile.maps(matrix.get("include")))
                .extracting(machine -> machine.get("architecture"))
                .containsExactly("x64", "arm64");
        assertThat(job).containsEntry("runs-on", "${{ matrix.runner }}").containsKey("timeout-minutes");
    }

    @Test
    void itMayOnlyRead() {
        assertThat(YamlFile.map(workflow.get("permissions"))).containsExactly(Map.entry("contents", "read"));
        assertThat(job).doesNotContainKey("permissions");
        assertThat(commands()).noneMatch(command -> command.contains("${{"));
    }

    @Test
    void actionsAreOfOneCommitEach() throws IOException {
        List<String> actions = USES.matcher(Files.readString(file))
                .results()
                .map(action -> action.group(1))
                .toList();

        assertThat(actions).hasSize(3).allSatisfy(action -> assertThat(action).matches(PINNED));
    }

    @Test
    void thePackagesAreUploaded() {
        Map<String, Object> upload = YamlFile.maps(job.get("steps")).getLast();

        assertThat(YamlFile.text(upload, "uses")).startsWith("actions/upload-artifact@");
        assertThat(YamlFile.map(upload.get("with")))
                .containsEntry("path", "dist/target/packages/")
                .containsEntry("if-no-files-found", "error");
    }
}
