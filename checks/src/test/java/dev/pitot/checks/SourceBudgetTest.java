package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SourceBudgetTest {
    @Test
    void everySourceFileKeepsToItsBudget() throws IOException {
        List<Path> sources = SourceTree.sources();

        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(excessesOf(sources)).isEmpty();
    }

    @Test
    void aFileMayHave400Lines() throws IOException {
        String start = "final class Long {";

        assertThat(excesses(start + "\n".repeat(399) + "}")).isEmpty();
        assertThat(excesses(start + "\n".repeat(400) + "}"))
                .singleElement()
                .asString()
                .contains("the file: 401 lines");
    }

    @Test
    void aFileMayImport25TypesOfThisProject() throws IOException {
        String others = "import java.util.List; import java.util.Map; ";
        String type = "import dev.pitot.model.Type; ";
        String end = "final class Knowing {}";

        assertThat(excesses(others + type.repeat(25) + end)).isEmpty();
        assertThat(excesses(others + type.repeat(26) + end))
                .singleElement()
                .asString()
                .contains("26 imports of this project");
    }

    @Test
    void aMethodMayHave60Lines() throws IOException {
        String start = "final class Long { @Deprecated\n void run() {";

        assertThat(excesses(start + "\n".repeat(58) + "} }")).isEmpty();
        assertThat(excesses(start + "\n".repeat(59) + "} }"))
                .singleElement()
                .asString()
                .contains("run: 61 lines");
    }

    @Test
    void aMethodMayHaveSixParameters() throws IOException {
        assertThat(excesses("interface Wide { void run(int a, int b, int c, int d, int e, int f); }"))
                .isEmpty();
        assertThat(excesses("interface Wide { void run(int a, int b, int c, int d, int e, int f, int g); }"))
                .singleElement()
                .asString()
                .contains("run: 7 parameters");
    }

    @Test
    void aConstructorMayHaveSixParameters() throws IOException {
        assertThat(excesses("final class Wide { Wide(int a, int b, int c, int d, int e, int f, int g) {} }"))
                .singleElement()
                .asString()
                .contains("<init>: 7 parameters");
    }

    @Test
    void aRecordMayHaveSixComponents() throws IOException {
        assertThat(excesses("record Wide(int a, int b, int c, int d, int e, int f) { static int g; Wide {} }"))
                .isEmpty();
        assertThat(excesses("record Wide(int a, int b, int c, int d, int e, int f, int g) {}"))
                .singleElement()
                .asString()
                .contains("record Wide: 7 components");
    }

    @Test
    void aTryMayHoldOneMoreTry() throws IOException {
        String two = "try { try { } finally { } } finally { try { } finally { } }";

        assertThat(excesses("final class Deep { void run() { " + two + " } }")).isEmpty();
        assertThat(excesses("final class Deep { void run() { try { " + two + " } finally { } } }"))
                .singleElement()
                .asString()
                .contains("3 levels deep");
    }

    @Test
    void aLambdaStartsAnew() throws IOException {
        String task = "Runnable task = () -> { try { try { } finally { } } finally { } };";

        assertThat(excesses("final class Deep { void run() { try { " + task + " } finally { } } }"))
                .isEmpty();
    }

    private static List<String> excesses(String source) throws IOException {
        return SourceBudget.excesses(List.of(Fixture.source(source)));
    }

    private static List<String> excessesOf(List<Path> sources) throws IOException {
        try (StandardJavaFileManager files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> objects = files.getJavaFileObjectsFromPaths(sources);
            return SourceBudget.excesses(objects);
        }
    }
}
