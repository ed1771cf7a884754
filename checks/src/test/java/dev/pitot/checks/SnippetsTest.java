package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The Java code on the documentation pages compiles unchanged, with the libraries that the page names.
@Timeout(180)
class SnippetsTest {
    /// Modules that `pitot-engine`, the page's first dependency, depends on.
    private static final Set<String> BEHIND_THE_ENGINE = Set.of("engine", "model", "socket", "wire");

    private static final Pattern ARTIFACT = Pattern.compile("\\bpitot-([a-z]+(?:-[a-z]+)?)\\b");
    private static final Pattern MODULE = Pattern.compile("dev\\.pitot\\.(\\w+)\\..*");

    static Stream<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>(Snippet.of("embed.md"));
        snippets.addAll(Snippet.of("metrics.md"));
        snippets.addAll(Snippet.of("compatibility-policy.md"));
        return snippets.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetCompilesWithTheImportsThatItShows(Snippet snippet, @TempDir Path output) throws IOException {
        assertThat(snippet.errors(output)).isEmpty();
        assertThat(snippet.unusedImports()).isEmpty();
    }

    @Test
    void thePageNamesTheLibraryOfEachSnippetAndNoOther() throws IOException {
        String page = Files.readString(SourceTree.root().resolve("docs/embed.md"));
        Set<String> named = ARTIFACT.matcher(page)
                .results()
                .map(artifact -> artifact.group(1))
                .collect(Collectors.toSet());

        assertThat(named).isSubsetOf(artifacts());
        assertThat(Snippet.of("embed.md").stream()
                        .flatMap(snippet -> snippet.imports().stream())
                        .flatMap(name -> MODULE.matcher(name).results().map((MatchResult module) -> module.group(1)))
                        .filter(module -> !BEHIND_THE_ENGINE.contains(module)))
                .isSubsetOf(named)
                .contains("client", "metrics", "output");
    }

    private static Set<String> artifacts() throws IOException {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.filter(module -> Files.isRegularFile(module.resolve("pom.xml")))
                    .map(module -> module.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void aBlockIsTakenApart() {
        String page =
                "# A\n\n```java\nimport java.util.List;\n\nvar a = List.of();\n```\n\n```xml\n<a/>\n```\n```java\nb();\n```\n";

        assertThat(Snippet.of("a.md", page))
                .containsExactly(
                        new Snippet("a.md", 3, List.of("java.util.List"), "\nvar a = List.of();\n"),
                        new Snippet("a.md", 12, List.of(), "b();\n"));
    }

    @Test
    void whatDoesNotCompileAndWhatIsImportedForNothingIsFound(@TempDir Path output) throws IOException {
        var snippet = new Snippet("a.md", 1, List.of("java.util.List", "java.util.Map"), "List<String> a = 1;\n");

        assertThat(snippet.errors(output)).contains("incompatible types");
        assertThat(snippet.unusedImports()).containsExactly("java.util.Map");
    }
}
