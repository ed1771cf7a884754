package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitot.command.CommandWords.Flag;
import dev.pitot.command.CommandWords.Value;
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
    private static final CommandWords PING = new CommandWords(
            "ping",
            List.of(
                    new Flag(List.of("-n"), "so many pings, it's said", Value.TEXT, List.of()),
                    new Flag(List.of("--protocol"), "which [protocol]", Value.TEXT, List.of("legume", "extended")),
                    new Flag(List.of("-h", "--help"), "show this", Value.NONE, List.of())),
            List.of(),
            false);
    private static final CommandWords RUN = new CommandWords(
            "run", List.of(new Flag(List.of("--output"), "where results go", Value.FILE, List.of())), List.of(), true);
    private static final List<CommandWords> OWN = List.of(
            new CommandWords("loopback", List.of(), List.of(), false),
            new CommandWords(
                    "exporter",
                    List.of(new Flag(List.of("--at-once"), "how many", Value.TEXT, List.of())),
                    List.of(),
                    false),
            new CommandWords("message", List.of(), List.of(PING, command("serve")), false),
            new CommandWords("lab", List.of(), List.of(RUN, command("list")), false),
            new CommandWords("completion", List.of(), List.of(command("bash"), command("zsh")), false));

    @TempDir
    Path folder;

    private static CommandWords command(String name) {
        return new CommandWords(name, List.of(), List.of(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyOptionIsInEveryScript(String shell) throws UsageException {
        String script = script(shell);

        for (Option option : OptionTable.ALL) {
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
                "pitot exporter --at-once 1 --at | --at-once",
                "pitot message p | ping",
                "pitot message ping --p | --protocol",
                "pitot message ping -n 5 --protocol e | extended",
                "pitot lab run --o | --output",
                "pitot lab li | list",
                "pitot loopback --rep | --repeating-payload",
                "pitot -C r | reno",
                "pitot --congestion r | reno",
                "pitot --bind-dev l | lo",
                "pitot completion z | zsh"
            })
    void bashCompletes(String typed, String expected) throws Exception {
        assumeThat(isNeeded("bash")).isTrue();
        List<String> words = List.of(typed.split(" ", -1));
        String run = "source " + file("bash") + "; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.size() - 1)
                + "; _pitot; echo \"${COMPREPLY[@]}\"";

        assertThat(output("bash", "--norc", "-ec", run).strip()).isEqualTo(expected);
    }

    @Test
    void bashCompletesPlansWithTheOptionsOfLabRun() throws Exception {
        assumeThat(isNeeded("bash")).isTrue();
        Files.createFile(folder.resolve("plan.yaml"));

        String run = "cd " + folder + "; source " + file("bash") + "; COMP_WORDS=(pitot lab run ''); COMP_CWORD=3"
                + "; _pitot; printf '%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(output("bash", "--norc", "-ec", run).lines()).contains("--output", "plan.yaml");
    }

    /// Arguments passed to zsh's own function.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pitot message ping '' | --protocol[which \\[protocol\\]]:value:(legume extended)",
                "pitot message '' | 2:kind:(ping serve)",
                "pitot lab run '' | --output[where results go]:file:_files",
                "pitot lab run '' | *:file:_files",
                "pitot exporter '' | --at-once[how many]:value: ",
                "pitot -c h '' | --bind-dev[bind to the network interface <dev> (Linux only)]:value:{compadd --"
                        + " $(ls /sys/class/net 2>/dev/null)}"
            })
    void zshCompletes(String typed, String expected) throws Exception {
        assumeThat(isNeeded("zsh")).isTrue();

        String run = "compdef() {}; _arguments() { print -rl -- \"$@\" }; words=(" + typed + "); source " + file("zsh")
                + "; _pitot";

        assertThat(output("zsh", "-fc", run).lines().map(String::strip)).contains(expected.strip());
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
                "pitot message p | ping",
                "pitot message ping --p | --protocol",
                "pitot message ping --protocol e | extended",
                "pitot lab run --o | --output",
                "pitot -C r | reno",
                "pitot --bind-dev l | lo",
                "pitot --push.r | --push.retries",
                "pitot --push.ret | retries of a failed push, 0 to 10 (default 0)",
                "pitot --metrics.l | serve the metrics to Prometheus at http://addr:port/metrics"
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
                (Request.ShellCompletion) CommandLine.parse(List.of("completion", shell), () -> null, Environment.NONE);
        return request.shell().script(OWN);
    }

    private Path file(String shell) throws IOException, UsageException {
        return Files.writeString(folder.resolve("completion." + shell), script(shell));
    }

    /// True if `CI=true`: then a missing shell fails its test.
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
