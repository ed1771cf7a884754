package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of packages, and of files in them, on the pages that say how to install Pitot.
@Tag("slow")
@Needs(Tool.PACKAGE)
class InstallLinesTest {
    private static final Pattern PACKAGE =
            Pattern.compile("\\bpitot[-_](?:\\*|VERSION)[-_][\\w-]+((?:\\.tar\\.gz|\\.tar|\\.deb))(?![\\w.])");
    private static final Pattern SHARED =
            Pattern.compile("\\b(?:cp|man) (?:/opt/pitot/share/)?((?:man|bash-completion|zsh|fish)[\\w/.-]*/[\\w.-]+)");

    private final Path repository = BuiltPackages.tree().build().repository();
    private final Platform platform = BuiltPackages.tree().build().platform();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/install.md"})
    void namedPackagesAreMade(String page) throws IOException {
        List<MatchResult> named = matches(PACKAGE, page);
        Set<String> endings = new TreeSet<>();

        for (MatchResult name : named) {
            endings.add(name.group(1));
            String glob = name.group()
                    .replace("VERSION", "*")
                    .replace("amd64", platform.debianName())
                    .replace("x64", platform.name());
            assertThat(BuiltPackages.named(name.group(1)).getFileName())
                    .matches(FileSystems.getDefault().getPathMatcher("glob:" + glob)::matches, glob);
        }
        assertThat(endings).containsExactly(".deb", ".tar", ".tar.gz");
    }

    @Test
    void namedFilesAreInTheTarball() throws IOException {
        assertThat(matches(SHARED, "docs/install.md"))
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(BuiltPackages.tree().file("share/" + file.group(1)))
                        .exists());
    }

    private List<MatchResult> matches(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(repository.resolve(page)))
                .results()
                .toList();
    }
}
