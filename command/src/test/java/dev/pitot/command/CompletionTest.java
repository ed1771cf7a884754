package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CompletionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyOptionIsInEveryScript(String shell) throws UsageException {
        String script = script(shell);

        for (Option option : Option.values()) {
            for (String name : option.names()) {
                assertThat(script).contains((shell.equals("fish") ? " -l " : "--") + name);
            }
        }
        assertThat(script).contains("loopback");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pitot --rep | --repeating-payload",
                "pitot --push.r | --push.retries",
                "pitot lo | loopback",
                "pitot -c h --socket p | portable",
                "pitot -c h -f K | K",
                "pitot exporter --at | --at-once",
                "pitot completion z | zsh"
            })
    void bashCompletes(String typed, String expected) throws Exception {
        assumeThat(isNeeded("bash")).isTrue();
        List<String> words = List.of(typed.split(" ", -1));
        String run = "source " + file("bash") + "; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.size() - 1)
                + "; _pitot; echo \"${COMPREPLY[@]}\"";

        assertThat(output("bash", "--norc", "-ec", run).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void theShellItselfFindsNoFault(String shell) throws Exception {
        assumeThat(isNeeded(shell)).isTrue();

        assertThat(output(shell, "-n", file(shell).toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pitot exporter --at | --at-once",
                "pitot completion z | zsh",
                "pitot --push.r | --push.retries",
                "pitot --push.ret | of a push that failed, 0 to 10 (default 0)",
                "pitot --metrics.l | let Prometheus read them at http://addr:port/metrics"
            })
    void fishCompletes(String typed, String expected) throws Exception {
        assumeThat(isNeeded("fish")).isTrue();

        String words = output("fish", "--no-config", "-c", "source " + file("fish") + "; complete -C '" + typed + "'");

        assertThat(words).contains(expected);
    }

    @Test
    void anotherShellIsRefusedWithASentence() {
        assertThatThrownBy(() -> script("csh"))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - completion is for bash, zsh or fish, not for 'csh'");
    }

    private static String script(String shell) throws UsageException {
        var request =
                (Request.ShellCompletion) CommandLine.parse(List.of("completion", shell), () -> null, Variables.NONE);
        return request.script();
    }

    private Path file(String shell) throws IOException, UsageException {
        return Files.writeString(folder.resolve("completion." + shell), script(shell));
    }

    /// Where the environment says `CI=true`, a shell that is missing fails its test.
    private static boolean isNeeded(String program) {
        return "true".equals(System.getenv("CI"))
                || Files.isExecutable(Path.of("/usr/bin", program))
                || Files.isExecutable(Path.of("/bin", program));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
