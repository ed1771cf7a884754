package dev.pitot.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shells find the scripts of a package by themselves, and only for `pitot`.
@Tag("slow")
@Needs(Tool.SHELLS)
class CompletionScriptsTest {
    @TempDir
    static Path share;

    @BeforeAll
    static void write() throws IOException {
        CompletionScripts.write(share);
    }

    @Test
    void bashLoadsItsScriptWhenTheCommandIsFirstCompleted() throws Exception {
        String script = """
                source /usr/share/bash-completion/bash_completion
                loader=$(complete -p -D); loader=${loader#*-F }; ${loader%% *} pitot
                COMP_WORDS=(pitot lab run --ou); COMP_CWORD=3; _pitot; echo "${COMPREPLY[@]}"
                COMP_WORDS=(pitot --push.re); COMP_CWORD=1; _pitot; echo "${COMPREPLY[@]}"
                complete -p iperf3 2>/dev/null || echo nothing for iperf3
                """;

        assertThat(output("bash", "--norc", "-c", script))
                .containsExactly("--output", "--push.retries", "nothing for iperf3");
    }

    @Test
    void zshFindsItsScriptInTheFolderOfFunctions() throws Exception {
        String script = """
                fpath=($1/zsh/site-functions $fpath); autoload -U compinit; compinit -D -u
                print ${_comps[pitot]} ${_comps[iperf3]:-nothing}
                _arguments() { print -rl -- "$@" }
                words=(pitot lab run ''); _pitot
                """;

        assertThat(output("zsh", "-fc", script, "zsh", share.toString()))
                .startsWith("_pitot nothing")
                .anyMatch(line -> line.startsWith("--output[folder for the results"));
    }

    @Test
    void fishFindsItsScriptInTheFolderOfVendors() throws Exception {
        String script = """
                function pitot; end; function iperf3; end
                complete -C 'pitot lab run --ou'; complete -C 'pitot --push.re'; complete -C 'iperf3 --push.re'
                """;

        assertThat(output("fish", "-c", script).stream().map(line -> line.split("\t", -1)[0]))
                .containsExactly("--output", "--push.retries");
    }

    /// Runs a shell whose home has no settings.
    private static List<String> output(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of("env", "-i", "PATH=" + System.getenv("PATH"), "HOME=" + share, "XDG_DATA_DIRS=" + share));
        line.addAll(List.of(command));
        try (ChildProcess shell = ChildProcess.start(line)) {
            ChildProcess.Exit exit = shell.awaitExit();
            assertThat(exit.stderr()).isEmpty();
            return exit.stdout().lines().toList();
        }
    }
}
