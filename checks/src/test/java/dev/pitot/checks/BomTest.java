package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The BOM lists exactly the modules that are published, and each describes itself.
class BomTest {
    private static final String UNPUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

    @Test
    void listsEachPublishedModuleAndNoOther() throws IOException {
        String managed = pom("bom")
                .replaceFirst("(?s).*?<dependencyManagement>", "")
                .replaceFirst("(?s)</dependencyManagement>.*", "");

        assertThat(found("<artifactId>pitot-([a-z-]+)</artifactId>", managed))
                .containsExactlyElementsOf(published())
                .doesNotContain("dist", "checks", "examples", "bench/micro");
    }

    @ParameterizedTest
    @MethodSource("published")
    void saysWhatAModuleIs(String module) throws IOException {
        assertThat(pom(module))
                .contains("<artifactId>pitot-" + module + "</artifactId>")
                .containsPattern("<name>Pitot [^<]+</name>")
                .containsPattern("<description>[^<]+[.]</description>");
    }

    static List<String> published() throws IOException {
        List<String> modules = found("<module>([a-z/-]+)</module>", pom("."));
        modules.remove("bom");
        for (String module : List.copyOf(modules)) {
            if (pom(module).contains(UNPUBLISHED)) {
                modules.remove(module);
            }
        }
        return modules;
    }

    private static String pom(String module) throws IOException {
        return Files.readString(SourceTree.root().resolve(module).resolve("pom.xml"));
    }

    private static List<String> found(String pattern, String text) {
        return new ArrayList<>(Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList());
    }
}
