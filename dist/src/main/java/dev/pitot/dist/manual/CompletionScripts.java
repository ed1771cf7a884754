package dev.pitot.dist.manual;

import dev.pitot.cli.OwnCommands;
import dev.pitot.command.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Completion scripts, in the files in which the shells look for them.
public final class CompletionScripts {
    private CompletionScripts() {}

    /// Writes a script for each shell. They complete `pitot` and leave `iperf3` alone.
    ///
    /// @param share folder of files that do not depend on the machine, such as /usr/share
    public static void write(Path share) throws IOException {
        write(share.resolve("bash-completion/completions/pitot"), Completion.BASH);
        write(share.resolve("zsh/site-functions/_pitot"), Completion.ZSH);
        write(share.resolve("fish/vendor_completions.d/pitot.fish"), Completion.FISH);
    }

    private static void write(Path file, Completion shell) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, shell.packagedScript(OwnCommands.words()));
    }
}
