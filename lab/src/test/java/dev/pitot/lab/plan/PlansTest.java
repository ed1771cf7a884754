package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void somePlans() throws Exception {
        for (String name : new String[] {"b.ini", "a.ini", "c.yaml", "a.txt"}) {
            Files.writeString(folder.resolve(name), PlanTexts.SMALL);
        }
        Files.createDirectories(folder.resolve("d.ini"));
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/e.ini"), "");
    }

    @Test
    void filesAreFoundByNameInOrder() throws Exception {
        assertThat(Plans.find(folder, "*.ini")).containsExactly(folder.resolve("a.ini"), folder.resolve("b.ini"));
        assertThat(Plans.find(folder, "[bc].*")).containsExactly(folder.resolve("b.ini"), folder.resolve("c.yaml"));
        assertThat(Plans.find(folder, "c.yaml")).containsExactly(folder.resolve("c.yaml"));
    }

    @Test
    void ifNothingMatchesTheFoldersPlansAreListed() {
        assertThatThrownBy(() -> Plans.find(folder, "*.yml"))
                .isInstanceOf(PlanException.class)
                .hasMessage(folder + ":1:1: no file here matches '*.yml': its plans are a.ini, b.ini, c.yaml");
        assertThatThrownBy(() -> Plans.find(folder.resolve("sub"), "*.yml"))
                .hasMessageEndingWith("no file here matches '*.yml': its plans are e.ini");
        assertThatThrownBy(() -> Plans.find(folder, "[")).hasMessageContaining("'[' is no pattern for names");
        assertThatThrownBy(() -> Plans.find(folder.resolve("none"), "*"))
                .hasMessageContaining("this folder cannot be read");
    }

    @Test
    void theEndingOfANameTellsTheLanguage() throws Exception {
        assertThat(Plans.read(folder.resolve("c.yaml"), folder).plan().nodes()).containsOnlyKeys("desk", "phone");
        assertThat(Plans.read(folder.resolve("c.yaml"), folder).notes()).isEmpty();
        assertThatThrownBy(() -> Plans.read(folder.resolve("a.ini"), folder))
                .hasMessageStartingWith(folder.resolve("a.ini") + ":1:1: a section such as [TEST] comes first");
    }
}
