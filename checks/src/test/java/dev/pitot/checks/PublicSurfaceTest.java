package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The public API changes only together with public-surface.txt, so that reviewers see it.
/// [PublicSurface] defines what is counted.
class PublicSurfaceTest {
    private static final Path RECORDED = Path.of("checks/src/test/resources/public-surface.txt");

    @Test
    @Timeout(180) // reads every class
    void thePublicSurfaceIsAsRecorded() throws IOException {
        List<String> recorded = Files.readAllLines(SourceTree.root().resolve(RECORDED)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        List<String> counted = PublicSurface.count(SourceTree.mainClasses(), PublicSurface.exportedPackages());

        assertThat(counted)
                .as("package, public types, public members: if the change is intended, record it in %s", RECORDED)
                .containsExactlyElementsOf(recorded);
    }

    @Test
    void onlyWhatOthersCanUseIsCounted(@TempDir Path output) throws IOException {
        JavaClasses classes = Fixture.compile(
                List.of(
                        """
                        package api;
                        public enum Colour { RED, GREEN; final int hidden = 1; public int shade() { return 1; } }
                        """,
                        """
                        package api;
                        public record Pair(int left, int right) {
                            public static final Pair NONE = new Pair(0, 0);
                            record Inner(int own) {}
                            public record Shown() {}
                        }
                        """,
                        "package api; final class Hidden { public void call() {} public static class Nested {} }",
                        "package internal; public class Other { public int field; }"),
                output);

        // Colour: two constants and a method. Pair: a constant, a constructor, two accessors. Shown: a constructor.
        assertThat(PublicSurface.count(classes, List.of("api"))).containsExactly("api 3 8", "all 3 8");
    }
}
