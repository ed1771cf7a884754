package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The public API of these modules is documented where it is declared.
@Timeout(180)
class UndocumentedApiTest {
    private static final List<String> MODULES =
            List.of("model", "wire", "socket", "engine", "output", "client", "metrics");

    static Stream<String> packages() throws IOException {
        return ModuleExports.packages().stream().filter(name -> MODULES.contains(name.split("\\.", -1)[2]));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void whatIsExportedIsDocumented(String name) throws IOException {
        try (StandardJavaFileManager manager =
                        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
                Stream<Path> files = Files.list(folder(name))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(sources).isNotEmpty();
            assertThat(UndocumentedApi.in(manager.getJavaFileObjectsFromPaths(sources)))
                    .isEmpty();
        }
    }

    /// A package need not be in the module of its third word: metrics-otel has
    /// `dev.pitot.metrics.otel`.
    private static Path folder(String name) throws IOException {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.map(module -> module.resolve("src/main/java").resolve(name.replace('.', '/')))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatHasNoCommentIsFound() throws IOException {
        List<String> found = UndocumentedApi.in(List.of(Fixture.source("""
                package api;
                /// Described.
                public class Shown {
                    public int field;
                    int hidden;
                    public void call() {}
                    @Override public String toString() { return ""; }
                    /// Described.
                    public enum Colour { RED, GREEN(1); Colour() {} Colour(int shade) {} }
                    /// Described.
                    ///
                    /// @param left described
                    public record Pair(int left) { public static final int NONE = 0; }
                    /// Described.
                    public interface Seam { void on(); }
                    static class Inner { public void unseen() {} }
                }
                """)));

        assertThat(found)
                .extracting(line -> line.substring(line.lastIndexOf(": ") + 2))
                .containsExactly("field field", "method call", "field RED", "field NONE", "method on");
    }
}
