package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Forms for issues have the structure that the code host demands; it shows a form with a mistake to nobody.
class IssueFormsTest {
    private static final Set<String> TYPES = Set.of("markdown", "input", "textarea", "dropdown", "checkboxes");
    private static final Set<String> KEYS = Set.of("name", "description", "title", "labels", "body");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Path FOLDER = SourceTree.root().resolve(".github/ISSUE_TEMPLATE");

    static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("config.yml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormHasWhatItNeeds(Path file) throws IOException {
        Map<String, Object> form = YamlFile.read(file);
        List<Map<String, Object>> body = YamlFile.maps(form.get("body"));

        assertThat(file.getFileName().toString()).endsWith(".yml");
        assertThat(KEYS).containsAll(form.keySet());
        assertThat(form.get("name")).isInstanceOf(String.class);
        assertThat(form.get("description")).isInstanceOf(String.class);
        assertThat(body).anyMatch(part -> !"markdown".equals(part.get("type")));
        assertThat(body).allSatisfy(IssueFormsTest::checkPart);
        assertThat(fields(body).map(part -> part.get("id"))).doesNotHaveDuplicates();
        assertThat(fields(body).map(part -> YamlFile.map(part.get("attributes")).get("label")))
                .doesNotHaveDuplicates();
    }

    private static void checkPart(Map<String, Object> part) {
        Map<String, Object> attributes = YamlFile.map(part.get("attributes"));
        String type = YamlFile.text(part, "type");
        assertThat(TYPES).contains(type);
        if (type.equals("markdown")) {
            assertThat(attributes.get("value")).isInstanceOf(String.class);
            return;
        }
        assertThat(YamlFile.text(part, "id")).matches(ID);
        assertThat(attributes.get("label")).isInstanceOf(String.class);
        if (type.equals("dropdown")) {
            assertThat((List<?>) attributes.get("options"))
                    .allSatisfy(option -> assertThat(option).isInstanceOf(String.class))
                    .doesNotHaveDuplicates();
        }
        if (type.equals("checkboxes")) {
            assertThat(YamlFile.maps(attributes.get("options")))
                    .isNotEmpty()
                    .allSatisfy(option -> assertThat(option.get("label")).isInstanceOf(String.class));
        }
    }

    private static Stream<Map<String, Object>> fields(List<Map<String, Object>> body) {
        return body.stream().filter(part -> !"markdown".equals(part.get("type")));
    }

    @Test
    void aBugReportAsksForBothEnds() throws IOException {
        String form = Files.readString(FOLDER.resolve("bug.yml"));

        assertThat(forms()).extracting(file -> file.getFileName().toString()).containsExactly("bug.yml", "feature.yml");
        assertThat(form).contains("Commands of both ends", "`pitot --version`", "--json", "SECURITY.md");
        assertThat(YamlFile.read(FOLDER.resolve("config.yml"))).containsKey("blank_issues_enabled");
    }
}
