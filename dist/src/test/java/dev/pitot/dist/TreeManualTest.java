package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Manual pages and completion scripts in the tree that every package contains.
@Tag("slow")
@Needs(Tool.PACKAGE)
class TreeManualTest {
    @Test
    void everyPackageHasThePagesAndTheScripts() throws Exception {
        assertThat(BuiltPackages.tree().entries().stream().map(TreeEntry::path))
                .contains(
                        "share/man/man1/pitot.1",
                        "share/man/man1/pitot-lab.1",
                        "share/man/man5/pitot-plan.5",
                        "share/bash-completion/completions/pitot",
                        "share/zsh/site-functions/_pitot",
                        "share/fish/vendor_completions.d/pitot.fish");
    }

    @Test
    void thePagesHaveTheDateOfTheBuildAndNotOfToday() throws Exception {
        Build build = BuiltPackages.tree().build();

        assertThat(Files.readAllLines(BuiltPackages.tree().file("share/man/man1/pitot.1")))
                .first()
                .asString()
                .contains(build.time().toString().substring(0, 10), "Pitot " + build.version());
    }
}
