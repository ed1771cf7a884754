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

/// Names of packages, and of files in them, on the pages that say how to install Pitot and in the configuration that
/// publishes them.
@Tag("slow")
@Needs(Tool.PACKAGE)
class InstallLinesTest {
    private static final Pattern PACKAGE =
            Pattern.compile("\\bpitot[-_](?:\\*|VERSION)[-_][\\w-]+((?:\\.tar\\.gz|\\.tar|\\.deb))(?![\\w.])");
    private static final Pattern PUBLISHED = Pattern.compile("path: dist/target/packages/(\\S+)");
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
                    .replace("VERSION", version(name.group(1)))
                    .replace("amd64", platform.debianName())
                    .replace("x64", platform.name());
            assertThat(BuiltPackages.named(name.group(1)).getFileName())
                    .matches(FileSystems.getDefault().getPathMatcher("glob:" + glob)::matches, glob);
        }
        assertThat(endings).containsExactly(".deb", ".tar", ".tar.gz");
    }

    /// Packages are named one by one there, of both platforms; only those of this one have been made.
    @Test
    void thePackagesThatAreMadeArePublished() throws IOException {
        List<String> published = matches(PUBLISHED, "jreleaser.yml").stream()
                .map(name -> name.group(1))
                .map(name -> name.replace("{{projectVersion}}", version(name)))
                .toList();
        Set<String> made = new TreeSet<>();
        BuiltPackages.all().forEach(file -> made.add(file.getFileName().toString()));
        Set<String> ofBoth = new TreeSet<>(made);
        for (String name : made) {
            ofBoth.add(name.replace("-x64", "-arm64").replace("_amd64", "_arm64"));
            ofBoth.add(name.replace("-arm64", "-x64").replace("_arm64", "_amd64"));
        }

        assertThat(published).containsExactlyInAnyOrderElementsOf(ofBoth);
    }

    @Test
    void namedFilesAreInTheTarball() throws IOException {
        assertThat(matches(SHARED, "docs/install.md"))
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(BuiltPackages.tree().file("share/" + file.group(1)))
                        .exists());
    }

    /// Version as in the name of a package with such an end: Debian has its own way to write those before a release.
    private String version(String ending) {
        String version = BuiltPackages.tree().build().version();
        return ending.endsWith(".deb") ? version.replaceFirst("-", "~") : version;
    }

    private List<MatchResult> matches(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(repository.resolve(page)))
                .results()
                .toList();
    }
}
